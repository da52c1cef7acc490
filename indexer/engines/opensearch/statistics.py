"""What scores need to know of the whole index, asked once and remembered."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

from indexer.engines.opensearch.connection import Connection, Json
from indexer.engines.opensearch.translation import NOTHING, Group, holds

_ASKED_AT_ONCE: Final = 200
_REMEMBERED: Final = 50_000


@dataclass(frozen=True, slots=True)
class Whole:
    """The index as a whole.

    Attributes:
        articles: How many articles it holds.
        average_length: Their average weighted length.
        reprinted: How many of them are of a story with several articles.
    """

    articles: int
    average_length: float
    reprinted: int


class Statistics:
    """Counts in one generation of an index. Threads may share it.

    Counts are of the articles that can be found: deleted ones, whose words the cluster keeps until
    it merges, are not among them.

    Args:
        connection: The cluster.
        index: Name of the index.
    """

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection = connection
        self._index = index
        self._whole: Whole | None = None
        self._holding: dict[Group, int] = {}
        self._lock = Lock()

    def whole(self, timeout: float | None = None) -> Whole:
        """Give what is known of the index as a whole."""
        if self._whole is None:
            asked: Json = {
                "size": 0,
                "track_total_hits": True,
                "aggs": {
                    "length": {"avg": {"field": "length"}},
                    "reprinted": {"value_count": {"field": "reprinted"}},
                },
            }
            answer = self._connection.search(self._index, asked, timeout)
            found = answer["aggregations"]
            self._whole = Whole(
                answer["hits"]["total"]["value"],
                found["length"]["value"] or 1.0,
                found["reprinted"]["value"],
            )
        return self._whole

    def holding(self, groups: Sequence[Group], timeout: float | None = None) -> list[int]:
        """Give for each of some groups of forms how many articles hold any of them."""
        with self._lock:
            missing = [group for group in dict.fromkeys(groups) if group not in self._holding]
            known = {group: self._holding[group] for group in groups if group in self._holding}
        for start in range(0, len(missing), _ASKED_AT_ONCE):
            some = missing[start : start + _ASKED_AT_ONCE]
            known.update(zip(some, self.counts(map(holds, some), timeout), strict=True))
        with self._lock:
            if len(self._holding) + len(missing) > _REMEMBERED:
                self._holding.clear()
            self._holding.update((group, known[group]) for group in missing)
        return [known[group] for group in groups]

    def idf(self, groups: Iterable[Group], timeout: float | None = None) -> dict[Group, float]:
        """Give how much each of some groups of forms tells."""
        wanted = list(dict.fromkeys(groups))
        articles = self.whole(timeout).articles
        return {
            group: math.log1p((articles - count + 0.5) / (count + 0.5))
            for group, count in zip(wanted, self.holding(wanted, timeout), strict=True)
        }

    def counts(self, matching: Iterable[Json], timeout: float | None = None) -> list[int]:
        """Give for each of some queries, in OpenSearch's language, how many articles match."""
        asked = list(matching)
        bodies: list[Json] = [
            {"size": 0, "track_total_hits": True, "query": one} for one in asked if one != NOTHING
        ]
        answers = iter(self._connection.searches(self._index, bodies, timeout))
        return [
            0 if one == NOTHING else int(next(answers)["hits"]["total"]["value"]) for one in asked
        ]
