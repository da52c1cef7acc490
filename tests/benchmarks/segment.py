"""How fast the segmenter is, next to pyvi on the same texts.

Run from the root of the project::

    python -m tests.benchmarks.segment [CORPUS] [--articles N] [--pairs N] [--json FILE]
    python -m tests.benchmarks.segment --verify-all

CORPUS is whatever `corpus.read_articles` reads; title, lead and each paragraph of an article
are one text each. The timings of one pair are taken one right after the other on the same
articles; each pair has articles of its own, drawn from all over the corpus, so that neither side
has seen them before. Progress goes to standard error, results to standard output.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import json
import multiprocessing
import random
import statistics
import sys
import time
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import Article, read_articles
from indexer.analysis import Segmenter
from tests.benchmarks.corpora import VIETNEWS
from tests.benchmarks.machine import machine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from indexer.analysis import SpanBatch

ARTICLES_PER_TASK = 200
"""Articles that go to a worker process at once."""


def say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def batched(items: Iterable[Article], size: int) -> Iterator[tuple[Article, ...]]:
    """What `itertools.batched` does from Python 3.12 on."""
    iterator = iter(items)
    while batch := tuple(islice(iterator, size)):
        yield batch


def texts_of(articles: Iterable[Article]) -> list[str]:
    texts: list[str] = []
    for article in articles:
        texts += (article.title, article.lead, *article.body)
    return texts


def draw(corpus: Path, count: int, seed: int = 1) -> list[Article]:
    """Draw articles from a corpus of unknown length, each with the same probability."""
    rng = random.Random(seed)
    drawn: list[Article] = []
    for number, article in enumerate(read_articles(corpus)):
        if len(drawn) < count:
            drawn.append(article)
        elif (place := rng.randrange(number + 1)) < count:
            drawn[place] = article
    rng.shuffle(drawn)
    return drawn


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def peak_memory() -> int | None:
    """The most memory that this process has had, in bytes; None where that is unknown."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return None


# -- Pair by pair ------------------------------------------------------------------------


