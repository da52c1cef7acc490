"""Build a large corpus to the end, and tell the time and the memory that it takes.

    python -m tests.benchmarks.large_build [CORPUS] [--articles N] [--processes N] [--written FILE]
        [--json FILE]

The corpus is grown from real articles (see `grown`): beyond their number they are repeated with
perturbed text, so a million of them is 100,000 stories of ten near-copies each. It is written to a
file first, which is read like any other. Memory is what the processes have of their own.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

import zstandard

from corpus import read_articles
from indexer import build_index
from tests.benchmarks.corpora import VIETNEWS
from tests.benchmarks.grown import grown_articles
from tests.benchmarks.indexes import text_bytes
from tests.benchmarks.machine import machine
from tests.benchmarks.memory import OwnMemory


def main() -> None:
    """Build, and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", nargs="?", type=Path, default=VIETNEWS)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--written", type=Path, help="where the grown corpus is, or is written to")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        written = options.written or Path(name) / "grown.jsonl.zst"
        if not written.exists():
            write_corpus(options.corpus, options.articles, written)
        figures = {"machine": machine(), **measure(written, options.processes, Path(name))}
    text = json.dumps(figures, ensure_ascii=False, indent=2)
    print(text)
    if options.json:
        options.json.write_text(text + "\n", "utf-8")


def write_corpus(corpus: Path, count: int, target: Path) -> None:
    """Write a grown corpus as JSON Lines, compressed."""
    articles = grown_articles(corpus, count)
    with (
        target.open("wb") as file,
        zstandard.ZstdCompressor(level=1).stream_writer(file) as compressed,
    ):
        while batch := list(islice(articles, 500)):
            lines = (json.dumps(one.to_dict(), ensure_ascii=False) + "\n" for one in batch)
            compressed.write("".join(lines).encode())


def measure(corpus: Path, processes: int, folder: Path) -> dict[str, Any]:
    """Build an index of a file."""
    memory = OwnMemory()
    memory.start()
    started, used = time.perf_counter(), time.process_time()
    report = build_index(corpus, folder / "index", processes=processes)
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - used
    memory.stop()
    workers = resource.getrusage(resource.RUSAGE_CHILDREN)
    text = sum(map(text_bytes, read_articles(corpus)))
    return {
        "articles": report.articles,
        "processes": processes,
        "seconds": round(seconds),
        "cpu seconds of the build": round(cpu_seconds),
        "cpu seconds of its workers": round(workers.ru_utime + workers.ru_stime),
        "size in bytes": report.size_bytes,
        "size, of the text": round(report.size_bytes / text, 3),
        "reprints": asdict(report.reprints) if report.reprints else None,
        "own memory at most, MB": memory.peaks(),
    }


if __name__ == "__main__":
    main()
