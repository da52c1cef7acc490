"""Decompression while reading, recognised by the first bytes.

All of these forms may be joined end to end (members, frames, streams) and are read to their
end.
"""

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple, Protocol, cast

import zstandard

from corpus.errors import StreamError
from corpus.streams import BLOCK, Stream

_STEP = 1 << 14

# The most that a step of this many compressed bytes can become is 32 MiB: a block of 4 bytes
# may stand for 128 KiB of one repeated byte. Real text grows to some 5 KiB.
_ZSTD_STEP = 1 << 10

# `xz -9` needs 65 MiB; a header may ask for 4 GiB.
_XZ_MEMORY = 256 << 20

# Zstandard files may begin with a frame that holds no data (RFC 8878, section 3.1.2).
_ZSTD_SKIPPABLE = b"\x2a\x4d\x18"


class Compression(NamedTuple):
    """A form of compressed data.

    Attributes:
        name: What it is called in messages.
        decompress: Yields what the compressed bytes stand for.
    """

    name: str
    decompress: Callable[[Stream], Iterator[bytes]]


def recognise_compression(head: bytes) -> Compression | None:
    """Return the form of compression that data with these first bytes has, if any."""
    if head.startswith(b"\x1f\x8b"):
        return Compression("gzip", _gzip)
    if head[:4] == b"\x28\xb5\x2f\xfd" or (head[1:4] == _ZSTD_SKIPPABLE and head[0] >> 4 == 5):
        return Compression("Zstandard", _zstandard)
    if head.startswith(b"BZh") and head[4:10] in (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90"):
        return Compression("bzip2", _bzip2)
    if head.startswith(b"\xfd7zXZ\x00"):
        return Compression("xz", _xz)
    return None


def _gzip(stream: Stream) -> Iterator[bytes]:
    try:
        with gzip.GzipFile(fileobj=cast("IO[bytes]", stream), mode="rb") as unpacked:
            # `read` would lose what precedes the damage in its block; `read1` hands it out.
            yield from iter(lambda: unpacked.read1(BLOCK), b"")
    except EOFError as error:
        raise _cut_off("gzip") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise _damaged("gzip", error) from error


def _zstandard(stream: Stream) -> Iterator[bytes]:
    # `ZstdDecompressor.stream_reader` does this too, but takes a file that was cut off for a
    # whole one.
    decompressor = zstandard.ZstdDecompressor()
    frame = decompressor.decompressobj()
    begun = False
    try:
        while step := stream.read(_ZSTD_STEP):
            while step:
                if frame.eof:
                    frame = decompressor.decompressobj()
                if piece := frame.decompress(step):
                    yield piece
                step = frame.unused_data  # empty until the frame has ended
            begun = not frame.eof
    except zstandard.ZstdError as error:
        raise _damaged("Zstandard", error) from error
    if begun:
        raise _cut_off("Zstandard")


def _bzip2(stream: Stream) -> Iterator[bytes]:
    try:
        yield from _joined(stream, bz2.BZ2Decompressor, "bzip2")
    except (OSError, ValueError) as error:
        raise _damaged("bzip2", error) from error


def _xz(stream: Stream) -> Iterator[bytes]:
    try:
        yield from _joined(
            stream, lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY), "xz"
        )
    except lzma.LZMAError as error:
        raise _damaged("xz", error) from error


class _Decompressor(Protocol):
    """What the decompressors of `bz2` and `lzma` have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


def _joined(stream: Stream, new: Callable[[], _Decompressor], name: str) -> Iterator[bytes]:
    decompressor = new()
    data = stream.read(_STEP)
    while True:
        if piece := decompressor.decompress(data, BLOCK):
            yield piece
        data = b""
        if decompressor.eof:
            # Streams may be padded with zeros (xz file format, section 2.2).
            data = decompressor.unused_data.lstrip(b"\0")
            while not data:
                step = stream.read(_STEP)
                if not step:
                    return
                data = step.lstrip(b"\0")
            decompressor = new()
        elif decompressor.needs_input:
            data = stream.read(_STEP)
            if not data:
                raise _cut_off(name)


def _cut_off(name: str) -> StreamError:
    return StreamError(f"the {name} data ends early; the file was cut off")


def _damaged(name: str, error: Exception) -> StreamError:
    return StreamError(f"the {name} data is damaged: {error}")
