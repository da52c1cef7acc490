"""Kill a node of three, as `kill -9` does: under searches, under an update, and under a build.

    python -m tests.benchmarks.failover [CORPUS] [--articles N] [--json FILE]

Told is how many articles there are before and after, how many answers were whole, how many were
refused, how many were wrong (none may be), and for how long none came. The three nodes, each with
a heap of 512 MB, and the client share this machine; so the seconds say little of real machines.
"""

from __future__ import annotations

import argparse
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from corpus import Article, read_articles
from indexer import (
    BuildError,
    IndexUnusableError,
    SearchRequest,
    SearchTimeoutError,
    build_index,
    open_index,
    update_index,
)
from indexer.engines.opensearch.address import parse_address
from indexer.engines.opensearch.connection import Connection
from tests.benchmarks.corpora import VIETNEWS
from tests.benchmarks.machine import machine
from tests.indexer.engines.opensearch.nodes import Node, killed, several_nodes

_PHRASE = SearchRequest("")
"""What is asked for again and again: everything."""


def main(argv: list[str] | None = None) -> None:
    """Run the benchmark, print its figures, and keep them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", nargs="?", type=Path, default=VIETNEWS)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(argv)
    articles = list(islice(read_articles(options.corpus), 2 * options.articles))
    first, more = articles[: options.articles], articles[options.articles :]
    with several_nodes(3) as nodes:
        hosts = ",".join(node.host for node in nodes)
        address = f"opensearch://{hosts}/failover"
        build_index(first, address, reprints=False)
        _wait(address)
        figures = {
            "machine": machine(),
            "nodes": len(nodes),
            "corpus": options.corpus.name,
            "under searches": _searched(address, nodes[1]),
            "under an update": _changed(
                address, nodes[0], lambda told: _update(more, address, told), len(more)
            ),
            "under a build": _changed(
                f"opensearch://{hosts}/rebuilt",
                nodes[2],
                lambda told: _build(articles, f"opensearch://{hosts}/rebuilt", told),
                len(articles),
            ),
        }
    print(json.dumps(figures, indent=1))
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def _update(articles: Sequence[Article], address: str, told: list[int]) -> None:
    update_index(articles, address, on_progress=lambda progress: told.append(progress.articles))


def _build(articles: Sequence[Article], address: str, told: list[int]) -> None:
    build_index(
        articles,
        address,
        reprints=False,
        on_progress=lambda progress: told.append(progress.articles),
    )


def _searched(address: str, node: Node) -> dict[str, Any]:
    """Kill a node under searches."""
    before = _count(address)
    answers: Counter[str] = Counter()
    moments: list[float] = []
    ended = threading.Event()

    def ask() -> None:
        with open_index(address) as index:
            while not ended.is_set():
                try:
                    total = index.search(_PHRASE).total
                except (IndexUnusableError, SearchTimeoutError):
                    answers["refused"] += 1
                else:
                    answers["whole" if total == before else "wrong"] += 1
                    moments.append(time.monotonic())

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(5)
    with killed(node):
        time.sleep(20)
    ended.set()
    asking.join()
    longest = max(b - a for a, b in pairwise(moments))
    return {
        "articles before": before,
        "articles after": _count(address),
        "answers": {kind: answers[kind] for kind in ("whole", "refused", "wrong")},
        "longest time without an answer, s": round(longest, 1),
    }


def _changed(
    address: str, node: Node, change: Callable[[list[int]], None], size: int
) -> dict[str, Any]:
    """Kill a node when half of the articles of a change are written."""
    before = _count(address)
    told: list[int] = []
    outcomes: list[str] = []

    def run() -> None:
        try:
            change(told)
            outcomes.append("completed")
        except (BuildError, IndexUnusableError) as error:
            outcomes.append(str(error))

    running = threading.Thread(target=run)
    running.start()
    while running.is_alive() and not (told and told[-1] >= size // 2):
        time.sleep(0.02)
    written = told[-1] if told else 0
    with killed(node):
        time.sleep(5)
    running.join()
    if outcomes != ["completed"]:
        run()
    return {
        "articles before": before,
        "articles of the change": size,
        "written when the node was killed": written,
        "outcomes": outcomes,
        "articles after": _count(address),
    }


def _count(address: str) -> int:
    try:
        with open_index(address) as index:
            return index.search(_PHRASE).total
    except IndexUnusableError:
        return 0


def _wait(address: str) -> None:
    connection = Connection(parse_address(address))
    asked = {"wait_for_status": "green", "timeout": "120s"}
    connection.request("GET", "/_cluster/health", params=asked, seconds=150)
    connection.close()


if __name__ == "__main__":
    main()
