"""Compare the two engines: the same articles, the same questions to the same library.

    python -m tests.benchmarks.engines [CORPUS] [--articles N] [--queries-per-class N] [--rounds N]
        [--nodes 1|3] [--relevance ARTICLES] [--relevance-queries N] [--json FILE]

Both are built by `build_index`, with one process, without looking for reprints. Every question
gives a total, ten articles with snippets, four facets and a monthly timeline; its metadata is
drawn at random with a fixed seed (see `corpora`). With `--relevance`, known articles are looked
for by their titles in an index without titles (see `relevance`), by both engines.

The nodes of OpenSearch run on this machine, beside the client, with a heap of 512 MB each. On two
cores their figures say that it works, and nothing of what a cluster does.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus import Article
from indexer import Index, SearchResult, build_index, open_index
from tests.benchmarks.corpora import VIETNEWS, articles_with_drawn_metadata
from tests.benchmarks.machine import machine
from tests.benchmarks.peers.timbao import LibrarySearcher
from tests.benchmarks.queries import BenchmarkQuery, draw_queries
from tests.benchmarks.relevance.comparison import BASE, ask, compare
from tests.benchmarks.relevance.drawing import draw
from tests.benchmarks.relevance.systems import timbao
from tests.benchmarks.report import print_table
from tests.benchmarks.timing import summary, time_rounds, warm_up
from tests.indexer.engines.opensearch.nodes import Node, one_node, several_nodes

CLUSTER = "opensearch"
_SEED = 20_240
_TOLERANCE = 1e-4
"""Scores that are nearer to each other than this, relatively, may come in either order: the sums
of one engine are of 24 bits, and those of the other of 53, rounded in the end."""

_TICK = os.sysconf("SC_CLK_TCK")


def main(argv: list[str] | None = None) -> None:
    """Run the benchmark, print its figures, and keep them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", nargs="?", type=Path, default=VIETNEWS)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--queries-per-class", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--nodes", type=int, choices=(1, 3), default=1)
    parser.add_argument("--relevance", type=int, metavar="ARTICLES")
    parser.add_argument("--relevance-queries", type=int, default=300)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(argv)
    figures: dict[str, Any] = {"machine": machine(), "nodes": options.nodes}
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        nodes = stack.enter_context(_nodes(options.nodes, folder))
        places = {BASE: str(folder / "index"), CLUSTER: _address(nodes, "measured")}
        figures |= _measure(options, places, nodes)
        if options.relevance:
            places = {BASE: str(folder / "known"), CLUSTER: _address(nodes, "known")}
            figures["relevance"] = _relevance(options, places)
    _print(figures)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(figures, ensure_ascii=False, indent=1)
        options.json.write_text(text + "\n", "utf-8")


@contextlib.contextmanager
def _nodes(count: int, where: Path) -> Iterator[list[Node]]:
    if count == 1:
        with one_node(where) as node:
            yield [node]
    else:
        with several_nodes(count, where=where) as nodes:
            yield nodes


def _address(nodes: Sequence[Node], name: str) -> str:
    return f"opensearch://{','.join(node.host for node in nodes)}/{name}"


def _measure(
    options: argparse.Namespace, places: dict[str, str], nodes: Sequence[Node]
) -> dict[str, Any]:
    built = {}
    for name, place in places.items():
        print(f"index of {name}", file=sys.stderr)
        articles = articles_with_drawn_metadata(options.corpus, options.articles)
        built[name] = _built(articles, place, nodes)
    queries = [
        query
        for query in draw_queries(Path(places[BASE]), options.queries_per_class, _SEED)
        if query.text is not None
    ]
    searchers = {name: LibrarySearcher(place) for name, place in places.items()}
    runs: dict[str, dict[int, Callable[[], Any]]] = {
        name: {
            number: searcher.prepare(query.text, query.request)
            for number, query in enumerate(queries)
            if query.text is not None
        }
        for name, searcher in searchers.items()
    }
    print(f"{len(queries)} queries", file=sys.stderr)
    outcomes, slow = warm_up(runs)
    times = time_rounds(runs, options.rounds, slow)
    return {
        "corpus": options.corpus.name,
        "articles": built[BASE]["articles"],
        "built": built,
        "milliseconds": summary(times.wall, [query.kind for query in queries], BASE),
        "rounds": {name: 1 if name in slow else options.rounds for name in runs},
        "disagreements": _disagreements(queries, outcomes),
        "queries": len(queries),
    }


