"""What the commands write to: results to standard output, everything else to standard error."""

from __future__ import annotations

import argparse
import io
import json
import os
import signal
import sys
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import IntEnum
from types import FrameType
from typing import Any, TextIO, cast

_DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
"""What embeds, overrides and isolates text of a direction (Unicode Standard Annex 9)."""


class ExitCode(IntEnum):
    """How a command ended."""

    OK = 0
    NOTHING_FOUND = 1
    WRONG_USE = 2
    INDEX_UNUSABLE = 3
    BUILD_FAILED = 4
    TIMED_OUT = 5
    OUTPUT_FAILED = 74
    INTERRUPTED = 130
    OUTPUT_CLOSED = 141


EXIT_CODES = """\
exit codes:
  0    done; for a search: something was found
  1    nothing was found
  2    wrong use: an option, a query or a path that has no meaning, a port in use,
       an index where `demo` would make its own
  3    the index is missing, damaged (also: `check` found a fault), or the
       folder is not an index
  4    a change stopped; an index that was there before still is as it was
  5    a search was not done in its `--timeout`
  74   standard output cannot be written to: the disk is full, or it is closed
  130  interrupted by Ctrl-C or SIGTERM; `serve` and `demo` end with 0
"""


class OutputError(Exception):
    """Standard output cannot be written to; the message says why."""


def prepare_streams() -> None:
    """Make sure that there are streams, and that no character stops the output."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, _in_place_of_closed(name))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _in_place_of_closed(name: str) -> TextIO:
    # The system gives the lowest number that is free: no file of an index gets that of a stream.
    # Results that nobody can get are an error, so writing to standard output must fail.
    flags = os.O_WRONLY if name == "stderr" else os.O_RDONLY
    mode = "r" if name == "stdin" else "w"
    stream = os.fdopen(os.open(os.devnull, flags), mode, encoding="utf-8", closefd=False)
    return cast("TextIO", stream)


def out(text: str = "") -> None:
    """Write a line of results.

    Raises:
        OutputError: Standard output cannot be written to.
        BrokenPipeError: Its reader has gone.
    """
    with output_errors():
        sys.stdout.write(f"{text}\n")


def out_json(found: Mapping[str, Any]) -> None:
    """Write a result as one line of JSON, in whose texts every character is that of the stream.

    Raises:
        OutputError: Standard output cannot be written to.
        BrokenPipeError: Its reader has gone.
    """
    out(json.dumps(found, ensure_ascii=not is_utf8(sys.stdout)))


def flush_output() -> None:
    """Let all results reach standard output; raises what `out` does."""
    with output_errors():
        sys.stdout.flush()


@contextmanager
def output_errors() -> Iterator[None]:
    """Raise what `out` raises, whatever is written to standard output."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"cannot write to standard output: {error.strerror}") from error


def say(text: str) -> None:
    """Write a line that is not a result; without anyone to tell, do nothing."""
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except OSError:
        discard(sys.stderr)


def fail(message: object, code: ExitCode) -> ExitCode:
    """Write why the command stops, and give its exit code."""
    say(f"timbao: {message}")
    return code


def is_utf8(stream: TextIO) -> bool:
    """Tell whether a stream can write every character."""
    return (stream.encoding or "").lower().replace("-", "") in {"utf8", "utf8sig"}


def is_styled(stream: TextIO) -> bool:
    """Tell whether a stream is a terminal whose user has not refused colours and weights."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def printable(text: str) -> str:
    """Give a text with which no terminal can be steered.

    Control characters become spaces, and so do those that turn the direction of what follows.
    """
    return "".join(
        " "
        if unicodedata.category(character) in {"Cc", "Zl", "Zp"}
        or unicodedata.bidirectional(character) in _DIRECTIONS
        else character
        for character in text
    )


def readable(text: str) -> str:
    """Give an argument as proper Unicode, whatever bytes the shell passed."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def path_name(text: str) -> str:
    """Take an argument that names a file or a folder.

    Raises:
        argparse.ArgumentTypeError: It is empty, which would mean the current folder.
    """
    if not text:
        raise argparse.ArgumentTypeError("is empty; name a file or a folder (the current one: .)")
    return text


def positive(text: str) -> int:
    """Take an argument that is a number from 1 to 1,000.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= 1_000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 1000")
    return int(text)


def readable_size(size: int) -> str:
    """Give a number of bytes in the unit that suits it; a kilobyte has 1,000."""
    value, unit = float(size), "bytes"
    for larger in ("kB", "MB", "GB", "TB"):
        if value < 1_000:
            break
        value, unit = value / 1_000, larger
    return f"{value:,.0f} {unit}" if unit == "bytes" else f"{value:,.1f} {unit}"


_STOPPING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Let the first Ctrl-C or SIGTERM raise `KeyboardInterrupt`, and ignore those after it.

    Once there was one, signals stay ignored until the process has ended.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, _interrupt) for number in _STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            if signal.getsignal(number) is _interrupt:
                signal.signal(number, handler)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    for number in _STOPPING:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def discard(stream: TextIO) -> None:
    """Drop what a stream still holds, and whatever is written to it later."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
