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
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import DamagedIndexError

MAGIC = b"TIMBAO\x00\x01"
HEADER = struct.Struct("<8sQQII")
CRC_BLOCK = 1 << 20
"""Bytes of an array that share a checksum."""

_DTYPES = frozenset({"u1", "u2", "u4", "u8", "i4", "i8", "f4"})

Array = NDArray[Any]


class Container:
    """A file of arrays, open for reading. Its arrays cannot be written to.

    Args:
        path: The file.
        kind: What the file must be for; anything if it is not given.

    Attributes:
        size: Length of the file in bytes.
        checksum: That of the header, from which checksums lead to every byte of the file.

    Raises:
        DamagedIndexError: The file is missing, cut, or not what it should be.
        PermissionError: The system does not let us read it.
    """

    def __init__(self, path: Path, kind: str | None = None) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                if size < HEADER.size:
                    raise _damaged(path, "it is too short")
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except PermissionError:
            raise  # the file may be whole
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

    def release(self) -> None:
        """Give back the memory of what was read; it is read again when it is needed.

        The pages of a mapped file belong to the system, which may take them at any time. But they
        count as memory of the process, and a process that reads a large file once, from one end to
        the other, would seem to need all of it.
        """
        if hasattr(self._map, "madvise"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def ends(self, name: str, target: int) -> Array:
        """Give an array of ends, after making sure that it cannot lead out of what it divides.

        Args:
            name: Name of the array: for each of several lists that lie one after the other,
                where it ends.
            target: How many items the lists have together.

        Raises:
            DamagedIndexError: The ends do not ascend, or do not end where the items do.
        """
        ends = self[name]
        last = int(ends[-1]) if len(ends) else 0
        if last != target or ends.dtype.kind != "u" or bool((ends[1:] < ends[:-1]).any()):
            raise _damaged(self.path, f"array {name!r} leads out of what it divides")
        return ends

    def codes(self, name: str, limit: int) -> Array:
        """Give an array of codes, after making sure that each is an index below a limit.

        Raises:
            DamagedIndexError: One is not.
        """
        codes = self[name]
        if len(codes) and (codes.dtype.kind != "u" or int(codes.max()) >= limit):
            raise _damaged(self.path, f"array {name!r} leads out of its table")
        return codes

    def same_length(self, *names: str) -> int:
        """Give how many items some arrays have, after making sure that all have as many.

        Raises:
            DamagedIndexError: They do not.
        """
        lengths = {len(self[name]) for name in names}
        if len(lengths) != 1:
            raise _damaged(self.path, f"arrays {', '.join(names)} differ in length")
        return lengths.pop()

    def __contains__(self, name: str) -> bool:
        return name in self._views

    def sizes(self) -> dict[str, int]:
        """Give the size of each array in bytes."""
        return {name: view.nbytes for name, view in self._views.items()}

    def faults(self) -> Iterator[str]:
        """Read everything, and tell what does not agree with its checksum."""
        for name in self._entries:
            yield from self.array_faults(name)
        end = HEADER.size
        for entry in sorted(self._entries.values(), key=lambda entry: int(entry["offset"])):
            yield from self._gap_faults(end, entry["offset"])
            end = max(end, entry["offset"] + self._bytes_of(entry))
        yield from self._gap_faults(end, self._arrays_end)

    def array_faults(self, name: str) -> Iterator[str]:
        """Read one array, and tell what does not agree with its checksums."""
        entry = self._entries[name]
        data = memoryview(self._views[name].data).cast("B")
        for number, start in enumerate(range(0, data.nbytes, CRC_BLOCK)):
            if zlib.crc32(data[start : start + CRC_BLOCK]) != entry["crc"][number]:
                place = entry["offset"] + start
                yield f"{self.path}: array {name!r} was changed near byte {place}"

    def _gap_faults(self, start: int, end: int) -> Iterator[str]:
        """Tell of bytes between arrays that are not zero."""
        if any(self._map[start:end]):
            yield f"{self.path}: the padding was changed near byte {start}"

    def _directory(self, kind: str | None) -> tuple[int, int, dict[str, Any]]:
        """Give checksum of the header, offset of the directory, and the directory."""
        head = self._map[: HEADER.size]
        magic, length, offset, directory_crc, head_crc = HEADER.unpack(head)
        if magic[:6] != MAGIC[:6]:
            raise _damaged(self.path, "it is not a file of timbao")
        if zlib.crc32(head[:-4]) != head_crc:
            raise _damaged(self.path, "its header is not as it was written")
        if magic != MAGIC:
            raise _damaged(self.path, f"it has format {magic[7]}; this version reads {MAGIC[7]}")
        if length != self.size:
            raise _damaged(self.path, f"it has {self.size} bytes, and should have {length}")
        data = self._map[offset:length]
        if not HEADER.size <= offset <= length or zlib.crc32(data) != directory_crc:
            raise _damaged(self.path, "its directory is not as it was written")
        try:
            directory: dict[str, Any] = json.loads(data)
            found = directory["kind"]
            for entry in directory["arrays"].values():
                self._check_entry(entry, offset)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise _damaged(self.path, f"its directory makes no sense ({error!r})") from error
        if kind is not None and found != kind:
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
        if entry["offset"] < HEADER.size or entry["offset"] + size > end:
            raise ValueError("an array outside of the file")
        if len(entry["crc"]) != -(-size // CRC_BLOCK):
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
        return int(HEADER.unpack(file.read(HEADER.size))[-1])


def _damaged(path: Path, what: str) -> DamagedIndexError:
    return DamagedIndexError(f"{path} cannot be read: {what}")
