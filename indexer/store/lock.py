"""One writer at a time."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.durability import writing_to
from indexer.errors import IndexLockedError
from indexer.store.layout import HOLDER, LOCK


@contextlib.contextmanager
def write_lock(directory: Path) -> Iterator[None]:
    """Hold the right to write an index. The system gives it back when the process dies.

    Args:
        directory: Folder of the index; it exists.

    Raises:
        IndexLockedError: Another writer has it; says which.
        BuildError: The folder cannot be written to.
    """
    holder = directory / HOLDER
    is_new = not (directory / LOCK).exists()
    # A lock of its own for each writer: two threads of one process exclude each other too.
    lock = FileLock(directory / LOCK, timeout=0)
    with writing_to(directory):
        try:
            lock.acquire()
        except Timeout:
            raise IndexLockedError(
                f"the index in {directory} is being written by {_read(holder)}; wait for it to end"
            ) from None
    try:
        with writing_to(directory):
            _sign(holder)
        yield
    finally:
        with contextlib.suppress(OSError):
            holder.unlink(missing_ok=True)
            # Whoever has opened this file meanwhile finds it gone when the lock is theirs, and
            # takes the next one (`filelock` looks for that).
            if is_new and not any(path.name != LOCK for path in directory.iterdir()):
                (directory / LOCK).unlink()
        lock.release()


def _sign(holder: Path) -> None:
    """Leave word of who is writing, for whoever is refused."""
    started = datetime.now(UTC).isoformat(timespec="seconds")
    me = f"process {os.getpid()} on {socket.gethostname()}, since {started}"
    holder.write_text(me, encoding="utf-8")


def _read(holder: Path) -> str:
    with contextlib.suppress(OSError):
        if who := holder.read_text("utf-8", "replace").strip():
            return who
    return "another process"
