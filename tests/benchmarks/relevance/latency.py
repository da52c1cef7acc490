"""How long the queries of the benchmark take through the library."""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from indexer import FACETS, Index, QueryError, SearchRequest, open_index
from tests.benchmarks.corpora import DRAWN_FACETS
from tests.benchmarks.relevance.comparison import VARIANTS
from tests.benchmarks.relevance.drawing import KnownItem
from tests.benchmarks.relevance.systems import SIZE
from tests.benchmarks.timing import percentiles

BUDGET = {"p50": 10.0, "p99": 50.0}
"""Milliseconds that a page of results may take."""

PAGES = {
    "hits": SearchRequest(size=SIZE),
    "page": SearchRequest(size=SIZE, facets=DRAWN_FACETS, timeline="month"),
    "page with all facets": SearchRequest(size=SIZE, facets=FACETS, timeline="month"),
}
"""Ten hits with snippets; the same with four facets and a monthly timeline; with all facets."""

ALL = "all"
"""All kinds of queries together."""


def latency(folder: Path, items: Sequence[KnownItem], timed: int) -> dict[str, Any]:
    """Time queries one after another.

    The index is warmed up by other queries than those that are timed, so that nothing which
    remembers a query makes it look faster than it is for a user who asks it once.

    Args:
        folder: Folder of the index.
        items: Whose titles are the queries.
        timed: How many of them to time; as many others warm up, if there are so many.
    """
    chosen, others = items[:timed], items[timed : 2 * timed]
    figures: dict[str, Any] = {"queries": len(chosen)}
    with open_index(folder) as index:
        figures["articles"] = index.article_count
        for name, page in PAGES.items():
            of_page: dict[str, dict[str, Any]] = {"milliseconds": {}, "cpu milliseconds": {}}
            of_all: dict[str, dict[int, list[float]]] = {clock: {} for clock in of_page}
            for form, marks in VARIANTS:
                _times(index, page, [item.query(form, marks) for item in others])
                times = _times(index, page, [item.query(form, marks) for item in chosen])
                for clock, of_clock in zip(of_page, times, strict=True):
                    of_page[clock][f"{form} {marks}"] = percentiles(of_clock)
                    for number, own in of_clock.items():
                        of_all[clock].setdefault(number, []).extend(own)
            for clock, of_clock in of_all.items():
                of_page[clock][ALL] = percentiles(of_clock)
            figures[name] = of_page
    return figures


def _times(
    index: Index, page: SearchRequest, queries: Sequence[str]
) -> tuple[dict[int, list[float]], dict[int, list[float]]]:
    """Time each query once, by the clock and by the processor; a refusal takes its time too."""
    wall: dict[int, list[float]] = {}
    cpu: dict[int, list[float]] = {}
    gc.collect()
    for number, query in enumerate(queries):
        started, used = time.perf_counter(), time.process_time()
        with contextlib.suppress(QueryError):
            index.search(dataclasses.replace(page, query=query))
        cpu[number] = [(time.process_time() - used) * 1000]
        wall[number] = [(time.perf_counter() - started) * 1000]
    return wall, cpu