def _built(articles: Iterator[Article], place: str, nodes: Sequence[Node]) -> dict[str, Any]:
    """Build an index; give what it took, of this process and of the nodes."""
    started, own, theirs = time.perf_counter(), _own_seconds(), _seconds_of(nodes)
    report = build_index(articles, place, reprints=False)
    seconds = time.perf_counter() - started
    return {
        "articles": report.articles,
        "seconds": round(seconds, 1),
        "cpu seconds of the client": round(_own_seconds() - own, 1),
        "cpu seconds of the nodes": round(_seconds_of(nodes) - theirs, 1),
        "articles per second": round(report.articles / seconds),
        "bytes per article": round(report.size_bytes / report.articles),
    }


def _own_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _seconds_of(nodes: Sequence[Node]) -> float:
    total = 0
    for node in nodes:
        if node.process is not None:
            told = Path(f"/proc/{node.process.pid}/stat").read_text().rpartition(")")[2].split()
            total += int(told[11]) + int(told[12])
    return total / _TICK


def _disagreements(
    queries: Sequence[BenchmarkQuery], outcomes: dict[str, dict[int, SearchResult]]
) -> list[str]:
    """Tell where the engines give different answers."""
    found = []
    for number, query in enumerate(queries):
        ours, theirs = outcomes[BASE][number], outcomes[CLUSTER][number]
        found += [
            f"{query.text}: {what}"
            for what in ("total", "stories", "facets", "timeline")
            if getattr(ours, what) != getattr(theirs, what)
        ]
        if not _same_order(ours, theirs):
            found.append(f"{query.text}: order")
    return found


def _same_order(ours: SearchResult, theirs: SearchResult) -> bool:
    """Tell whether two pages agree, but for hits whose scores are not clearly apart."""
    if len(ours.hits) != len(theirs.hits):
        return False
    return all(
        one.id == other.id or abs(one.score - other.score) <= _TOLERANCE * abs(one.score)
        for one, other in zip(ours.hits, theirs.hits, strict=True)
    )


def _relevance(options: argparse.Namespace, places: dict[str, str]) -> dict[str, Any]:
    drawn = draw(options.corpus, options.relevance, options.relevance_queries, 7)
    systems = {}
    with contextlib.ExitStack() as stack:
        for name, place in places.items():
            print(f"index of {name}", file=sys.stderr)
            build_index(drawn.articles, place, reprints=False)
            index: Index = stack.enter_context(open_index(place))
            systems[name] = timbao(index)
        answers = ask(systems, drawn.items)
    return compare(drawn.items, answers, 7) | {
        "articles": len(drawn.articles),
        "queries": len(drawn.items),
    }


def _print(figures: dict[str, Any]) -> None:
    print(f"{figures['articles']:,} articles of {figures['corpus']}, nodes: {figures['nodes']}")
    rows = [("", *next(iter(figures["built"].values())))]
    rows += [(name, *map(str, made.values())) for name, made in figures["built"].items()]
    print_table(rows)
    times = figures["milliseconds"]
    rows = [("ms, p50 / p95", *times)]
    for kind in times[BASE]:
        cells = [f"{own[kind]['p50']:.1f} / {own[kind]['p95']:.1f}" for own in times.values()]
        rows.append((kind, *cells))
    print_table(rows)
    print(f"disagreements: {figures['disagreements'] or 'none'} of {figures['queries']} queries")
    if known := figures.get("relevance"):
        print(json.dumps({name: known[name] for name in (BASE, CLUSTER)}, indent=1))


if __name__ == "__main__":
    main()
