"""Many readers at once: requests a second, times, errors and memory of a real server.

    python -m tests.benchmarks.load [INDEX] [--clients 50] [--seconds 20] [--json FILE]

Without INDEX, of 5,000 articles that are indexed first. What single requests take of the processor
comes first. Then readers ask as fast as answers come, over connections that stay open, in three
rounds: one reader alone (the time of the server, and the size of pages); all of them; and all of
them while `timbao index --update` adds articles to a copy of the index again and again. With
`--rebuild CORPUS`, of the articles that INDEX is made of, a fourth round lasts until the copy has
been built anew. The readers run on the same machine, and take their part of its processors.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from indexer import build_index, index_info
from tests.benchmarks.corpora import VIETNEWS, articles_with_drawn_metadata
from tests.benchmarks.load.processor import processor_times
from tests.benchmarks.load.questions import draw_questions
from tests.benchmarks.load.readers import read
from tests.benchmarks.load.server import Server, change, memory, served
from tests.benchmarks.machine import machine

_QUESTIONS = 2_000
_ASKED_ALONE = 500
_ARTICLES = 5_000
_ADDED = 200
_ALONE_SECONDS = 10.0
_MOST_REBUILD_SECONDS = 1_800.0


def main() -> None:
    """Measure, print and keep."""
    options = _options()
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(
                tempfile.TemporaryDirectory(prefix="timbao-load-", dir=options.dir)
            )
        )
        copy = folder / "index"
        if options.index:
            shutil.copytree(options.index, copy)
        else:
            build_index(articles_with_drawn_metadata(VIETNEWS, _ARTICLES), copy)
        figures = _measure(copy, folder, options)
    print(json.dumps(figures, indent=2, ensure_ascii=False))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _measure(index: Path, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    questions = draw_questions(index, _QUESTIONS, options.seed)
    figures: dict[str, Any] = {
        "machine": machine(),
        "articles": index_info(index).articles,
        "clients": options.clients,
        "workers": options.workers,
        "threads": options.threads,
    }
    # Articles that are in the index already: it stays of one size.
    added = folder / "added.jsonl"
    with added.open("w", encoding="utf-8") as file:
        for article in articles_with_drawn_metadata(VIETNEWS, _ADDED):
            file.write(json.dumps(article.to_dict(), ensure_ascii=False) + "\n")
    figures["processor milliseconds"] = processor_times(index, questions[:_ASKED_ALONE])
    server_options = ["--workers", str(options.workers), "--threads", str(options.threads)]
    with served(index, server_options) as server:
        memories = {"at rest": memory(server)}
        figures["first page, bytes"] = _page_sizes(server)
        figures["one reader"] = read(server.host, questions, 1, _ALONE_SECONDS)
        figures["all readers"] = read(server.host, questions, options.clients, options.seconds)
        memories["after all readers"] = memory(server)
        rounds = {"while it is updated": (added, options.seconds, False)}
        if options.rebuild:
            rounds["while it is built anew"] = (options.rebuild, _MOST_REBUILD_SECONDS, True)
        for name, (corpus, seconds, whole) in rounds.items():
            figures[name] = _while_changing(
                server, index, corpus, questions, options.clients, seconds, whole=whole
            )
            memories[f"after the round {name}"] = memory(server)
        figures["memory of all processes, MB"] = memories
    return figures


def _while_changing(
    server: Server,
    index: Path,
    corpus: Path,
    questions: list[Any],
    clients: int,
    seconds: float,
    *,
    whole: bool,
) -> dict[str, Any]:
    """Let readers read while the index changes: once if it is built anew, else again and again."""
    changed: list[float] = []
    over = threading.Event()

    def change_on() -> None:
        while not over.is_set():
            started = time.perf_counter()
            change(index, corpus, whole=whole)
            changed.append(round(time.perf_counter() - started, 1))
            if whole:
                over.set()

    results = []
    end = time.perf_counter() + seconds
    with ThreadPoolExecutor(1) as pool:
        changing = pool.submit(change_on)
        if whole:
            while not over.is_set() and time.perf_counter() < end:
                results.append(read(server.host, questions, clients, 10))
            # Some more, after the switch.
            results.append(read(server.host, questions, clients, 10))
        else:
            results.append(read(server.host, questions, clients, seconds))
        over.set()
        changing.result()
    return {"changes, seconds": changed, "generation": _generation(server), "read": results}


def _generation(server: Server) -> str:
    connection = HTTPConnection(server.host, timeout=30)
    connection.request("GET", "/readyz")
    told = json.loads(connection.getresponse().read())
    connection.close()
    return str(told["generation"])


def _page_sizes(server: Server) -> dict[str, int]:
    """Give the size of the first page, with its styles, as browsers get it."""
    sizes: dict[str, int] = {}
    connection = HTTPConnection(server.host, timeout=30)
    for encoding in ("identity", "gzip", "zstd", "br"):
        for path in ("/", "/static/style.css"):
            connection.request("GET", path, headers={"Accept-Encoding": encoding})
            sizes[f"{path} {encoding}"] = len(connection.getresponse().read())
    connection.close()
    return sizes


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", nargs="?", type=Path)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--rebuild", type=Path, metavar="CORPUS")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--dir", type=Path, help="where the copy of the index is put")
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
