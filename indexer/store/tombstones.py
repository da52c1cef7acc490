"""Ids of withdrawn articles, which updates and rebuilds keep out.

A text file in UTF-8, one id on each line, sorted by code point. Ids hold no line breaks
(`corpus.Article`), so the file can be read by people, and given to `timbao delete --ids`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import Path

from indexer.durability import write_file
from indexer.errors import DamagedIndexError
from indexer.store.manifest import FileRecord


def write_tombstones(path: Path, ids: Iterable[str]) -> FileRecord:
    """Write ids to a new file, and bring it to the disk."""
    data = "".join(f"{article_id}\n" for article_id in sorted(ids)).encode()
    write_file(path, data)
    return FileRecord(path.name, len(data), zlib.crc32(data))


def read_tombstones(folder: Path, record: FileRecord | None) -> frozenset[str]:
    """Read the ids that a manifest names.

    Raises:
        DamagedIndexError: The file is missing, or not as it was written.
        PermissionError: The system does not let us read it.
    """
    if record is None:
        return frozenset()
    path = folder / record.name
    try:
        data = path.read_bytes()
    except PermissionError:
        raise  # the file may be whole
    except OSError as error:
        raise DamagedIndexError(f"{path} cannot be read: {error}") from error
    if (len(data), zlib.crc32(data)) != (record.bytes, record.checksum):
        raise DamagedIndexError(f"{path} is not as it was written")
    return frozenset(data.decode().split("\n")[:-1])
