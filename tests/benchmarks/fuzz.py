"""Odd queries by the thousand, to the page and to the API: which of them fails, which is slow.

    python -m tests.benchmarks.fuzz [INDEX] [--queries 10000] [--seconds 7200] [--seed 1]

Without INDEX, the sample corpus is asked. Every query goes to the page and to the search of the
API, every tenth to suggestions and the feed as well. Ends with 1 if any answer is our fault.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np

from corpus import sample_articles
from indexer import build_index
from tests.benchmarks.machine import machine
from tests.webapp.odd_queries import odd_queries
from webapp import create_app

_ALWAYS = ("/", "/api/v1/search")
_SOMETIMES = ("/api/v1/suggest", "/feed.atom")
_EVERY = 10
_SHOWN = 200


def fuzz(index: Path, queries: int, seconds: float, seed: int) -> dict[str, Any]:
    """Ask odd queries.

    Args:
        index: Folder of the index.
        queries: How many at most.
        seconds: After which time no more are asked.
        seed: Seed of the draw.

    Returns:
        Statuses and milliseconds of processor time by address, the slowest query, and the queries
        that were answered with an error of ours.
    """
    app = create_app({"INDEX": index})
    client = app.test_client()
    statuses: dict[str, Counter[int]] = {path: Counter() for path in (*_ALWAYS, *_SOMETIMES)}
    times: dict[str, list[float]] = {path: [] for path in statuses}
    slowest: tuple[float, str, str] = (0, "", "")
    failures = []
    asked = 0
    end = time.monotonic() + seconds
    for number, query in enumerate(odd_queries(queries, seed)):
        if time.monotonic() >= end:
            break
        asked += 1
        for path in (*_ALWAYS, *_SOMETIMES) if number % _EVERY == 0 else _ALWAYS:
            started = time.process_time()
            with client.get(path, query_string={"q": query}) as response:
                status = response.status_code
            took = (time.process_time() - started) * 1000
            statuses[path][status] += 1
            times[path].append(took)
            slowest = max(slowest, (round(took), path, query[:_SHOWN]))
            if status >= 500:
                failures.append({"path": path, "status": status, "query": query[:_SHOWN]})
    app.extensions["timbao"].close()
    return {
        "machine": machine(),
        "queries": asked,
        "seed": seed,
        "statuses": {path: dict(counts) for path, counts in statuses.items()},
        "cpu milliseconds, p50 p99 most": {
            path: [round(float(np.percentile(taken, rank)), 1) for rank in (50, 99, 100)]
            for path, taken in times.items()
            if taken
        },
        "slowest": slowest,
        "failures": failures,
    }


def main() -> int:
    """Ask, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", nargs="?", type=Path)
    parser.add_argument("--queries", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=7_200.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    logging.basicConfig(level=logging.CRITICAL)
    with ExitStack() as stack:
        index = options.index
        if index is None:
            made = tempfile.TemporaryDirectory(prefix="timbao-fuzz-")
            index = Path(stack.enter_context(made)) / "index"
            build_index(sample_articles(), index)
        figures = fuzz(index, options.queries, options.seconds, options.seed)
    print(json.dumps(figures, indent=2, ensure_ascii=False))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", "utf-8")
    if figures["queries"] < options.queries:
        print("given up: there was no time for more", file=sys.stderr)
    return 1 if figures["failures"] else 0


if __name__ == "__main__":
    sys.exit(main())
