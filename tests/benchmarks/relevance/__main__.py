"""The command: draw, index, ask, measure, print."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from corpus import Article
from indexer import MatchPolicy, build_index, open_index
from tests.benchmarks.corpora import VIETNEWS, articles_with_drawn_metadata
from tests.benchmarks.machine import machine
from tests.benchmarks.relevance.bm25 import K1, B
from tests.benchmarks.relevance.comparison import BASE, Answers, ask, compare
from tests.benchmarks.relevance.drawing import Draw, draw
from tests.benchmarks.relevance.failures import failures
from tests.benchmarks.relevance.latency import latency
from tests.benchmarks.relevance.report import print_report
from tests.benchmarks.relevance.systems import BASELINES, timbao


def main(argv: list[str] | None = None) -> None:
    """Run the benchmark, print its figures, and keep them."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.relevance",
        description="Look for known articles by their titles, in an index without titles.",
    )
    parser.add_argument("corpus", nargs="?", type=Path, default=VIETNEWS)
    parser.add_argument("--articles", type=int, default=22_000)
    parser.add_argument("--queries", type=int, default=1_500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--failures", type=Path, help="list the queries that fail in this file")
    parser.add_argument(
        "--cache", type=Path, help="keep indexes in this folder; one found there is not rebuilt"
    )
    parser.add_argument(
        "--baselines",
        nargs="*",
        choices=BASELINES,
        default=list(BASELINES),
        help="what takes part",
    )
    parser.add_argument("--k1", type=float, default=K1, help="of the baselines' BM25")
    parser.add_argument("--b", type=float, default=B, help="of the baselines' BM25")
    timed = parser.add_mutually_exclusive_group()
    timed.add_argument("--latency", type=Path, metavar="INDEX", help="time the queries there")
    timed.add_argument("--latency-articles", type=int, metavar="N", help="build an index for it")
    parser.add_argument("--latency-queries", type=int, default=300)
    options = parser.parse_args(argv)
    if options.latency:
        open_index(options.latency).close()  # one that is refused is better refused at once
    with contextlib.ExitStack() as stack:
        cache = options.cache or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        name = options.corpus.name.partition(".")[0]
        drawn = draw(options.corpus, options.articles, options.queries, options.seed)
        folder = cache / f"{name}-{options.articles}-{options.seed}"
        answers = answer(drawn, folder, options.baselines, options.k1, options.b)
        if options.failures:
            _write(options.failures, "\n".join(failures(drawn.items, answers, drawn.titles)))
        figures = compare(drawn.items, answers, options.seed) | {
            "machine": machine(),
            "settings": {
                "corpus": options.corpus.name,
                "seed": options.seed,
                "articles": len(drawn.articles),
                "queries": len(drawn.items),
                "k1 and b of the baselines": [options.k1, options.b],
                "read": drawn.read,
                "left out": dict(drawn.left_out),
            },
        }
        timed_index = options.latency
        if options.latency_articles:
            timed_index = cache / f"{name}-{options.latency_articles}"
            _build(
                articles_with_drawn_metadata(options.corpus, options.latency_articles), timed_index
            )
        if timed_index:
            print("latency", file=sys.stderr)
            figures["latency"] = latency(timed_index, drawn.items, options.latency_queries)
    print_report(figures)
    if options.json:
        _write(options.json, json.dumps(figures, ensure_ascii=False, indent=1))


def answer(drawn: Draw, folder: Path, baselines: Sequence[str], k1: float, b: float) -> Answers:
    """Put the queries to this project and to the baselines, over the same articles.

    Args:
        drawn: Articles and queries.
        folder: Folder of the index; one that is there already is used as it is.
        baselines: Names of the baselines that take part.
        k1: Parameter of the baselines' BM25.
        b: Likewise.
    """
    _build(drawn.articles, folder)
    with open_index(folder) as index:
        most = timbao(index, MatchPolicy.MOST)
        # What the baselines do comes near to the latter: they have no word that must match.
        answers: dict[str, Any] = {**ask({BASE: timbao(index), f"{BASE} most": most}, drawn.items)}
    # One after another: only one of them is in memory.
    for name in baselines:
        answers |= ask({name: BASELINES[name](drawn.articles, k1, b)}, drawn.items)
    return answers


def _build(articles: Iterable[Article], folder: Path) -> None:
    if folder.exists():
        print(f"index as it is in {folder}", file=sys.stderr)
    else:
        print(f"index in {folder}", file=sys.stderr)
        build_index(articles, folder)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
