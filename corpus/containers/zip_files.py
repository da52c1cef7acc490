"""zip archives: the members in the order of the directory at the archive's end.

A zip archive has to be a file on the disk; one that comes through a pipe or inside another
archive is held in memory, up to a bound.
"""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from corpus.containers.tar_files import Member
from corpus.errors import StreamError
from corpus.streams import BLOCK, Progress, Stream

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_ENCRYPTED = 1

# A directory becomes some ten times as large in memory. 128 MiB is about a million members.
_LARGEST_READ = 128 << 20
_LARGEST_READ_IN_MEMORY = 8 << 20

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    UnicodeError,
    ValueError,
    OverflowError,
)
"""What `zipfile` raises on damaged archives, besides its own error."""


def is_zip(head: bytes) -> bool:
    """Tell by the first bytes."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def zip_members(file: BinaryIO, progress: Progress) -> Iterator[Member]:
    """Yield the files of an archive; folders are passed over.

    Args:
        file: The archive; it can be read at any place.
        progress: Told what is read.

    Raises:
        StreamError: The archive is damaged.
    """
    try:
        with zipfile.ZipFile(_Guarded(file, progress)) as archive:
            names = archive.NameToInfo
            if "[Content_Types].xml" in names or "mimetype" in names:
                raise StreamError("an office document or a book; save it as text, HTML or CSV")
            # The list is taken apart, so that members that were read are held no longer.
            infos = archive.filelist[::-1]
            while infos:
                info = infos.pop()
                if not info.is_dir():
                    yield Member(info.filename, Stream(_pieces(archive, info)), _refusal(info))
    except _DAMAGE as error:
        raise _damaged(error) from error


class _Guarded(io.BufferedIOBase):
    """A file that is not read in pieces of any size that an archive may state."""

    def __init__(self, file: BinaryIO, progress: Progress) -> None:
        self._file = file
        self._progress = progress
        held = isinstance(file, io.BytesIO)
        self._largest = _LARGEST_READ_IN_MEMORY if held else _LARGEST_READ

    def read(self, size: int | None = -1, /) -> bytes:
        size = -1 if size is None else size
        if size > self._largest:
            raise StreamError(
                f"a zip archive with a directory of {size >> 20} MiB; pack fewer files into it, "
                "or use tar"
            )
        data = self._file.read(size)
        self._progress.count(len(data))
        return data

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


def _pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with cast("zipfile.ZipExtFile", archive.open(info)) as unpacked:
            yield from iter(lambda: unpacked.read1(BLOCK), b"")
    except _DAMAGE as error:
        raise _damaged(error) from error


def _refusal(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _ENCRYPTED:
        return "encrypted, which is not read; unpack the archive"
    if info.compress_type not in _METHODS:
        return f"compressed by method {info.compress_type}, which is not read; pack it again"
    return ""


def _damaged(error: Exception) -> StreamError:
    if isinstance(error, EOFError):
        return StreamError("the zip archive ends early; the file was cut off")
    return StreamError(f"the zip archive is damaged: {error}")
