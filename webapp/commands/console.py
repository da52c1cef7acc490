"""What the commands write to: results to standard output, everything else to standard error."""

from __future__ import annotations

import io
import os
import signal
import sys
import unicodedata
from contextlib import suppress
from enum import IntEnum
from types import FrameType
from typing import TextIO


class ExitCode(IntEnum):
    """How a command ended."""

    OK = 0
    NOTHING_FOUND = 1
    WRONG_USE = 2
    INDEX_UNUSABLE = 3
    BUILD_FAILED = 4
    INTERRUPTED = 130
    OUTPUT_CLOSED = 141


EXIT_CODES = """\
exit codes:
  0    done; for a search: something was found
  1    nothing was found
  2    wrong use: an option, a query or a corpus path that has no meaning, a port in use
  3    the index is missing, damaged, or the folder is not an index
  4    the build stopped; an index that was there before still is
  130  interrupted
"""


def prepare_streams() -> None:
    """Make sure that no character stops the output, whatever the terminal can show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def out(text: str = "") -> None:
    """Write a line of results."""
    sys.stdout.write(f"{text}\n")


def say(text: str) -> None:
    """Write a line that is not a result."""
    with suppress(BrokenPipeError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


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
    """Give a text with which no terminal can be steered: control characters become spaces."""
    return "".join(
        " " if unicodedata.category(character) in {"Cc", "Zl", "Zp"} else character
        for character in text
    )


def readable(text: str) -> str:
    """Give an argument as proper Unicode, whatever bytes the shell passed."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def stop_on_signals() -> None:
    """Let the first Ctrl-C or SIGTERM raise `KeyboardInterrupt`, and ignore those after it."""
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt


def close_output() -> None:
    """Let nothing be written after the reader of the output has gone."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
