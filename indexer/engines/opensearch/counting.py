"""Facets, timeline and stories, as aggregations of one search.

Drill-sideways: the filters of facets are a post-filter of the search, and the values of a facet
are counted under the filters of the others, all in the same round trip.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from indexer.engines.base import (
    Bucket,
    EngineRequest,
    Facet,
    Interval,
    Timeline,
    TimelineBar,
)
from indexer.engines.opensearch.connection import Json
from indexer.engines.opensearch.mapping import VALUES_SUFFIX
from indexer.engines.opensearch.translation import Dsl, has_value, possible_values

SHARD_SIZE: Final = 10_000
"""So many values of a facet does each shard report. With no more than that, and on one shard,
counts are exact; with more, articles may be missing in the counts of the least frequent ones."""

EXACT_STORIES: Final = 40_000
"""Up to so many stories with reprints in one count are counted exactly."""

SINGLE: Final = frozenset({"source", "topic", "section"})
"""Facets in which an article has one value at most."""

_NEEDED: Final = {Interval.YEAR: 1, Interval.MONTH: 2, Interval.DAY: 3}
_ZONE: Final = "Asia/Ho_Chi_Minh"

_STORIES: Final[Json] = {
    "told": {
        "filter": {"exists": {"field": "reprinted"}},
        "aggs": {
            # Exact, where `cardinality` counts digests and is off by some from a few thousand on.
            "distinct": {
                "scripted_metric": {
                    "params": {"most": EXACT_STORIES},
                    "init_script": "state.told = new HashSet();",
                    "map_script": (
                        "if (state.told.size() <= params.most)"
                        " { state.told.add(doc['reprinted'].value) }"
                    ),
                    "combine_script": "return new ArrayList(state.told);",
                    "reduce_script": (
                        "Set all = new HashSet();"
                        " for (told in states) { if (told != null) { all.addAll(told) } }"
                        " return all.size();"
                    ),
                }
            },
            "about": {"cardinality": {"field": "reprinted", "precision_threshold": EXACT_STORIES}},
        },
    }
}


class Counting:
    """The counts of one request.

    Args:
        request: The request.
        reprints: Whether the index has any story with several articles.

    Attributes:
        approximate: Whether any count of stories that was read is.
    """

    def __init__(self, request: EngineRequest, *, reprints: bool) -> None:
        self._request = request
        self._stories: Json = _STORIES if reprints else {}
        self.filters: dict[str, Dsl] = {
            facet: has_value(facet, values) for facet, values in request.filters.items()
        }
        self.approximate = False

    def aggregations(self) -> Json:
        """Give what to ask for."""
        asked = {f"facet {name}": self._facet(name) for name in self._request.facets}
        if self._stories:
            asked["stories"] = _under(self.filters.values(), self._stories)
        if self._request.timeline:
            asked["timeline"] = _under(self.filters.values(), self._timeline())
        return asked

    def stories(self, found: Json, total: int) -> int:
        """Read how many stories the matches tell."""
        return self._of_stories(found["stories"], total) if self._stories else total

    def facet(self, found: Json, name: str) -> tuple[Facet, int]:
        """Read the values of a facet.

        Returns:
            The facet, and how many articles have a value in it. Where an article may have several
            values, `other_articles` is how many values of articles are not listed.
        """
        under = found[f"facet {name}"]
        listed = under["values"]["buckets"][: self._request.facet_size]
        selected = self._request.filters.get(name, ())
        chosen = {bucket["key"]: bucket for bucket in under.get("selected", {}).get("buckets", ())}
        known = {bucket["key"] for bucket in listed}
        listed += sorted(
            (bucket for value, bucket in chosen.items() if value not in known),
            key=lambda bucket: (-bucket["doc_count"], bucket["key"].encode()),
        )
        buckets = [
            Bucket(
                one["key"],
                one["doc_count"],
                self._of_stories(one, one["doc_count"]),
                one["key"] in selected,
            )
            for one in listed
        ]
        known |= chosen.keys()
        none = sorted(set(selected) - known, key=_by_bytes)
        zero = [Bucket(value, 0, 0, selected=True) for value in none]
        missing = under["missing"]["doc_count"]
        having = under["doc_count"] - missing
        rest = under["held"]["value"] - sum(bucket.count for bucket in buckets)
        others = max(0, under["kinds"]["value"] - len(buckets)) if rest else 0
        return Facet(name, (*buckets, *zero), others, rest, missing), having

    def timeline(self, found: Json, interval: Interval) -> Timeline:
        """Read the bars of a timeline."""
        under = found["timeline"]
        bars = tuple(
            TimelineBar(
                date.fromisoformat(bar["key_as_string"]),
                bar["doc_count"],
                self._of_stories(bar, bar["doc_count"]),
            )
            for bar in under["exact"]["bars"]["buckets"]
        )
        return Timeline(
            interval, bars, under["coarser"]["doc_count"], under["undated"]["doc_count"]
        )

    def all_values(self, name: str, after: Json | None) -> Json:
        """Give a search for the values of a facet among all articles, many at a time.

        Args:
            name: Name of the facet.
            after: Where the search before ended.
        """
        values: Json = {"size": SHARD_SIZE, "sources": [{"value": {"terms": {"field": name}}}]}
        if after:
            values["after"] = after
        return {"size": 0, "aggs": {"values": {"composite": values, "aggs": self._stories}}}

    def buckets(self, found: Json) -> list[Bucket]:
        """Read the values of such a search."""
        return [
            Bucket(one["key"]["value"], one["doc_count"], self._of_stories(one, one["doc_count"]))
            for one in found["buckets"]
        ]

    def other_filters(self, facet: str) -> list[Dsl]:
        """Give the filters under which the values of a facet are counted."""
        return [own for name, own in self.filters.items() if name != facet]

    def _facet(self, name: str) -> Json:
        selected = possible_values(self._request.filters.get(name, ()))
        inner: Json = {
            "values": {
                "terms": {
                    "field": name,
                    "size": max(1, self._request.facet_size),
                    "shard_size": SHARD_SIZE,
                    "order": [{"_count": "desc"}, {"_key": "asc"}],
                    "collect_mode": "breadth_first",
                },
                "aggs": self._stories,
            },
            "kinds": {"cardinality": {"field": name, "precision_threshold": EXACT_STORIES}},
            "held": {"value_count": {"field": name}},
            "missing": {"missing": {"field": name}},
        }
        if selected:
            inner["selected"] = {
                "terms": {"field": name, "include": selected, "size": len(selected)},
                "aggs": self._stories,
            }
        return _under(self.other_filters(name), inner)

    def _timeline(self) -> Json:
        interval = self._request.timeline or Interval.YEAR
        needed = _NEEDED[interval]
        return {
            "undated": {"missing": {"field": "precision"}},
            "coarser": {"filter": {"range": {"precision": {"lt": needed}}}},
            "exact": {
                "filter": {"range": {"precision": {"gte": needed}}},
                "aggs": {
                    "bars": {
                        "date_histogram": {
                            "field": "day",
                            "calendar_interval": interval.value,
                            "time_zone": _ZONE,
                            "format": "yyyy-MM-dd",
                            "min_doc_count": 1,
                        },
                        "aggs": self._stories,
                    }
                },
            },
        }

    def _of_stories(self, found: Mapping[str, Any], total: int) -> int:
        told = found.get("told")
        if not told or not told["doc_count"]:
            return total
        distinct: int = told["distinct"]["value"]
        if distinct > EXACT_STORIES:
            self.approximate = True
            distinct = min(told["doc_count"], told["about"]["value"])
        return total - int(told["doc_count"]) + distinct


def not_all_listed(facet: Facet, matching: Sequence[Dsl]) -> Dsl:
    """Give what articles match all of whose values in a facet are listed.

    Args:
        facet: The facet; it has buckets.
        matching: What the articles match besides.
    """
    listed = [bucket.value for bucket in facet.buckets if bucket.count]
    wanted = {"terms": listed, "minimum_should_match_field": facet.name + VALUES_SUFFIX}
    return {"bool": {"filter": [*matching, {"terms_set": {facet.name: wanted}}]}}


def _by_bytes(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")


def _under(filters: Any, aggregations: Json) -> Json:
    held = list(filters)
    matching: Dsl = {"bool": {"filter": held}} if held else {"match_all": {}}
    return {"filter": matching, "aggs": aggregations}
