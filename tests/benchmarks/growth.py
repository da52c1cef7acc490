"""How every figure of this project grows with the corpus."""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus import Article
from indexer import build_index
from tests.benchmarks.grown import grown_articles
from tests.benchmarks.indexes import text_bytes
from tests.benchmarks.memory import OwnMemory
from tests.benchmarks.peers.timbao import LibrarySearcher, TimbaoPeer
from tests.benchmarks.queries import draw_queries
from tests.benchmarks.serving import serving_memory
from tests.benchmarks.timing import Run, summary, time_rounds, warm_up


def growth(
    corpus: Path, sizes: Sequence[int], per_class: int, seed: int, rounds: int, cache: Path
) -> dict[str, Any]:
    """Measure this project over several sizes of a corpus.

    Args:
        corpus: Real articles; beyond their number they are repeated with perturbed text.
        sizes: Numbers of articles.
        per_class: Queries to draw of each class.
        seed: Seed of the draw.
        rounds: How often to time them.
        cache: Where the indexes are kept.
    """
    return {
        f"{size} articles": _measure(
            corpus, size, per_class, seed, rounds, cache / f"growth-{size}"
        )
        for size in sizes
    }


def _measure(
    corpus: Path, size: int, per_class: int, seed: int, rounds: int, folder: Path
) -> dict[str, Any]:
    print(f"index of {size:,} articles", file=sys.stderr)
    record = folder / "built.json"
    if not record.exists():
        # In a process of its own, whose peak is that of the build alone.
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            figures = pool.submit(_build, corpus, size, folder / "index").result()
        record.write_text(json.dumps(figures, indent=2) + "\n")
    index = folder / "index"
    queries = draw_queries(index, per_class, seed)
    memory = {name: serving_memory(name, index, queries) for name in ("timbao", "library")}
    engine, library = TimbaoPeer().open(index), LibrarySearcher(index)
    runs: dict[str, dict[int, Run]] = {
        "timbao": {n: engine.prepare(query.request) for n, query in enumerate(queries)},
        "library": {
            n: library.prepare(query.text, query.request)
            for n, query in enumerate(queries)
            if query.text is not None
        },
    }
    _, slow = warm_up(runs)
    kinds = [query.kind for query in queries]
    times = time_rounds(runs, rounds, slow, {"timbao": engine.articles})
    return {
        "build": json.loads(record.read_text()),
        "memory in MB": memory,
        "milliseconds": summary(times.wall, kinds, "timbao"),
        "cpu milliseconds": summary(times.cpu, kinds, "timbao"),
        "milliseconds with articles": summary(times.wall_read, kinds, "timbao"),
        "cpu milliseconds with articles": summary(times.cpu_read, kinds, "timbao"),
    }


def _build(corpus: Path, size: int, index: Path) -> dict[str, Any]:
    """Build through the library, with one process, and give what it took."""
    articles = _Counted(grown_articles(corpus, size))
    memory = OwnMemory()
    memory.start()
    started, used = time.perf_counter(), time.process_time()
    report = build_index(articles, index)
    seconds = time.perf_counter() - started - articles.seconds
    cpu_seconds = time.process_time() - used - articles.cpu_seconds
    memory.stop()
    return {
        "articles": report.articles,
        "seconds": round(seconds, 1),
        "cpu seconds": round(cpu_seconds, 1),
        "articles per second": round(report.articles / seconds),
        "size in bytes": report.size_bytes,
        "size, of the text": round(report.size_bytes / articles.text_bytes, 3),
        "reprints": asdict(report.reprints) if report.reprints else None,
        "own memory at most, MB": memory.peaks()["after that, or without workers"],
    }


class _Counted:
    """Articles; measures their text, and the time that making them takes."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = iter(articles)
        self.text_bytes = 0
        self.seconds = 0.0
        self.cpu_seconds = 0.0

    def __iter__(self) -> Iterator[Article]:
        while True:
            started, used = time.perf_counter(), time.process_time()
            article = next(self._articles, None)
            if article is not None:
                self.text_bytes += text_bytes(article)
            self.seconds += time.perf_counter() - started
            self.cpu_seconds += time.process_time() - used
            if article is None:
                return
            yield article
