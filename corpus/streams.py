"""Bytes as they come: read once, looked at ahead, cut into lines, counted.

Nothing here holds more than a block, a line, or what was looked at ahead, whatever the size of
the file and whatever is in it.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from corpus.errors import StreamError

BLOCK = 1 << 18
"""The size in bytes of the blocks that files are read in."""

MAX_LINE = 32 << 20
"""The greatest length of a line, in bytes; 1,000 times that of a long article."""

STANDARD_INPUT = Path("standard input")
"""What stands for standard input where a file would be; known by being this very object."""

# What articles of real corpora compress to is a third to a fiftieth.
_FREE = 256 << 20
_MOST_GROWTH = 1_000


class Progress:
    """Tells how much of one file was dealt with, never more than its size.

    Args:
        size: The size of the file in bytes; `None` where nobody knows.
        on_bytes: Called with the number of bytes that were dealt with since the last call.
    """

    def __init__(self, size: int | None, on_bytes: Callable[[int], None] | None) -> None:
        self._size = size
        self._on_bytes = on_bytes
        self._told = 0
        self.read = 0

    def count(self, count: int) -> None:
        """Note that so many bytes were read from the disk."""
        self.read += count
        self._tell(count)

    def finish(self) -> None:
        """Tell of what is left: nobody will read it any more."""
        if self._size is not None:
            self._tell(self._size - self._told)

    def _tell(self, count: int) -> None:
        if self._size is not None:  # parts of a zip archive are read twice
            count = min(count, self._size - self._told)
        self._told += count
        if count > 0 and self._on_bytes:
            self._on_bytes(count)


class Growth:
    """Stops decompression that yields far more than the articles of any file could.

    The first 256 MiB are free, so that time is bounded for small files; beyond it, what was
    unpacked (by all layers together) may be 1,000 times of what was read of the file. This is
    what ends a nest of archives that stands for petabytes.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._unpacked = 0

    def watch(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the pieces that were decompressed, and count them.

        Raises:
            StreamError: They have become too many.
        """
        for piece in pieces:
            self._unpacked += len(piece)
            if self._unpacked > max(_FREE, _MOST_GROWTH * self._progress.read):
                raise StreamError(
                    f"unpacks to more than {_MOST_GROWTH:,} times its size; "
                    "this is no archive of articles, and the rest is left unread"
                )
            yield piece


class Stream:
    """Bytes that are read once, from front to back, and can be looked at ahead.

    A `StreamError` of the pieces is raised when what came before it has been read.

    Args:
        pieces: The bytes in pieces of any size, none of them empty.
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._ahead = b""
        self._at = 0  # how much of it was read
        self._failure: StreamError | None = None

    def peek(self, size: int) -> bytes:
        """Return the next bytes without reading them; fewer than `size` only at the end."""
        missing = self._at + size - len(self._ahead)
        if missing > 0 and not self._failure:
            parts = [self._ahead[self._at :]]
            try:
                while missing > 0 and (piece := next(self._pieces, b"")):
                    parts.append(piece)
                    missing -= len(piece)
            except StreamError as error:
                self._failure = error
            self._ahead = b"".join(parts)
            self._at = 0
        return self._ahead[self._at : self._at + size]

    def read(self, size: int) -> bytes:
        """Return the next bytes; fewer than `size` only at the end or before a failure.

        Raises:
            StreamError: The pieces cannot be read any further.
        """
        data = self.peek(size)
        if not data and size and self._failure:
            raise self._failure
        self._at += len(data)
        return data

    def blocks(self) -> Iterator[bytes]:
        """Yield what is left in blocks.

        Raises:
            StreamError: As `read` does.
        """
        while block := self.read(BLOCK):
            yield block


def read_lines(
    blocks: Iterable[bytes], longest: int = MAX_LINE
) -> Iterator[tuple[int, bytes | None]]:
    r"""Yield each line with its number, from 1, without its line feed.

    A line that is longer than ``longest`` bytes is passed over in pieces, never held whole,
    and yielded as `None`. A carriage return before the line feed stays on the line.
    """
    number = 1
    begun: list[bytes] = []  # the pieces of the line that the last block ended in
    length = 0
    for block in blocks:
        first, *others = block.split(b"\n")
        begun.append(first)
        length += len(first)
        if length > longest:
            begun.clear()
        if not others:
            continue
        yield number, None if length > longest else b"".join(begun)
        last = others.pop()
        for number, line in enumerate(others, number + 1):  # noqa: B020 - it goes on counting
            yield number, None if len(line) > longest else line
        number += 1
        begun = [last]
        length = len(last)
    if length:
        yield number, None if length > longest else b"".join(begun)


@contextmanager
def open_stream(
    path: Path, on_bytes: Callable[[int], None] | None
) -> Iterator[tuple[Stream, Progress]]:
    """Open a file, or standard input, as it lies on the disk.

    Whatever of the file was not read when the context ends is told to `on_bytes` then.

    Raises:
        StreamError: It cannot be opened.
    """
    if path is STANDARD_INPUT:
        if sys.stdin is None:
            raise StreamError("cannot be read: it is closed")
        file: BinaryIO = sys.stdin.buffer
        yield Stream(file_pieces(file, progress := Progress(None, on_bytes))), progress
        return
    try:
        file = path.open("rb", buffering=0)
    except OSError as error:
        raise StreamError(f"cannot be read: {error.strerror or error}") from error
    with file:
        progress = Progress(os.fstat(file.fileno()).st_size, on_bytes)
        try:
            yield Stream(file_pieces(file, progress)), progress
        finally:
            progress.finish()


def file_pieces(file: BinaryIO, progress: Progress) -> Iterator[bytes]:
    """Yield the bytes of a file as they are read.

    Raises:
        StreamError: The file cannot be read to its end.
    """
    try:
        while piece := file.read(BLOCK):
            progress.count(len(piece))
            yield piece
    except (OSError, ValueError) as error:  # a closed standard input is a ValueError
        reason = error.strerror if isinstance(error, OSError) else None
        raise StreamError(f"cannot be read: {reason or error}") from error
