"""Writing: new files aside, then one switch."""

from __future__ import annotations

import contextlib
import secrets
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from indexer.analysis import RULES, Segmenter
from indexer.columnar.container import header_checksum
from indexer.durability import sync_folder, write_file, writing_to
from indexer.errors import ForeignFolderError, IndexMissingError
from indexer.schema import SCHEMA_VERSION
from indexer.store import refusals
from indexer.store.cleaning import clean
from indexer.store.deletions import Bools, write_deletions
from indexer.store.layout import (
    DELETIONS,
    FOLDERS,
    MANIFEST,
    MODELS,
    NEW_MANIFEST,
    SEGMENTS,
    TOMBSTONES,
    foreign_names,
    generation_path,
)
from indexer.store.lock import write_lock
from indexer.store.manifest import FileRecord, Manifest, SegmentRecord, read_manifest
from indexer.store.tombstones import read_tombstones, write_tombstones


class Transaction:
    """The right to write an index. Make it with `begin_writing`.

    Attributes:
        directory: Folder of the index.
        current: The current generation; `None` where there is none yet.
    """

    def __init__(self, directory: Path, current: Manifest | None) -> None:
        self.directory = directory
        self.current = current

    def tombstones(self) -> frozenset[str]:
        """Give the ids that are kept out of the index.

        Raises:
            DamagedIndexError: They are missing, or not as they were written.
            IndexAccessError: The system does not let us read them.
        """
        if self.current is None:
            return frozenset()
        try:
            return read_tombstones(self.directory / TOMBSTONES, self.current.tombstones)
        except PermissionError as error:
            raise refusals.unreadable(self.directory, error) from error

    def new_segment(self) -> Path:
        """Make an empty folder for a segment."""
        folder = self.directory / SEGMENTS / secrets.token_hex(8)
        with writing_to(self.directory):
            folder.mkdir()
        return folder

    def segment_record(self, folder: Path, articles: int) -> SegmentRecord:
        """Describe a complete segment, of which nothing is deleted.

        Args:
            folder: Its folder.
            articles: How many articles it has.
        """
        files = tuple(
            FileRecord(path.name, path.stat().st_size, header_checksum(path))
            for path in sorted(folder.iterdir())
        )
        return SegmentRecord(folder.name, articles, 0, files, None)

    def with_deletions(self, record: SegmentRecord, deleted: Bools) -> SegmentRecord:
        """Describe a segment with other deletions than before, and write those.

        Args:
            record: The segment.
            deleted: For each of its articles, whether it is deleted.
        """
        path = self.directory / DELETIONS / f"{record.name}-{secrets.token_hex(4)}.tb"
        with writing_to(self.directory):
            write_deletions(path, deleted)
            file = FileRecord(path.name, path.stat().st_size, header_checksum(path))
        return replace(record, deleted=int(deleted.sum()), deletions=file)

    def publish(
        self,
        segments: Sequence[SegmentRecord],
        *,
        stories: FileRecord | None = None,
        segmenter: Segmenter | None = None,
        tombstones: frozenset[str] | None = None,
    ) -> Manifest:
        """Make another generation the current one.

        Args:
            segments: Its segments, complete and on the disk.
            stories: The file of its reprints; none if it shall tell of none.
            segmenter: What cut the articles; that of the current generation if none is given.
            tombstones: Ids to keep out; those of the current generation if none are given.

        Returns:
            The new generation; it is `current` from now on.

        Raises:
            BuildError: It could not be written; the old one is still current.
        """
        with writing_to(self.directory):
            manifest = self._manifest(
                segments, stories, self._model(segmenter), self._tombstone_file(tombstones)
            )
            text = manifest.to_text().encode()
            write_file(generation_path(self.directory, manifest.generation), text)
            new = self.directory / NEW_MANIFEST
            write_file(new, text)
            for folder in FOLDERS:
                sync_folder(self.directory / folder)
            sync_folder(self.directory)
            new.replace(self.directory / MANIFEST)
            self.current = manifest
            sync_folder(self.directory)
        return manifest

    def _manifest(
        self,
        segments: Sequence[SegmentRecord],
        stories: FileRecord | None,
        model: FileRecord,
        tombstones: tuple[FileRecord | None, int],
    ) -> Manifest:
        number = 1 + (self.current.number if self.current else 0)
        return Manifest(
            SCHEMA_VERSION,
            RULES,
            f"{number:06d}-{secrets.token_hex(4)}",
            datetime.now(UTC).isoformat(timespec="seconds"),
            sum(segment.live for segment in segments),
            tuple(segments),
            stories,
            model,
            *tombstones,
        )

    def _model(self, segmenter: Segmenter | None) -> FileRecord:
        current = self.current.model if self.current else None
        if segmenter is None:
            assert current is not None, "the first generation needs a segmenter"  # noqa: S101
            return current
        data = segmenter.to_bytes()
        path = self.directory / MODELS / segmenter.fingerprint
        if current and current.name == path.name and path.exists() and path.read_bytes() == data:
            return current
        # The file may be there, damaged or incomplete.
        new = path.with_name(path.name + ".new")
        write_file(new, data)
        new.replace(path)
        return FileRecord(path.name, len(data), zlib.crc32(data))

    def _tombstone_file(self, ids: frozenset[str] | None) -> tuple[FileRecord | None, int]:
        current = self.current
        if ids is None or (current and ids == self.tombstones()):
            return (current.tombstones, current.tombstone_count) if current else (None, 0)
        if not ids:
            return None, 0
        path = self.directory / TOMBSTONES / f"{secrets.token_hex(8)}.txt"
        return write_tombstones(path, ids), len(ids)


