"""Writing a container (its layout is told in `container`)."""

from __future__ import annotations

import json
import os
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Self

import numpy as np

from indexer.columnar.container import CRC_BLOCK, HEADER, MAGIC, Array

_ALIGNMENT = 64


class ContainerWriter:
    """Writes a file of arrays; arrays may be longer than memory.

    Args:
        path: A file that does not exist yet.
        kind: What the file is for; the reader asks for the same.
    """

    def __init__(self, path: Path, kind: str) -> None:
        self._file: BinaryIO = path.open("xb")
        self._file.write(bytes(HEADER.size))
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
        start = struct.pack("<8sQQI", MAGIC, self._file.tell(), offset, zlib.crc32(directory))
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

    def __exit__(self, *_: object) -> None:
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
            piece = data[: CRC_BLOCK - self._filled]
            self._crc = zlib.crc32(piece, self._crc)
            self._filled += piece.nbytes
            data = data[piece.nbytes :]
            if self._filled == CRC_BLOCK:
                self._end_block()

    def _end_block(self) -> None:
        self._crcs.append(self._crc)
        self._crc = self._filled = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._filled:
            self._end_block()
