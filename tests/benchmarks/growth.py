"""How every figure of this project grows with the corpus."""

from __future__ import annotations

import multiprocessing
import resource
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from tests.benchmarks.grown import grown_articles
from tests.benchmarks.indexes import Built, built_index
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
    # In a process of its own, whose peak is that of the build alone.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        built, peak = pool.submit(_build, corpus, size, folder).result()
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
    times = time_rounds(runs, rounds, slow)
    return {
        "index": built.to_dict(),
        "peak of the build in MB": peak,
        "memory in MB": memory,
        "milliseconds": summary(times.wall, kinds, "timbao"),
        "cpu milliseconds": summary(times.cpu, kinds, "timbao"),
    }


def _build(corpus: Path, size: int, folder: Path) -> tuple[Built, float | None]:
    was_there = (folder / "built.json").exists()
    built = built_index("timbao", grown_articles(corpus, size), folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return built, None if was_there else round(peak)
