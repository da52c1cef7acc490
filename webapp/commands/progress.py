"""How far the reading of a corpus has come: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn, Protocol

from webapp.commands.console import say

if TYPE_CHECKING:
    from tqdm import tqdm

    from corpus import ReadProgress
    from indexer import BuildProgress

_STEPS = 1_000
LINE_SECONDS = 5.0
"""Time between two plain lines."""


class Display(Protocol):
    """Shows the progress of a build or an inspection."""

    def show(self, progress: BuildProgress | ReadProgress) -> None:
        """Show how far it has come."""


@contextmanager
def progress_display() -> Iterator[Display]:
    """Give the display that suits standard error, and leave its last line complete."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    bar = Bar()
    try:
        yield bar
    finally:
        bar.close()


class Lines:
    """One line every few seconds."""

    def __init__(self) -> None:
        self._started = self._told = time.monotonic()

    def show(self, progress: BuildProgress | ReadProgress) -> None:
        """Write a line if the last one was long enough ago."""
        now = time.monotonic()
        if now - self._told < LINE_SECONDS:
            return
        self._told = now
        seconds = now - self._started
        parts = [f"{progress.articles:,} articles", f"{progress.articles / seconds:,.0f} a second"]
        if progress.fraction:
            left = seconds / progress.fraction - seconds
            parts += [f"{progress.fraction:.0%}", f"{_clock(left)} left"]
        say(", ".join(parts))


class Bar:
    """A bar with the count, the rate and the time left."""

    def __init__(self) -> None:
        self._bar: tqdm[NoReturn] | None = None
        self._started = time.monotonic()

    def show(self, progress: BuildProgress | ReadProgress) -> None:
        """Move the bar."""
        bar = self._bar or self._open(known=progress.fraction is not None)
        seconds = max(time.monotonic() - self._started, 0.001)
        rate = f"{progress.articles:,} articles, {progress.articles / seconds:,.0f}/s"
        bar.set_postfix_str(rate, refresh=False)
        # Of an unknown length, the bar counts articles.
        done = progress.articles if bar.total is None else int((progress.fraction or 0) * _STEPS)
        bar.update(done - bar.n)

    def close(self) -> None:
        """End the bar's line."""
        if self._bar is not None:
            self._bar.close()

    def _open(self, *, known: bool) -> tqdm[NoReturn]:
        from tqdm import tqdm

        shape = (
            "{percentage:3.0f}%|{bar}|{postfix} [{elapsed}, {remaining} left]"
            if known
            else "{postfix} [{elapsed}]"
        )
        bar = self._bar = tqdm(
            total=_STEPS if known else None, bar_format=shape, file=sys.stderr, dynamic_ncols=True
        )
        return bar


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
