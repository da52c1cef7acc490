"""Time a build and ten typical faceted searches.

    python -m tests.benchmarks.baseline [CORPUS] [--articles N] [--processes N] [--json FILE]

The metadata that the facets count is drawn at random with a fixed seed (see `corpora`).
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from indexer import SearchRequest, build_index, open_index
from tests.benchmarks.corpora import DRAWN_FACETS as FACETS
from tests.benchmarks.corpora import VIETNEWS, articles_with_drawn_metadata
from tests.benchmarks.machine import machine

SEARCHES = (
    SearchRequest("ma túy"),
    SearchRequest("bầu cử đại biểu quốc hội"),
    SearchRequest("tai nạn giao thông"),
    SearchRequest('"cơ quan cảnh sát điều tra"'),
    SearchRequest("người dân"),
    SearchRequest("dịch vụ y tế"),
    SearchRequest("đường sắt", sort="newest"),
    SearchRequest("công an", filters={"source": ["Báo 1", "Báo 2"]}),
    SearchRequest("học sinh", published_from="2019", published_to="2020-06"),
    SearchRequest("lua dao chiem doat tai san"),
)
_REPEATS = 5


def main(argv: list[str] | None = None) -> None:
    """Run the benchmark and print its figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", nargs="?", type=Path, default=VIETNEWS)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(argv)
    figures = measure(options.corpus, options.articles, options.processes)
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")


def measure(corpus: Path, articles: int, processes: int) -> dict[str, Any]:
    """Build an index in a temporary folder, and search it."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"building {articles} articles", file=sys.stderr)
        drawn = articles_with_drawn_metadata(corpus, articles)
        report = build_index(drawn, folder, processes=processes)
        with open_index(folder) as index:
            searches: list[dict[str, Any]] = []
            for request in SEARCHES:
                times = []
                for _ in range(_REPEATS + 1):
                    asked = SearchRequest(
                        request.query,
                        filters=request.filters,
                        published_from=request.published_from,
                        published_to=request.published_to,
                        sort=request.sort,
                        facets=FACETS,
                        timeline="month",
                    )
                    started = time.perf_counter()
                    total = index.search(asked).total
                    times.append((time.perf_counter() - started) * 1000)
                # The first answer of a kind pays for what later ones find in memory.
                median = statistics.median(times[1:])
                searches.append(
                    {
                        "query": request.query,
                        "total": total,
                        "first_ms": round(times[0], 1),
                        "median_ms": round(median, 1),
                    }
                )
    return {"machine": machine(), "processes": processes, "build": report.to_dict()} | {
        "searches": searches,
        "median_of_searches_ms": statistics.median(s["median_ms"] for s in searches),
    }


if __name__ == "__main__":
    main()
