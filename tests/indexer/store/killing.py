"""Ways to end a process in the middle of its work, for tests of what it leaves behind.

The process arms one of them against itself after it was forked. Nothing of the indexer knows of
it: it listens to what Python and the system are asked to do.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any

WRITES = "write"
SYNCS = "fsync"
RENAMES = "rename"
CLEANS = "clean up"

_EVENTS = {
    RENAMES: frozenset({"os.rename"}),
    CLEANS: frozenset({"os.remove", "os.rmdir", "shutil.rmtree"}),
}


def die_at_event(step: str, count: int) -> None:
    """Die by SIGKILL just before the system is asked to rename or to remove for a given time.

    Args:
        step: `RENAMES` or `CLEANS`.
        count: The how many-th time, from 1.
    """
    left = count

    def listen(event: str, _: tuple[Any, ...]) -> None:
        nonlocal left
        if event in _EVENTS[step]:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(listen)


def die_at_sync(count: int, *, after: bool) -> None:
    """Die by SIGKILL just before or after the how many-th `fsync`."""
    left = count
    sync: Callable[[int], None] = os.fsync

    def count_and_sync(descriptor: int) -> None:
        nonlocal left
        left -= 1
        if left == 0 and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        sync(descriptor)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    os.fsync = count_and_sync  # type: ignore[assignment]


def die_in_write(size: int) -> None:
    """Die inside the `write` that makes a file longer than some bytes; those are written."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def fail_in_write(size: int) -> None:
    """Let a `write` that makes a file longer than some bytes fail, as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
