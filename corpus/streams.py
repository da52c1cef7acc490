"""Bytes from a file: decompressed as they are read, cut into blocks and lines.

Nothing here holds more than a block, a line or one step of decompression, whatever the size
of the file and whatever is in it.
"""

import gzip
import io
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import zstandard

from corpus.errors import StreamError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BLOCK = 1 << 18
"""The least size in bytes of all blocks but the last."""

MAX_LINE = 32 << 20
"""The greatest length of a line, in bytes; 1,000 times that of a long article."""

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
# Zstandard files may begin with a frame that holds no data (RFC 8878, section 3.1.2).
_ZSTD_SKIPPABLE = b"\x2a\x4d\x18"

# The most that a step of this many compressed bytes can become is 128 MiB: a block of 4 bytes
# may stand for 128 KiB of one repeated byte. Real text grows to some 20 KiB.
_ZSTD_STEP = 1 << 12


def read_blocks(
    path: Path, on_bytes: Callable[[int], None] | None = None
) -> Generator[bytes, None, None]:
    """Yield the content of a file in blocks, decompressed if it is gzip or Zstandard.

    The compression is recognised by the first bytes. Files of several gzip members or
    Zstandard frames are read to their end.

    Args:
        path: The file.
        on_bytes: Called with the number of bytes, as they lie on the disk, of each read.

    Raises:
        StreamError: If the file cannot be read, or its data is damaged or ends early; the
            blocks before the damage have been yielded by then.
    """
    try:
        with io.BufferedReader(_CountedFile(path, on_bytes), BLOCK) as file:
            magic = file.read(4)
            file.seek(0)
            if magic.startswith(_GZIP):
                yield from _gathered(_gzip_pieces(file))
            elif magic == _ZSTD or (magic[1:] == _ZSTD_SKIPPABLE and magic[0] >> 4 == 5):
                yield from _gathered(_zstd_pieces(file))
            else:
                yield from iter(lambda: file.read(BLOCK), b"")
    except OSError as error:
        raise StreamError(f"cannot be read: {error.strerror or error}") from error


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


class _CountedFile(io.FileIO):
    """A file that tells how much of it is read."""

    def __init__(self, path: Path, on_bytes: Callable[[int], None] | None) -> None:
        super().__init__(path)
        self._on_bytes = on_bytes

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None:
        count = super().readinto(buffer)
        if count and self._on_bytes:
            self._on_bytes(count)
        return count


def _gzip_pieces(file: BinaryIO) -> Iterator[bytes]:
    try:
        with gzip.GzipFile(fileobj=file) as unpacked:
            # `read` would lose what precedes the damage in its block; `read1` hands it out.
            yield from iter(lambda: unpacked.read1(BLOCK), b"")
    except EOFError as error:
        raise StreamError("the gzip data ends early; the file was cut off") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise StreamError(f"the gzip data is damaged: {error}") from error


def _zstd_pieces(file: BinaryIO) -> Iterator[bytes]:
    # `ZstdDecompressor.stream_reader` does this too, but takes a file that was cut off for a
    # whole one.
    decompressor = zstandard.ZstdDecompressor()
    frame = decompressor.decompressobj()
    begun = False
    try:
        while step := file.read(_ZSTD_STEP):
            while step:
                if frame.eof:
                    frame = decompressor.decompressobj()
                yield frame.decompress(step)
                step = frame.unused_data  # empty until the frame has ended
            begun = not frame.eof
    except zstandard.ZstdError as error:
        raise StreamError(f"the Zstandard data is damaged: {error}") from error
    if begun:
        raise StreamError("the Zstandard data ends early; the file was cut off")


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Join pieces to blocks; a piece that is larger than a block is cut up."""
    begun: list[bytes] = []
    length = 0
    try:
        for piece in pieces:
            begun.append(piece)
            length += len(piece)
            if length >= BLOCK:
                whole = b"".join(begun)
                begun.clear()
                length = 0
                for start in range(0, len(whole), 2 * BLOCK):
                    yield whole[start : start + 2 * BLOCK]
    except StreamError:
        # What came before the damage is good.
        if rest := b"".join(begun):
            yield rest
        raise
    if rest := b"".join(begun):
        yield rest
