"""Bringing files to the disk, so that a power cut does not take back what was done."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from indexer.errors import BuildError

_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


@contextlib.contextmanager
def writing_to(directory: Path) -> Iterator[None]:
    """Tell of files that cannot be written in a way that users understand.

    Args:
        directory: Where the files are, for the message.

    Raises:
        BuildError: The disk is full, or the folder cannot be written to.
    """
    try:
        yield
    except OSError as error:
        advice = "free some space" if error.errno in _FULL else "see that it can be written to"
        raise BuildError(
            f"the index could not be written in {directory} ({error}); {advice}, and try again. "
            "What was searchable before still is"
        ) from error


def write_file(path: Path, data: bytes) -> None:
    """Write a file, and return once it is on the disk; its name may not be (`sync_folder`)."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Return once the names in a folder are on the disk, where the system can promise that."""
    if os.name == "nt":  # Windows opens no folders; NTFS keeps a journal of names instead
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
