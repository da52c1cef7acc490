"""Leases: a generation that somebody reads is not cleaned up.

A reader holds a shared lock (`flock`) on the file of its generation; the system gives it back when
the process dies, so no lease outlives its reader. Cleaning up asks for the same lock alone.

Where there is no `flock`, the open memory maps of a reader do the same: Windows refuses to remove
a mapped file, and it stays until a later clean-up. On a file system that cannot lock, generations
stay for `GRACE_SECONDS` after they were replaced.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import fcntl

GRACE_SECONDS: Final = 24 * 3600


class LeaseLostError(Exception):
    """The generation was cleaned up before it could be leased; a newer one is current now."""


class Lease:
    """A reader's hold on a generation. Released when closed, or when its process ends.

    Args:
        path: The file of the generation.

    Attributes:
        content: What the file holds.

    Raises:
        LeaseLostError: The file is gone, or is just going.
        OSError: The file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        try:
            descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        except FileNotFoundError:
            raise LeaseLostError from None
        self._closing = weakref.finalize(self, os.close, descriptor)
        try:
            _lock_shared(descriptor)
            status = os.fstat(descriptor)
            if not status.st_nlink and sys.platform != "win32":
                raise LeaseLostError  # noqa: TRY301 - the clean-up is the same
            self.content = os.read(descriptor, status.st_size)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Give the generation free."""
        self._closing()


@contextlib.contextmanager
def unleased(path: Path) -> Iterator[bool]:
    """Keep new readers from a generation, unless it is read.

    Args:
        path: The file of the generation.

    Yields:
        Whether nobody reads it; then nobody can begin to before the context ends.
    """
    if sys.platform == "win32":
        yield True
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_free = True
        except BlockingIOError:
            is_free = False
        except OSError:
            is_free = time.time() - os.fstat(descriptor).st_mtime > GRACE_SECONDS
        yield is_free
    finally:
        os.close(descriptor)


def _lock_shared(descriptor: int) -> None:
    if sys.platform == "win32":
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LeaseLostError from None
    except OSError:
        # The file system cannot lock; the grace period stands in.
        return
