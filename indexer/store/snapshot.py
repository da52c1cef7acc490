"""A generation, opened for reading."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import Segmenter
from indexer.columnar.segment import Segment
from indexer.errors import DamagedIndexError, IndexUnusableError, ModelError
from indexer.store import refusals
from indexer.store.deletions import Bools, Deletions
from indexer.store.guard import guarded
from indexer.store.layout import (
    DELETIONS,
    MODELS,
    SEGMENTS,
    STORIES,
    TOMBSTONES,
    can_be_generation,
    generation_path,
)
from indexer.store.lease import Lease, LeaseLostError
from indexer.store.manifest import (
    Manifest,
    SegmentRecord,
    manifest_text,
    parse_manifest,
)
from indexer.store.stories import ReprintFigures, Stories
from indexer.store.tombstones import read_tombstones

_TRIES = 20
_PAUSE_SECONDS = 0.01


def open_snapshot(directory: Path) -> Snapshot:
    """Open the current generation of an index.

    Args:
        directory: Folder of the index.

    Raises:
        IndexUnusableError: There is no index that can be searched; says why and what to do.
    """
    for _ in range(_TRIES):
        text = manifest_text(directory)
        manifest = parse_manifest(directory, text)
        try:
            lease = Lease(generation_path(directory, manifest.generation))
        except LeaseLostError:
            # Another generation became current since the manifest was read.
            time.sleep(_PAUSE_SECONDS)
            continue
        except OSError as error:
            raise refusals.unreadable(directory, error) from error
        try:
            if lease.content != text:
                raise refusals.damaged(  # noqa: TRY301 - the clean-up is the same
                    directory, f"generations/{manifest.generation}.json is not as it was written"
                )
            return Snapshot(directory, manifest, text, lease)
        except BaseException:
            lease.close()
            raise
    raise refusals.damaged(directory, f"generations/{manifest.generation}.json is missing")


def open_generation(directory: Path, generation: str) -> Snapshot:
    """Open a generation by its name, whether it is the current one or was replaced since.

    Args:
        directory: Folder of the index.
        generation: Name of the generation. It may come from anywhere.

    Raises:
        GenerationGoneError: There never was such a generation, or it was cleaned up.
        IndexUnusableError: It cannot be searched; says why and what to do.
    """
    if not can_be_generation(generation):
        raise refusals.gone(directory, generation)
    try:
        lease = Lease(generation_path(directory, generation))
    except LeaseLostError as error:
        raise refusals.gone(directory, generation) from error
    except OSError as error:
        raise refusals.unreadable(directory, error) from error
    try:
        manifest = parse_manifest(directory, lease.content)
        return Snapshot(directory, manifest, lease.content, lease)
    except BaseException:
        lease.close()
        raise


class Snapshot:
    """One generation of an index: its segments, mapped into memory, and a lease on it.

    Writers leave all its files in place until it is closed. Threads may share it. Make it with
    `open_snapshot`; close it, or use it as a context manager.

    Args:
        directory: Folder of the index.
        manifest: The generation.
        text: Text of the manifest.
        lease: A lease on the generation; the snapshot closes it.

    Attributes:
        segments: The segments, in the order of their articles.
        deleted: For each segment, which articles are deleted; `None` where none is.
        stories: Which articles are reprints of each other; `None` where that is not told.
        segmenter: What cut the articles.
        tombstones: Ids that are kept out of the index.

    Raises:
        DamagedIndexError: A file is missing, or not as it was written.
    """

    def __init__(self, directory: Path, manifest: Manifest, text: bytes, lease: Lease) -> None:
        self.directory = directory
        self.manifest = manifest
        self._text = text
        self._lease = lease
        try:
            with guarded(directory):
                self.segments: Sequence[Segment] = [
                    open_segment(directory, record) for record in manifest.segments
                ]
                self.deleted: Sequence[Bools | None] = [
                    open_deletions(directory, record) for record in manifest.segments
                ]
                self.stories = open_stories(directory, manifest)
                self.segmenter = open_segmenter(directory, manifest)
                self.tombstones = read_tombstones(directory / TOMBSTONES, manifest.tombstones)
        except PermissionError as error:
            raise refusals.unreadable(directory, error) from error
        except DamagedIndexError as error:
            raise refusals.damaged(directory, str(error)) from error

    @property
    def generation(self) -> str:
        """Name of the generation."""
        return self.manifest.generation

    @property
    def created_at(self) -> datetime:
        """When it was completed."""
        return self.manifest.created_at

    def is_current(self) -> bool:
        """Tell whether this is still the generation that `open_snapshot` would open.

        Where none can be opened, nothing better is there, and this one remains the best.
        """
        try:
            text = manifest_text(self.directory)
            return text == self._text or (
                parse_manifest(self.directory, text).generation == self.manifest.generation
            )
        except IndexUnusableError:
            return True

    def earliest(self) -> NDArray[np.uint32] | None:
        """Give for each article the earliest of its story; `None` where that is not told."""
        return None if self.stories is None else self.stories.earliest

    def close(self) -> None:
        """Give the generation free. Maps are closed with the last array that shows them."""
        self._lease.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_segment(directory: Path, record: SegmentRecord) -> Segment:
    """Open a segment, and see that it is the one that a manifest names.

    Raises:
        DamagedIndexError: It is not.
    """
    folder = directory / SEGMENTS / record.name
    segment = Segment(folder)
    found = {
        container.path.name: (container.size, container.checksum)
        for container in segment.containers
    }
    for file in record.files:
        if found.pop(file.name, None) != (file.bytes, file.checksum):
            raise DamagedIndexError(f"{folder / file.name} is not the file that was written")
    if found or len(segment) != record.articles:
        raise DamagedIndexError(f"{folder} is not the segment that was written")
    return segment


def open_deletions(directory: Path, record: SegmentRecord) -> Bools | None:
    """Read which articles of a segment are deleted.

    Raises:
        DamagedIndexError: The file is not the one that the manifest names.
    """
    file = record.deletions
    if file is None:
        return None
    path = directory / DELETIONS / file.name
    deletions = Deletions(path, record.articles)
    found = deletions.container.size, deletions.container.checksum, int(deletions.mask.sum())
    if found != (file.bytes, file.checksum, record.deleted):
        raise DamagedIndexError(f"{path} is not the file that was written")
    return deletions.mask


def open_stories(directory: Path, manifest: Manifest) -> Stories | None:
    """Read which articles of a generation are reprints of each other.

    Raises:
        DamagedIndexError: The file is not the one that the manifest names.
    """
    file = manifest.stories
    if file is None:
        return None
    path = directory / STORIES / file.name
    stories = Stories(path, sum(record.articles for record in manifest.segments))
    if (stories.container.size, stories.container.checksum) != (file.bytes, file.checksum):
        raise DamagedIndexError(f"{path} is not the file that was written")
    return stories


def reprint_figures(directory: Path, manifest: Manifest) -> ReprintFigures | None:
    """Tell how many articles of a generation are reprints; `None` where nobody looked.

    Raises:
        DamagedIndexError: The file of its stories is not the one that the manifest names.
    """
    stories = open_stories(directory, manifest)
    return None if stories is None else stories.figures()


def open_segmenter(directory: Path, manifest: Manifest) -> Segmenter:
    """Load the segmenter that cut the articles of a generation.

    Raises:
        DamagedIndexError: It cannot be read, or is another one.
    """
    path = directory / MODELS / manifest.model.name
    try:
        segmenter = Segmenter.from_file(path)
    except PermissionError:
        raise
    except (OSError, ModelError) as error:
        raise DamagedIndexError(f"{path} cannot be read ({error})") from error
    if segmenter.fingerprint != manifest.model.name:
        raise DamagedIndexError(f"{path} is another model than the one that it is named after")
    return segmenter
