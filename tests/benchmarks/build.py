"""Compare a whole build, from the corpus to a searchable index, with pyvi and stock Whoosh.

    python -m tests.benchmarks.build [CORPUS] [--articles N] [--pairs N] [--json FILE]

One process each. The other side cuts every text with `pyvi.ViTokenizer.tokenize` and gives
syllables and words to Whoosh's own writer (settings in `peers.whoosh`). Both read the same file;
the two builds of a pair run one right after the other, each in a process of its own, on articles
that no other pair has. The metadata is drawn at random with a fixed seed (see `corpora`).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

from corpus import Article
from indexer import build_index
from indexer.schema import TEXT_FIELDS, text_of
from tests.benchmarks.corpora import VIETNEWS, articles_with_drawn_metadata
from tests.benchmarks.machine import machine
from tests.benchmarks.peers.base import TokenizedArticle
from tests.benchmarks.peers.whoosh import WhooshPeer


def main(argv: list[str] | None = None) -> None:
    """Run the benchmark and print its figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", nargs="?", type=Path, default=VIETNEWS)
    parser.add_argument("--articles", type=int, default=2_000, help="of each pair")
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(argv)
    figures = {"machine": machine(), **measure(options.corpus, options.articles, options.pairs)}
    text = json.dumps(figures, ensure_ascii=False, indent=2)
    print(text)
    if options.json:
        options.json.write_text(text + "\n", "utf-8")


def measure(corpus: Path, articles: int, pairs: int) -> dict[str, Any]:
    """Build with both sides, several times."""
    runs = []
    for pair in range(pairs):
        print(f"pair {pair + 1} of {pairs}", file=sys.stderr)
        runs.append(
            {
                "timbao": _apart(_timbao, corpus, pair * articles, articles),
                "pyvi and stock Whoosh": _apart(_stock, corpus, pair * articles, articles),
            }
        )
    ratios = [
        round(run["pyvi and stock Whoosh"]["cpu seconds"] / run["timbao"]["cpu seconds"], 2)
        for run in runs
    ]
    return {
        "articles of a pair": articles,
        "times as fast, median of processor time": statistics.median(ratios),
        "of each pair": ratios,
        "pairs": runs,
    }


def _apart(build: Callable[[list[Article], Path], None], *draw: Any) -> dict[str, float]:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measured, build, *draw).result()


def _measured(
    build: Callable[[list[Article], Path], None], corpus: Path, first: int, count: int
) -> dict[str, float]:
    # Reading is the same work for both, and drawing the metadata is no work of theirs.
    articles = list(islice(articles_with_drawn_metadata(corpus, first + count), first, None))
    with tempfile.TemporaryDirectory() as folder:
        started, used = time.perf_counter(), time.process_time()
        build(articles, Path(folder))
        seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - used
    return {
        "seconds": round(seconds, 2),
        "cpu seconds": round(cpu_seconds, 2),
        "articles per second": round(len(articles) / seconds),
        "peak of memory in MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _timbao(articles: list[Article], folder: Path) -> None:
    build_index(articles, folder / "index")


def _stock(articles: list[Article], folder: Path) -> None:
    WhooshPeer().write(_cut_by_pyvi(articles), folder)


def _cut_by_pyvi(articles: list[Article]) -> Iterator[TokenizedArticle]:
    from pyvi import ViTokenizer

    for article in articles:
        fields: dict[str, list[str]] = {}
        words = []
        for name in TEXT_FIELDS:
            cut = [ViTokenizer.tokenize(text).lower() for text in text_of(article, name)]
            fields[name] = [text.replace("_", " ") for text in cut]
            words += cut
        yield TokenizedArticle(article, fields, "\n".join(words))


if __name__ == "__main__":
    main()
