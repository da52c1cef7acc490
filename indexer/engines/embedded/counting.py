"""Facets and timelines of a set of matches."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from indexer.engines.base import Bucket, Facet, Interval, Timeline, TimelineBar
from indexer.engines.embedded.metadata import FacetColumn, Ints, Metadata


def count_facet(
    name: str, column: FacetColumn, articles: Ints, selected: Collection[str], size: int
) -> Facet:
    """Count the values that articles have in one facet.

    Args:
        name: Name of the facet.
        column: Its values.
        articles: Document numbers to count.
        selected: Values to list whatever their count.
        size: How many values to list besides.
    """
    owners, codes = column.owners(articles)
    counts = np.bincount(codes, minlength=len(column.values))
    present = np.flatnonzero(counts)
    order = sorted(present.tolist(), key=lambda code: (-counts[code], column.values[code]))
    listed = order[:size]
    listed += [code for code in order[size:] if column.values[code] in selected]
    buckets = [
        Bucket(column.values[code], int(counts[code]), column.values[code] in selected)
        for code in listed
    ]
    shown = {bucket.value for bucket in buckets}
    buckets += [Bucket(value, 0, selected=True) for value in selected if value not in shown]
    unlisted = np.ones(len(column.values), dtype=bool)
    unlisted[listed] = False
    return Facet(
        name,
        tuple(buckets),
        other_values=len(present) - len(listed),
        other_articles=len(np.unique(owners[unlisted[codes]])),
        missing=len(articles) - len(np.unique(owners)),
    )


def count_timeline(metadata: Metadata, articles: Ints, interval: Interval) -> Timeline:
    """Count articles over time."""
    bars, coarser, undated = metadata.bars(articles, interval)
    return Timeline(interval, tuple(TimelineBar(*bar) for bar in bars), coarser, undated)