def compare(corpus: Path, articles: int, pairs: int) -> dict[str, Any]:
    from pyvi import ViTokenizer

    say(f"drawing {pairs} times {articles} articles from {corpus} ...")
    sample = draw(corpus, pairs * articles)
    if len(sample) < pairs:
        raise SystemExit(f"{corpus} has {len(sample)} articles: too few for {pairs} pairs")
    segmenter = Segmenter()
    measured: list[dict[str, float]] = []
    differing = 0
    for number, drawn in enumerate(batched(sample, -(-len(sample) // pairs)), 1):
        texts = texts_of(drawn)
        results: dict[str, list[str]] = {}

        def run_pyvi(texts: list[str] = texts, results: dict[str, Any] = results) -> None:
            results["pyvi"] = [ViTokenizer.tokenize(text) for text in texts]

        def run_ours(texts: list[str] = texts, results: dict[str, Any] = results) -> None:
            results["ours"] = segmenter.join_many(texts)

        def run_spans(texts: list[str] = texts) -> None:
            segmenter.spans_many(texts)

        def run_split(texts: list[str] = texts) -> None:
            vocabulary = segmenter._vocabulary
            for text in texts:
                for _ in map(vocabulary.__getitem__, text.split()):
                    pass

        ours, pyvi = seconds(run_ours), seconds(run_pyvi)
        spans = seconds(run_spans)
        differing += sum(a != b for a, b in zip(results["ours"], results["pyvi"], strict=True))
        figures = {
            "articles": len(drawn),
            "texts": len(texts),
            "megabytes": sum(len(text.encode()) for text in texts) / 1e6,
            "syllables": sum(len(text.split()) for text in texts),
            "pyvi_seconds": pyvi,
            "join_seconds": ours,
            "spans_seconds": spans,
            "split_seconds": seconds(run_split),
            "ratio": pyvi / ours,
        }
        measured.append(figures)
        say(
            f"pair {number}: pyvi {pyvi:.2f} s, join_many {ours:.3f} s ({pyvi / ours:.1f} "
            f"times as fast), spans_many {spans:.3f} s, differing texts so far: {differing}"
        )
    return {
        "pairs": measured,
        "differing_texts": differing,
        "texts": sum(pair["texts"] for pair in measured),
        "ratio": statistics.median(pair["ratio"] for pair in measured),
        "rates": {
            who: {
                what: statistics.median(p[what] / p[f"{who}_seconds"] for p in measured)
                for what in ("articles", "megabytes", "syllables")
            }
            for who in ("pyvi", "join", "spans", "split")
        },
    }


# -- From a corpus file to tokens --------------------------------------------------------

_segmenter: Segmenter | None = None
"""The segmenter of a worker process."""


def start_worker(model: bytes) -> None:
    global _segmenter
    _segmenter = Segmenter.from_bytes(model)


def work(articles: tuple[Article, ...]) -> SpanBatch:
    assert _segmenter is not None
    return _segmenter.spans_many(texts_of(articles))


def in_order(
    pool: ProcessPoolExecutor, function: Callable[[Any], Any], tasks: Iterable[Any], ahead: int
) -> Iterator[Any]:
    """Results in the order of the tasks, with only some tasks under way at a time."""
    waiting: collections.deque[Future[Any]] = collections.deque()
    for task in tasks:
        waiting.append(pool.submit(function, task))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def end_to_end(corpus: Path, articles: int, processes: int, model: bytes) -> dict[str, Any]:
    """Read a corpus file and find the spans of all its texts."""
    tokens = texts = 0
    at_start = peak_memory()
    started = time.perf_counter()
    tasks = batched(islice(read_articles(corpus), articles or None), ARTICLES_PER_TASK)
    with contextlib.ExitStack() as stack:
        if processes == 1:
            start_worker(model)
            results: Iterable[SpanBatch] = map(work, tasks)
        else:
            context = multiprocessing.get_context("spawn")
            pool = stack.enter_context(
                ProcessPoolExecutor(processes, context, start_worker, (model,))
            )
            results = in_order(pool, work, tasks, 3 * processes)
        for batch in results:
            texts += len(batch)
            tokens += len(batch.starts)
    taken = time.perf_counter() - started
    return {
        "processes": processes,
        "texts": texts,
        "tokens": tokens,
        "seconds": taken,
        "peak_memory_before": at_start,
        "peak_memory": peak_memory(),
    }


def end_to_end_apart(corpus: Path, articles: int, processes: int) -> dict[str, Any]:
    """Measure in a fresh process, whose peak memory is its own."""
    say(f"from corpus file to tokens, {processes} process(es) ...")
    model = Segmenter().to_bytes()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context) as pool:
        result: dict[str, Any] = pool.submit(
            end_to_end, corpus, articles, processes, model
        ).result()
    return result


# -- Every article -----------------------------------------------------------------------


def start_verifier(model: bytes) -> None:
    from pyvi import ViTokenizer  # noqa: F401 (so that no task waits for it)

    start_worker(model)


def verify(articles: tuple[Article, ...]) -> tuple[int, int, list[str]]:
    """Compare; returns the number of articles, of texts, and the texts that differ."""
    from pyvi import ViTokenizer

    assert _segmenter is not None
    texts = texts_of(articles)
    joined = _segmenter.join_many(texts)
    differing = [
        text
        for text, ours in zip(texts, joined, strict=True)
        if ours != ViTokenizer.tokenize(text)
    ]
    return len(articles), len(texts), differing


def verify_all(corpus: Path, processes: int) -> dict[str, Any]:
    articles = texts = 0
    differing: list[str] = []
    model = Segmenter().to_bytes()
    context = multiprocessing.get_context("spawn")
    started = time.perf_counter()
    with ProcessPoolExecutor(processes, context, start_verifier, (model,)) as pool:
        tasks = batched(read_articles(corpus), ARTICLES_PER_TASK)
        for n_articles, n_texts, differ in in_order(pool, verify, tasks, 3 * processes):
            articles += n_articles
            texts += n_texts
            differing += differ
            for text in differ:
                say(f"differs: {text!r}")
            if articles % (50 * ARTICLES_PER_TASK) == 0:
                say(
                    f"{articles} articles, {texts} texts, {len(differing)} differ, "
                    f"{time.perf_counter() - started:.0f} s"
                )
    return {"articles": articles, "texts": texts, "differing_texts": len(differing)}


# -- The command -------------------------------------------------------------------------


def show(report: dict[str, Any]) -> None:
    print(" ".join(f"{key}={value}" for key, value in report["machine"].items()))
    if "verified" in report:
        verified = report["verified"]
        print(
            f"{verified['differing_texts']} of {verified['texts']} texts of "
            f"{verified['articles']} articles differ from pyvi"
        )
        return
    compared = report["compared"]
    names = {
        "pyvi": "pyvi.ViTokenizer.tokenize",
        "join": "Segmenter.join_many",
        "spans": "Segmenter.spans_many",
        "split": "(str.split and look-up alone)",
    }
    print(f"{'median of ' + str(len(compared['pairs'])) + ' pairs':30}", end="")
    print(f"{'articles/s':>12}{'MB/s':>10}{'syllables/s':>14}")
    for who, rates in compared["rates"].items():
        print(
            f"{names[who]:30}{rates['articles']:12,.0f}{rates['megabytes']:10.2f}"
            f"{rates['syllables']:14,.0f}"
        )
    print(f"join_many is {compared['ratio']:.1f} times as fast as pyvi (median of the pairs)")
    print(f"{compared['differing_texts']} of {compared['texts']} texts differ from pyvi")
    for run in report["end_to_end"]:
        print(
            f"corpus file to tokens, {run['processes']} process(es): {run['seconds']:.1f} s, "
            f"{run['texts'] / run['seconds']:,.0f} texts/s, "
            f"{run['tokens'] / run['seconds']:,.0f} tokens/s",
            end="",
        )
        if run["peak_memory"]:
            print(f"; peak memory {run['peak_memory'] / 1e6:.0f} MB", end="")
            print(f" ({run['peak_memory_before'] / 1e6:.0f} MB before)", end="")
        print()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", nargs="?", type=Path, default=VIETNEWS)
    parser.add_argument("--articles", type=int, default=1000, help="articles in each pair")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument(
        "--end-to-end",
        type=int,
        default=20_000,
        metavar="N",
        help="articles to read from the corpus file, 0 for all",
    )
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument(
        "--verify-all",
        action="store_true",
        help="instead of timing, compare every text of the corpus with what pyvi gives, "
        "with the largest number of processes",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures to a file")
    arguments = parser.parse_args()
    if not arguments.corpus.exists():
        parser.error(f"there is no corpus at {arguments.corpus}")

    report: dict[str, Any] = {"machine": machine(), "corpus": arguments.corpus.name}
    if arguments.verify_all:
        report["verified"] = verify_all(arguments.corpus, max(arguments.processes))
    else:
        report["compared"] = compare(arguments.corpus, arguments.articles, arguments.pairs)
        report["end_to_end"] = [
            end_to_end_apart(arguments.corpus, arguments.end_to_end, processes)
            for processes in arguments.processes
        ]
    show(report)
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
