"""Analysis of many articles on several processors, in the order of the corpus."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import NamedTuple

from corpus import Article
from indexer.analysis import AnalyzedArticle, analyze_article
from indexer.errors import AnalysisError, BuildError

_BATCH = 32
"""Articles that travel to a worker together."""

_WORTH_PROCESSES = 256
"""A corpus of fewer articles is done before workers have started."""

_BATCHES_AHEAD = 4
"""Batches in flight for each worker: enough to keep it busy, few enough to keep memory flat."""


class Located(NamedTuple):
    """An article and where it stands in the corpus, for messages."""

    article: Article
    location: str


class _Failure(NamedTuple):
    """An article that could not be analysed; a value, since not every error can be pickled."""

    place: int
    reason: str


_Batch = tuple[list[AnalyzedArticle], _Failure | None]


def analyze_all(
    articles: Iterable[Located], processes: int
) -> Generator[tuple[Located, AnalyzedArticle], None, None]:
    """Analyse articles, and give them in the order in which they came.

    Args:
        articles: Any number of articles; they are asked for a bounded number ahead.
        processes: How many worker processes to use; with 1, or for a short corpus, the work is
            done in this process.

    Raises:
        AnalysisError: An article could not be analysed; names its place.
        BuildError: A worker process died.
    """
    rest = iter(articles)
    first = list(islice(rest, _WORTH_PROCESSES))
    if processes == 1 or len(first) < _WORTH_PROCESSES:
        for batch in _batches(chain(first, rest)):
            yield from _checked(batch, _analyze_batch([located.article for located in batch]))
        return
    # Workers start afresh: a forked copy of a process with threads can hang.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, context, initializer=_ignore_interrupts)
    try:
        yield from _in_order(pool, chain(first, rest), processes * _BATCHES_AHEAD)
    except BrokenProcessPool as error:
        raise BuildError(
            "a worker process of the build died, perhaps for lack of memory; "
            "free memory or use fewer processes (--processes)"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, articles: Iterable[Located], ahead: int
) -> Iterator[tuple[Located, AnalyzedArticle]]:
    waiting: deque[tuple[list[Located], Future[_Batch]]] = deque()
    for batch in _batches(articles):
        work = [located.article for located in batch]
        waiting.append((batch, pool.submit(_analyze_batch, work)))
        if len(waiting) >= ahead:
            oldest, future = waiting.popleft()
            yield from _checked(oldest, future.result())
    while waiting:
        oldest, future = waiting.popleft()
        yield from _checked(oldest, future.result())


def _batches(articles: Iterable[Located]) -> Iterator[list[Located]]:
    rest = iter(articles)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _analyze_batch(articles: list[Article]) -> _Batch:
    analyzed = []
    for place, article in enumerate(articles):
        try:
            analyzed.append(analyze_article(article))
        except Exception as error:  # noqa: BLE001 - whatever it is, it must name the article
            return analyzed, _Failure(place, f"{type(error).__name__}: {error}")
    return analyzed, None


def _checked(batch: list[Located], outcome: _Batch) -> Iterator[tuple[Located, AnalyzedArticle]]:
    analyzed, failure = outcome
    yield from zip(batch, analyzed, strict=False)
    if failure:
        located = batch[failure.place]
        raise AnalysisError(
            f"{located.location}: the article {located.article.id!r} could not be analysed "
            f"({failure.reason})"
        )


def _ignore_interrupts() -> None:
    """Leave Ctrl-C, which reaches all processes of a terminal, to the process that builds."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
