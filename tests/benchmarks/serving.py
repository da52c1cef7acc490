"""The memory of a process that serves searches."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.benchmarks.peers import make_peer
from tests.benchmarks.peers.timbao import LibrarySearcher
from tests.benchmarks.queries import BenchmarkQuery

_ROLLUP = Path("/proc/self/smaps_rollup")


def serving_memory(
    name: str, folder: Path, queries: Sequence[BenchmarkQuery]
) -> dict[str, float | None]:
    """Measure a fresh process that opens an index, and answers queries.

    Args:
        name: Name of the peer, or `library`.
        folder: Folder of its index.
        queries: The queries.

    Returns:
        Megabytes: `private`, memory of its own, for the interpreter with all modules (`empty`),
        with the index open (`at rest`) and after all queries (`after queries`); `mapped`, pages
        of files that it touched, which processes share. `None` off Linux.
    """
    if not _ROLLUP.exists():
        return {}
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context) as pool:
        return pool.submit(_measure, name, folder, list(queries)).result()


def _measure(
    name: str, folder: Path, queries: Sequence[BenchmarkQuery]
) -> dict[str, float | None]:
    if name != "library":
        peer = make_peer(name)
    empty = _private()
    if name == "library":
        library = LibrarySearcher(folder)
        runs = [library.prepare(query.text, query.request) for query in queries if query.text]
    else:
        searcher = peer.open(folder)
        runs = [searcher.prepare(query.request) for query in queries]
    gc.collect()
    opened = _private()
    for run in runs:
        run()
    gc.collect()
    return {
        "private, empty": empty,
        "private, at rest": opened,
        "private, after queries": _private(),
        "mapped": round(_kilobytes("Rss") / 1024 - _private(), 1),
    }


def _private() -> float:
    return round(_kilobytes("Anonymous") / 1024, 1)


def _kilobytes(name: str) -> int:
    for line in _ROLLUP.read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise LookupError(name)
