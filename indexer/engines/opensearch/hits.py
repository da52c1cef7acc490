"""The body of a search, and the hits of its answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from indexer.engines.base import MAX_OTHERS, EngineHit, EngineRequest, Recency, Sort
from indexer.engines.opensearch.connection import Json
from indexer.engines.opensearch.reading import ORDINAL
from indexer.engines.opensearch.translation import Dsl

_RECENCY: Final = (
    "if (doc['last_day'].size() == 0) { return _score }"
    " double age = Math.max(params.today - doc['last_day'].value, 0);"
    " return _score * (1 + params.weight * (2 * Math.pow(0.5, age / params.half_life) - 1));"
)
_ORDERS: Final[Mapping[Sort, Json]] = {
    Sort.RELEVANCE: {"_score": "desc"},
    Sort.NEWEST: {"start": {"order": "desc", "missing": "_last"}},
    Sort.OLDEST: {"start": {"order": "asc", "missing": "_last"}},
}
IN_STORY: Final[Sequence[Json]] = (
    {"retold": {"order": "asc", "missing": "_first"}},
    {"start": {"order": "asc", "missing": "_last"}},
    ORDINAL,
)
"""The order of a story: the first publication known, then by date."""


def body_of(request: EngineRequest, matching: Dsl, filters: Sequence[Dsl]) -> Json:
    """Give a search for the hits of a request, without which of them.

    Args:
        request: The request.
        matching: Its query and period.
        filters: Those of its facets.
    """
    body: Json = {
        "query": matching,
        "sort": [_ORDERS[request.sort], ORDINAL],
        "track_scores": True,
        "track_total_hits": True,
        "stored_fields": "_none_",
        "docvalue_fields": ["story", "last_day"],
    }
    if filters:
        body["post_filter"] = {"bool": {"filter": list(filters)}}
    if request.collapse:
        body["collapse"] = {"field": "story"}
    return body


def with_recency(matching: Dsl, wanted: Recency) -> Dsl:
    """Multiply scores by the factor of recency."""
    parameters = {
        "today": wanted.today.toordinal(),
        "half_life": wanted.half_life,
        "weight": wanted.weight,
    }
    script = {"source": _RECENCY, "params": parameters}
    return {"script_score": {"query": matching, "script": script}}


def hit_of(hit: Mapping[str, Any], recency: Recency | None) -> EngineHit:
    """Read a hit."""
    fields = hit["fields"]
    factor = 1.0
    if recency is not None and "last_day" in fields:
        age = max(recency.today.toordinal() - fields["last_day"][0], 0)
        factor = 1 + recency.weight * (2 * 0.5 ** (age / recency.half_life) - 1)
    return EngineHit(hit["sort"][-1], hit["_score"], fields["story"][0], factor)


def first_of_each(hits: Iterable[EngineHit]) -> Iterator[EngineHit]:
    """Give the first hit of each story."""
    seen = set()
    for hit in hits:
        if hit.story not in seen:
            seen.add(hit.story)
            yield hit


def count_of(matching: Dsl) -> Json:
    """Give a search that only counts."""
    return {"size": 0, "track_total_hits": True, "query": matching}


def others_of(hits: Sequence[EngineHit], matching: Sequence[Dsl]) -> Json:
    """Give a search for all matches of the stories of some hits.

    Args:
        hits: The hits.
        matching: What a match matches.
    """
    stories = sorted({hit.story for hit in hits}, key=int)
    members = {
        "size": MAX_OTHERS + 1,
        "sort": list(IN_STORY),
        "stored_fields": "_none_",
        "docvalue_fields": ["ordinal"],
    }
    return {
        "size": 0,
        "query": {"bool": {"filter": [*matching, {"terms": {"reprinted": stories}}]}},
        "aggs": {
            "stories": {
                "terms": {"field": "reprinted", "size": len(stories), "min_doc_count": 2},
                "aggs": {"members": {"top_hits": members}},
            }
        },
    }


def with_others(hits: Sequence[EngineHit], answer: Json) -> list[EngineHit]:
    """Name with each hit the other matches of its story."""
    alike = {
        bucket["key"]: (bucket["doc_count"], bucket["members"]["hits"]["hits"])
        for bucket in answer["aggregations"]["stories"]["buckets"]
    }
    return [_with_alike(hit, *alike[hit.story]) if hit.story in alike else hit for hit in hits]


def _with_alike(hit: EngineHit, count: int, members: Sequence[Json]) -> EngineHit:
    refs = [member["fields"]["ordinal"][0] for member in members]
    others = tuple(ref for ref in refs if ref != hit.ref)[:MAX_OTHERS]
    return hit._replace(similar=count - 1, others=others)
