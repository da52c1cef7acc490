"""What an index answers, for comparison."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from indexer import Index, SearchRequest, open_index

QUERIES = ("", "bầu cử", '"thành phố"', "thanh pho", "đường -phố", '"cua cac"', "của")

Answer = tuple[int, tuple[tuple[str, float], ...], tuple[tuple[str, int], ...]]
State = tuple[Answer, ...]


def state_of(index: Index, queries: Iterable[str] = QUERIES) -> State:
    """Give the answers to some queries: totals, the first 100 hits in order, and a facet."""
    return tuple(answer_of(index, query) for query in queries)


def answer_of(index: Index, query: str) -> Answer:
    found = index.search(SearchRequest(query, size=100, facets=("source",)))
    hits = tuple((hit.article.id, round(hit.score, 4)) for hit in found.hits)
    buckets = tuple((bucket.value, bucket.count) for bucket in found.facets["source"].buckets)
    return found.total, hits, buckets


def state_at(folder: Path, queries: Iterable[str] = QUERIES) -> State:
    """Open an index and give its answers."""
    with open_index(folder) as index:
        return state_of(index, queries)


def ids_at(folder: Path) -> set[str]:
    """Give the ids of all articles of an index."""
    with open_index(folder) as index:
        found = index.search(SearchRequest("", size=100))
        assert found.total <= 100
        return {hit.article.id for hit in found.hits}


def files_of(folder: Path) -> list[Path]:
    """Give the files that an index consists of, the lock left out."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if not path.name.startswith("write."))
