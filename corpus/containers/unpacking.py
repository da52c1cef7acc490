"""What is inside a file: itself, or whatever its layers of compression and archives hold."""

import io
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from corpus.containers.compression import recognise_compression
from corpus.containers.tar_files import Member, is_tar, tar_members
from corpus.containers.zip_files import is_zip, zip_members
from corpus.errors import StreamError
from corpus.records import Origin, SkippedRecord
from corpus.streams import STANDARD_INPUT, Growth, Progress, Stream

MOST_LAYERS = 8
"""How deep compression and archives may lie in each other."""

MAX_HELD = 64 << 20
"""The most bytes of one file that are held in memory, where its form needs all of it at once."""

_COMPRESSED = frozenset({".gz", ".zst", ".bz2", ".xz", ".tgz", ".tzst", ".tbz2", ".txz"})


@dataclass(frozen=True, slots=True)
class Content:
    """A file that is neither compressed nor an archive, wherever it lay.

    Attributes:
        origin: The file on the disk, and the member of the archive.
        name: Its own name, without folders and the endings of compression.
        stream: Its bytes.
        file: The file on the disk, where the bytes lie there just like this.
        progress: How much of the file on the disk was read.
    """

    origin: Origin
    name: str
    stream: Stream
    file: Path | None
    progress: Progress = field(repr=False)

    @contextmanager
    def at_any_place(self) -> Iterator[BinaryIO]:
        """Open it for reading at any place; held in memory if it is not on the disk.

        Raises:
            StreamError: It cannot be read, or would have to be held and is too large.
        """
        if self.file is not None:
            try:
                opened = self.file.open("rb")
            except OSError as error:
                raise StreamError(f"cannot be read: {error.strerror or error}") from error
            with opened:
                yield opened
            return
        held = bytearray()
        for block in self.stream.blocks():
            held += block
            if len(held) > MAX_HELD:
                raise StreamError(
                    f"larger than {MAX_HELD >> 20} MiB, and of a form that is read from its "
                    "end; unpack it to a file of its own"
                )
        yield io.BytesIO(held)


def open_contents(
    path: Path, stream: Stream, progress: Progress, is_passed_over: Callable[[str], bool]
) -> Generator[Content | SkippedRecord, None, None]:
    """Yield what is inside a file, in its order.

    Each content has to be read before the next is asked for. What cannot be opened or is
    damaged is yielded as skipped; what is wrong with a content's own bytes, its stream raises.

    Args:
        path: The file.
        stream: Its bytes as they lie on the disk.
        progress: How much of them was read.
        is_passed_over: Whether a file or folder of an archive is no part of a corpus, by its
            name.
    """
    on_disk = path if path is not STANDARD_INPUT and path.is_file() else None
    whole = Content(Origin(path), path.name, stream, on_disk, progress)
    yield from _Unpacking(Growth(progress), is_passed_over).contents(whole, MOST_LAYERS)


class _Unpacking:
    """The way through the layers of one file."""

    def __init__(self, growth: Growth, is_passed_over: Callable[[str], bool]) -> None:
        self._growth = growth
        self._is_passed_over = is_passed_over

    def contents(self, outer: Content, layers: int) -> Iterator[Content | SkippedRecord]:
        head = outer.stream.peek(512)
        compression = recognise_compression(head)
        if not (compression or is_tar(head) or is_zip(head)):
            yield outer
        elif not layers:
            yield outer.origin.skipped(f"packed more than {MOST_LAYERS} times over; unpack it")
        elif compression:
            name = outer.name
            if (bare := PurePosixPath(name)).suffix.lower() in _COMPRESSED:
                name = bare.stem
            pieces = self._growth.watch(compression.decompress(outer.stream))
            inner = replace(outer, name=name, stream=Stream(pieces), file=None)
            yield from self.contents(inner, layers - 1)
        else:
            yield from self._archived(outer, layers, is_tar(head))

    def _archived(
        self, outer: Content, layers: int, in_tar: bool
    ) -> Iterator[Content | SkippedRecord]:
        is_empty = True
        try:
            for member in tar_members(outer.stream) if in_tar else _in_zip(outer):
                is_empty = False
                parts = [part for part in member.name.split("/") if part not in ("", ".", "..")]
                if any(map(self._is_passed_over, parts)):
                    continue
                origin = outer.origin.member_of(member.name)
                if member.refusal:
                    yield origin.skipped(member.refusal)
                    continue
                stream = (
                    member.stream if in_tar else Stream(self._growth.watch(member.stream.blocks()))
                )
                name = parts[-1] if parts else ""
                yield from self.contents(
                    Content(origin, name, stream, None, outer.progress), layers - 1
                )
        except StreamError as error:
            yield outer.origin.skipped(str(error))
        else:
            if is_empty:
                yield outer.origin.skipped("an archive that is empty")


def _in_zip(outer: Content) -> Iterator[Member]:
    with outer.at_any_place() as file:
        yield from zip_members(file, outer.progress)