@contextlib.contextmanager
def begin_writing(directory: Path, *, create: bool = False) -> Iterator[Transaction]:
    """Hold the right to write an index, and clean up at the end.

    Whatever is not published when the context ends is removed, down to the folders of an index
    that did not come to be. Readers go on with the generations that they have opened.

    Args:
        directory: Folder of the index.
        create: Whether to make an index where there is none.

    Raises:
        IndexMissingError: There is none, and none is to be made.
        IndexUnusableError: The folder holds something else, or is damaged, or of another
            version; nothing in it is changed.
        IndexLockedError: Another process is writing this index.
        BuildError: The folder cannot be written to.
    """
    try:
        _current(directory, create)
    except PermissionError as error:
        raise refusals.unreadable(directory, error) from error
    with _folder_at(directory), write_lock(directory):
        # Another writer may have been here since it was looked at.
        transaction = Transaction(directory, _current(directory, create))
        with writing_to(directory):
            made = [path for path in (directory / name for name in FOLDERS) if not path.exists()]
            for path in made:
                path.mkdir()
        clean(directory, transaction.current)
        try:
            yield transaction
        finally:
            clean(directory, transaction.current)
            if transaction.current is None:
                _remove_empty(made)


@contextlib.contextmanager
def _folder_at(directory: Path) -> Iterator[None]:
    """Make a folder and those around it; if it is empty in the end, take them away again."""
    made = [path for path in (directory, *directory.parents) if not path.exists()]
    with writing_to(directory):
        directory.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        _remove_empty(made)


def _remove_empty(folders: Sequence[Path]) -> None:
    """Remove the folders, innermost first, that have nothing in them."""
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _current(directory: Path, create: bool) -> Manifest | None:
    """Give the current generation of a folder that may be written to."""
    if not create and not (directory / MANIFEST).exists():
        raise refusals.nothing_at(directory)
    if directory.is_dir() and (names := foreign_names(directory)):
        raise ForeignFolderError(
            f"{directory} holds {names[0]!r}, which is not part of an index. "
            "Nothing was changed; name an empty or a new folder for the index"
        )
    try:
        return read_manifest(directory)
    except IndexMissingError:
        if not create:
            raise
        if directory.exists() and not directory.is_dir():
            raise refusals.nothing_at(directory) from None
        return None
