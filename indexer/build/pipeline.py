"""Analysis of many articles on several processors, in the order of the corpus."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from types import FrameType
from typing import NamedTuple

from corpus import Article
from indexer.analysis import AnalyzedBatch, Analyzer, Segmenter
from indexer.errors import AnalysisError, BuildError

_BATCH = 64
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


def analyze_all(
    articles: Iterable[Located], analyzer: Analyzer, processes: int
) -> Generator[tuple[list[Located], AnalyzedBatch], None, None]:
    """Analyse articles in batches, and give them in the order in which they came.

    Args:
        articles: Any number of articles; they are asked for a bounded number ahead.
        analyzer: Cuts them into terms; worker processes make their own.
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
            outcome = _analyze(analyzer, [located.article for located in batch])
            yield batch, _checked(batch, outcome)
        return
    # Workers start afresh: a forked copy of a process with threads can hang.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(
        processes, context, initializer=_start_worker, initargs=(analyzer.segmenter.to_bytes(),)
    )
    try:
        yield from _in_order(pool, chain(first, rest), processes * _BATCHES_AHEAD)
    except BrokenProcessPool as error:
        raise BuildError(
            "a worker process of the build died, perhaps for lack of memory; "
            "free memory or use fewer processes (--processes)"
        ) from error
    finally:
        with _interrupts_wait():
            pool.shutdown(wait=True, cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, articles: Iterable[Located], ahead: int
) -> Iterator[tuple[list[Located], AnalyzedBatch]]:
    waiting: deque[tuple[list[Located], Future[AnalyzedBatch | _Failure]]] = deque()
    for batch in _batches(articles):
        work = [located.article for located in batch]
        with _interrupts_wait():
            waiting.append((batch, pool.submit(_work, work)))
        if len(waiting) >= ahead:
            oldest, future = waiting.popleft()
            yield oldest, _checked(oldest, future.result())
    while waiting:
        oldest, future = waiting.popleft()
        yield oldest, _checked(oldest, future.result())


@contextlib.contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Let signals that interrupt take effect at the end of the context only.

    An interrupt in the middle of starting or stopping workers would leave some of them behind.
    Workers that start in the context inherit that Ctrl-C, which reaches all processes of a
    terminal, is not for them.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are handled in the main thread, so none interrupts this one
        return
    arrived: list[tuple[int, FrameType | None]] = []
    handlers: dict[int, Callable[[int, FrameType | None], object]] = {}
    for number in (signal.SIGINT, signal.SIGTERM):
        handler = signal.getsignal(number)
        if callable(handler):
            handlers[number] = handler
            signal.signal(number, lambda number, frame: arrived.append((number, frame)))
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if _CAN_BLOCK else None
    try:
        yield
    finally:
        if blocked is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        for restored, handler in handlers.items():
            signal.signal(restored, handler)
    for late, frame in arrived:
        handlers[late](late, frame)


_CAN_BLOCK = hasattr(signal, "pthread_sigmask")


def _batches(articles: Iterable[Located]) -> Iterator[list[Located]]:
    rest = iter(articles)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _analyze(analyzer: Analyzer, articles: list[Article]) -> AnalyzedBatch | _Failure:
    try:
        return analyzer.analyze(articles)
    except Exception:
        for place, article in enumerate(articles):
            try:
                analyzer.analyze([article])
            except Exception as error:  # noqa: BLE001
                return _Failure(place, f"{type(error).__name__}: {error}")
        raise


def _checked(batch: list[Located], outcome: AnalyzedBatch | _Failure) -> AnalyzedBatch:
    if not isinstance(outcome, _Failure):
        return outcome
    located = batch[outcome.place]
    raise AnalysisError(
        f"{located.location}: the article {located.article.id!r} could not be analysed "
        f"({outcome.reason})"
    )


_analyzer: Analyzer
"""The analyzer of a worker process."""


def _start_worker(model: bytes) -> None:
    """Prepare a worker: it takes no notice of Ctrl-C, and ends when the build's process ends."""
    global _analyzer
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _analyzer = Analyzer(Segmenter.from_bytes(model))


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _work(articles: list[Article]) -> AnalyzedBatch | _Failure:
    return _analyze(_analyzer, articles)
