r"""A file of named arrays, memory-mapped when read: the one file format of a segment.

Layout, little-endian throughout:

    offset  size  what
    0       8     magic, the bytes "TIMBAO\x00\x01" (the last one is the version)
    8       8     length of the whole file (u64)
    16      8     offset of the directory (u64)
    24      4     CRC-32 of the directory (u32)
    28      4     CRC-32 of bytes 0 to 27 (u32)
    32      …     arrays, each at a multiple of 64
    …       …     directory: JSON in UTF-8, up to the end of the file

The directory is an object with `kind` (what the file is for), `meta` (any JSON) and `arrays`: by
name the `dtype` (as NumPy writes it, without byte order: "u4"), the number of items `size`, the
`offset` of the first byte, and `crc`: CRC-32 of each block of 1 MiB of the array's bytes.

Bytes between arrays are zero. Opening checks the header, the directory and the length of the
file; it reads no array. `faults` reads them all and compares the checksums.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

from indexer.errors import DamagedIndexError

_MAGIC = b"TIMBAO\x00\x01"
_HEADER = struct.Struct("<8sQQII")
_ALIGNMENT = 64
_CRC_BLOCK = 1 << 20
_DTYPES = frozenset({"u1", "u2", "u4", "u8", "i4", "i8", "f4"})

Array = NDArray[Any]


class ContainerWriter:
    """Writes a file of arrays; arrays may be longer than memory.

    Args:
        path: A file that does not exist yet.
        kind: What the file is for; the reader asks for the same.
    """

    def __init__(self, path: Path, kind: str) -> None:
        self._file: BinaryIO = path.open("xb")
        self._file.write(bytes(_HEADER.size))
        self._kind = kind
        self._arrays: dict[str, dict[str, Any]] = {}
        self._open: _ArraySink | None = None

    def add(self, name: str, array: Array) -> None:
        """Write a whole array."""
        with self.sink(name, array.dtype) as sink:
            sink.append(array)

    def sink(self, name: str, dtype: np.dtype[Any] | str) -> _ArraySink:
        """Begin an array that is written piece by piece; end it before the next one begins."""
        self._file.write(bytes(-self._file.tell() % _ALIGNMENT))
        sink = _ArraySink(self._file, np.dtype(dtype).newbyteorder("<"))
        self._arrays[name] = sink.entry
        return sink

    def finish(self, meta: Mapping[str, Any]) -> None:
        """Write directory and header, and bring the file to the disk."""
        directory = json.dumps(
            {"kind": self._kind, "meta": meta, "arrays": self._arrays}, ensure_ascii=False
        ).encode()
        offset = self._file.tell()
        self._file.write(directory)
        start = struct.pack("<8sQQI", _MAGIC, self._file.tell(), offset, zlib.crc32(directory))
        self._file.seek(0)
        self._file.write(start + struct.pack("<I", zlib.crc32(start)))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def close(self) -> None:
        """Close the file, finished or not."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _ArraySink:
    """One array that is being written."""

    def __init__(self, file: BinaryIO, dtype: np.dtype[Any]) -> None:
        self._file = file
        self._dtype = dtype
        self._crcs: list[int] = []
        self._crc = 0
        self._filled = 0
        self.entry: dict[str, Any] = {
            "dtype": dtype.str[1:],
            "size": 0,
            "offset": file.tell(),
            "crc": self._crcs,
        }

    def append(self, array: Array) -> None:
        """Write more items; they must fit the array's type."""
        data = memoryview(np.ascontiguousarray(array, self._dtype).data).cast("B")
        self._file.write(data)
        self.entry["size"] += array.size
        while data.nbytes:
            piece = data[: _CRC_BLOCK - self._filled]
            self._crc = zlib.crc32(piece, self._crc)
            self._filled += piece.nbytes
            data = data[piece.nbytes :]
            if self._filled == _CRC_BLOCK:
                self._end_block()

    def _end_block(self) -> None:
        self._crcs.append(self._crc)
        self._crc = self._filled = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._filled:
            self._end_block()


