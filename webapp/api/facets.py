"""The values of one facet, all or those that contain something."""

from __future__ import annotations

from typing import Any

from indexer import Facet
from webapp.labels import buckets_called


def facet_answer(facet: Facet, contains: str, size: int) -> dict[str, Any]:
    """Give the answer that lists values of a facet.

    Args:
        facet: The values to choose from.
        contains: What values must contain, whatever its case and marks; empty for all.
        size: How many values to list; chosen ones are listed besides.
    """
    buckets = facet.buckets
    other_values = facet.other_values
    other_articles: int | None = facet.other_articles
    if contains:
        found = buckets_called(facet, contains)
        buckets = tuple(found[:size])
        other_values, other_articles = len(found) - len(buckets), None
    return {
        "name": facet.name,
        "values": [
            {
                "value": bucket.value,
                "count": bucket.count,
                "stories": bucket.stories,
                "selected": bucket.selected,
            }
            for bucket in buckets
        ],
        "other_values": other_values,
        "other_articles": other_articles,
        "missing": facet.missing,
    }
