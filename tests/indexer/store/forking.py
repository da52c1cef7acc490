"""Running something in a forked process that may not live to its end."""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Callable
from typing import NamedTuple

_DONE = b"done\n"


class Fate(NamedTuple):
    """What became of a forked process.

    Attributes:
        killed: Whether a signal ended it.
        done: Whether its work returned first.
        seconds: How long it lived.
        error: The traceback of an error that ended its work.
    """

    killed: bool
    done: bool
    seconds: float
    error: str


def run_forked(work: Callable[[], object], kill_after: float | None = None) -> Fate:
    """Run some work in a forked process, and wait for its end.

    Args:
        work: The work.
        kill_after: Seconds after which the process is killed.
    """
    reader, writer = os.pipe()
    started = time.perf_counter()
    child = os.fork()
    if not child:
        _work(work, writer)
    os.close(writer)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reader, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    error = "" if told in {b"", _DONE} else told.decode()
    seconds = time.perf_counter() - started
    return Fate(os.WIFSIGNALED(status), told == _DONE, seconds, error)


def _work(work: Callable[[], object], writer: int) -> None:
    try:
        work()
        os.write(writer, _DONE)
    except BaseException:  # noqa: BLE001 - told to the parent
        os.write(writer, traceback.format_exc().encode())
    os._exit(0)