class Container:
    """A file of arrays, open for reading. Its arrays cannot be written to.

    Args:
        path: The file.
        kind: What the file must be for.

    Attributes:
        size: Length of the file in bytes.
        checksum: That of the header, from which checksums lead to every byte of the file.

    Raises:
        DamagedIndexError: The file is missing, cut, or not what it should be.
    """

    def __init__(self, path: Path, kind: str) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                if size < _HEADER.size:
                    raise _damaged(path, "it is too short")
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except OSError as error:
            raise _damaged(path, str(error)) from error
        self.size = size
        self.checksum, self._arrays_end, directory = self._directory(kind)
        self.meta: dict[str, Any] = directory["meta"]
        self._entries: dict[str, dict[str, Any]] = directory["arrays"]
        self._views = {name: self._view(name) for name in self._entries}

    def __getitem__(self, name: str) -> Array:
        """Give an array by its name."""
        try:
            return self._views[name]
        except KeyError:
            raise _damaged(self.path, f"it has no array {name!r}") from None

    def __contains__(self, name: str) -> bool:
        return name in self._views

    def sizes(self) -> dict[str, int]:
        """Give the size of each array in bytes."""
        return {name: view.nbytes for name, view in self._views.items()}

    def faults(self) -> Iterator[str]:
        """Read everything, and tell what does not agree with its checksum."""
        for name in self._entries:
            yield from self.array_faults(name)
        end = _HEADER.size
        for entry in sorted(self._entries.values(), key=lambda entry: int(entry["offset"])):
            yield from self._gap_faults(end, entry["offset"])
            end = max(end, entry["offset"] + self._bytes_of(entry))
        yield from self._gap_faults(end, self._arrays_end)

    def array_faults(self, name: str) -> Iterator[str]:
        """Read one array, and tell what does not agree with its checksums."""
        entry = self._entries[name]
        data = memoryview(self._views[name].data).cast("B")
        for number, start in enumerate(range(0, data.nbytes, _CRC_BLOCK)):
            if zlib.crc32(data[start : start + _CRC_BLOCK]) != entry["crc"][number]:
                place = entry["offset"] + start
                yield f"{self.path}: array {name!r} was changed near byte {place}"

    def _gap_faults(self, start: int, end: int) -> Iterator[str]:
        """Tell of bytes between arrays that are not zero."""
        if any(self._map[start:end]):
            yield f"{self.path}: the padding was changed near byte {start}"

    def _directory(self, kind: str) -> tuple[int, int, dict[str, Any]]:
        """Give checksum of the header, offset of the directory, and the directory."""
        head = self._map[: _HEADER.size]
        magic, length, offset, directory_crc, head_crc = _HEADER.unpack(head)
        if magic[:6] != _MAGIC[:6]:
            raise _damaged(self.path, "it is not a file of timbao")
        if zlib.crc32(head[:-4]) != head_crc:
            raise _damaged(self.path, "its header is not as it was written")
        if magic != _MAGIC:
            raise _damaged(self.path, f"it has format {magic[7]}; this version reads {_MAGIC[7]}")
        if length != self.size:
            raise _damaged(self.path, f"it has {self.size} bytes, and should have {length}")
        data = self._map[offset:length]
        if not _HEADER.size <= offset <= length or zlib.crc32(data) != directory_crc:
            raise _damaged(self.path, "its directory is not as it was written")
        try:
            directory: dict[str, Any] = json.loads(data)
            found = directory["kind"]
            for entry in directory["arrays"].values():
                self._check_entry(entry, offset)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise _damaged(self.path, f"its directory makes no sense ({error!r})") from error
        if found != kind:
            raise _damaged(self.path, f"it holds {found}, and should hold {kind}")
        return head_crc, offset, directory

    def _check_entry(self, entry: Mapping[str, Any], end: int) -> None:
        """Make sure that an array is of a known type and lies between header and directory."""
        if entry["dtype"] not in _DTYPES:
            raise ValueError(f"unknown type {entry['dtype']!r}")
        numbers = entry["size"], entry["offset"], *entry["crc"]
        if not all(type(number) is int and number >= 0 for number in numbers):
            raise ValueError("a size that is no natural number")
        size = self._bytes_of(entry)
        if entry["offset"] < _HEADER.size or entry["offset"] + size > end:
            raise ValueError("an array outside of the file")
        if len(entry["crc"]) != -(-size // _CRC_BLOCK):
            raise ValueError("too many or too few checksums")

    def _view(self, name: str) -> Array:
        entry = self._entries[name]
        dtype = np.dtype(entry["dtype"]).newbyteorder("<")
        return np.frombuffer(self._map, dtype, entry["size"], entry["offset"])

    @staticmethod
    def _bytes_of(entry: Mapping[str, Any]) -> int:
        return int(entry["size"]) * int(entry["dtype"][1:])


def header_checksum(path: Path) -> int:
    """Read the checksum of a container's header, by which a file can be told from others."""
    with path.open("rb") as file:
        return int(_HEADER.unpack(file.read(_HEADER.size))[-1])


def _damaged(path: Path, what: str) -> DamagedIndexError:
    return DamagedIndexError(f"{path} cannot be read: {what}")
