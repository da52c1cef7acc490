"""Compare this project with other search libraries on the same tokens and the same queries.

    python -m tests.benchmarks.search [CORPUS] [--articles N] [--queries-per-class N]
        [--peers NAME ...] [--rounds N] [--cache DIR] [--rebuild NAME ...] [--json FILE]
        [--growth N ...]

Every query gives a total, the ten best articles, four facets of twenty values and a monthly
timeline; an article of the ten is whatever a library names it by. To read the ten and make
`Article`s of them is the same work for all, and timed on top of that. The metadata that facets
and timeline count is drawn at random with a fixed seed (see `corpora`). Peers without their
package are left out, and named.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.agreement import disagreements
from tests.benchmarks.corpora import VIETNEWS, articles_with_drawn_metadata
from tests.benchmarks.growth import growth
from tests.benchmarks.indexes import built_index
from tests.benchmarks.machine import machine
from tests.benchmarks.peers import NAMES, make_peer
from tests.benchmarks.peers.base import Peer, Searcher
from tests.benchmarks.peers.timbao import LibrarySearcher
from tests.benchmarks.queries import BenchmarkQuery, draw_queries
from tests.benchmarks.report import print_report
from tests.benchmarks.serving import serving_memory
from tests.benchmarks.timing import Run, Times, summary, time_rounds, warm_up

BASE = "timbao"
LIBRARY = "library"
_SEED = 20_240
_METADATA = "drawn at random with a fixed seed from Zipf-like distributions; days evenly"


@dataclass(frozen=True, slots=True)
class _Options:
    corpus: Path
    articles: int
    queries_per_class: int
    peers: Sequence[str]
    rounds: int
    cache: Path
    rebuild: Sequence[str]


def main(argv: list[str] | None = None) -> None:
    """Run the benchmark, print its figures, and keep them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", nargs="?", type=Path, default=VIETNEWS)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--queries-per-class", type=int, default=8)
    parser.add_argument("--peers", nargs="*", choices=NAMES, default=NAMES)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cache", type=Path, help="keep the indexes in this folder")
    parser.add_argument("--rebuild", nargs="*", choices=NAMES, default=[])
    parser.add_argument("--json", type=Path)
    parser.add_argument(
        "--growth", nargs="*", type=int, help="instead measure this project over these sizes"
    )
    options = parser.parse_args(argv)
    with contextlib.ExitStack() as stack:
        cache = options.cache or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        asked = _Options(
            options.corpus,
            options.articles,
            options.queries_per_class,
            options.peers,
            options.rounds,
            cache,
            options.rebuild,
        )
        if options.growth is not None:
            sizes = options.growth or (10_000, 100_000, 1_000_000)
            figures: dict[str, Any] = {"machine": machine()} | growth(
                asked.corpus, sizes, asked.queries_per_class, _SEED, asked.rounds, cache
            )
            print(json.dumps(figures, ensure_ascii=False, indent=2))
        else:
            figures = measure(asked)
            print_report(figures)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(figures, ensure_ascii=False, indent=1)
        options.json.write_text(text + "\n", "utf-8")


def measure(options: _Options) -> dict[str, Any]:
    """Build what is not built, run all queries over all peers, and compare."""
    peers, missing = _available([BASE, *(name for name in options.peers if name != BASE)])
    folder = options.cache / f"{options.corpus.name.partition('.')[0]}-{options.articles}"
    built = {}
    for peer in peers:
        print(f"index of {peer.name}", file=sys.stderr)
        articles = articles_with_drawn_metadata(options.corpus, options.articles)
        again = peer.name in options.rebuild
        built[peer.name] = built_index(peer.name, articles, folder / peer.name, again=again)
    indexes = {peer.name: folder / peer.name / "index" for peer in peers}
    queries = draw_queries(indexes[BASE], options.queries_per_class, _SEED)
    print(f"memory of {len(peers) + 1} servers", file=sys.stderr)
    memory = {name: serving_memory(name, index, queries) for name, index in indexes.items()}
    memory[LIBRARY] = serving_memory(LIBRARY, indexes[BASE], queries)
    searchers = {peer.name: peer.open(indexes[peer.name]) for peer in peers}
    runs: dict[str, dict[int, Run]] = {
        name: {n: searcher.prepare(query.request) for n, query in enumerate(queries)}
        for name, searcher in searchers.items()
    }
    library = LibrarySearcher(indexes[BASE])
    runs[LIBRARY] = {
        number: library.prepare(query.text, query.request)
        for number, query in enumerate(queries)
        if query.text is not None
    }
    print(f"{len(queries)} queries, warm-up", file=sys.stderr)
    outcomes, slow = warm_up(runs)
    print(f"{options.rounds} rounds", file=sys.stderr)
    readers = {name: searcher.articles for name, searcher in searchers.items()}
    times = time_rounds(runs, options.rounds, slow, readers)
    differing = _compare(queries, searchers, outcomes)
    kinds = [query.kind for query in queries]
    return {
        "machine": machine(),
        "corpus": options.corpus.name,
        "articles": built[BASE].articles,
        "metadata": _METADATA,
        "rounds": {name: 1 if name in slow else options.rounds for name in runs},
        "peers": {peer.name: peer.setting for peer in peers},
        "not installed": missing,
        "indexes": {name: figures.to_dict() for name, figures in built.items()},
        "memory in MB": memory,
        "milliseconds": summary(times.wall, kinds, BASE),
        "cpu milliseconds": summary(times.cpu, kinds, BASE),
        "milliseconds with articles": summary(times.wall_read, kinds, BASE),
        "cpu milliseconds with articles": summary(times.cpu_read, kinds, BASE),
        "disagreements": differing,
        "queries": [
            {
                "class": query.kind,
                "query": query.text or str(query.request.query),
                "total": outcomes[BASE][number].total,
                "milliseconds": _of_query(times.wall, number),
                "cpu milliseconds": _of_query(times.cpu, number),
            }
            for number, query in enumerate(queries)
        ],
    }


def _of_query(times: Times, number: int) -> dict[str, list[float]]:
    return {
        name: [round(one, 3) for one in of_peer[number]]
        for name, of_peer in times.items()
        if number in of_peer
    }


def _available(names: Sequence[str]) -> tuple[list[Peer], dict[str, str]]:
    peers, missing = [], {}
    for name in names:
        try:
            peers.append(make_peer(name))
        except ImportError as error:
            missing[name] = str(error)
            print(f"{name} does not take part: {error}", file=sys.stderr)
    return peers, missing


def _compare(
    queries: Sequence[BenchmarkQuery],
    searchers: dict[str, Searcher],
    outcomes: dict[str, dict[int, Any]],
) -> list[dict[str, Any]]:
    found = []
    for number, query in enumerate(queries):
        ours = searchers[BASE].answer(outcomes[BASE][number])
        for name, searcher in searchers.items():
            theirs = searcher.answer(outcomes[name][number])
            differences = list(disagreements(ours, theirs))
            if differences:
                found.append(
                    {
                        "peer": name,
                        "class": query.kind,
                        "query": query.text or str(query.request.query),
                        "differences": differences,
                    }
                )
    return found


if __name__ == "__main__":
    main()
