"""`check_index`: read every byte of an index, and tell what is not as it was written."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from pathlib import Path

from indexer.columnar.container import Container
from indexer.columnar.segment import Segment
from indexer.engines.opensearch.address import is_address
from indexer.errors import DamagedIndexError
from indexer.store.deletions import Bools
from indexer.store.guard import guarded
from indexer.store.layout import (
    MANIFEST,
    MODELS,
    SEGMENTS,
    TOMBSTONES,
    generation_path,
)
from indexer.store.lease import Lease, LeaseLostError
from indexer.store.manifest import FileRecord, Manifest, manifest_text, parse_manifest
from indexer.store.snapshot import open_deletions, open_segment, open_segmenter, open_stories
from indexer.store.tombstones import read_tombstones


def check_index(directory: str | os.PathLike[str]) -> list[str]:
    """Read everything that the current generation of an index consists of.

    Every changed bit of its files is found: checksums cover all bytes, and what lies between
    arrays is zero. Beyond that it is checked that the parts agree with each other, and that no
    article is there twice. It takes as long as reading the files; searches and one writer may go
    on meanwhile.

    Args:
        directory: Folder of the index. Of an index that OpenSearch keeps it is only told
            whether all parts of it are on some node.

    Returns:
        A sentence for each fault; empty where there is none.

    Raises:
        IndexMissingError: There is no index.
        ForeignFolderError: The folder holds something else.
        IndexVersionError: The index is of another version, and cannot be read.
    """
    if is_address(directory):
        from indexer.engines.opensearch.description import cluster_faults

        return cluster_faults(directory)
    folder = Path(directory)
    while True:
        try:
            text = manifest_text(folder)
            manifest = parse_manifest(folder, text)
        except DamagedIndexError as error:
            return [str(error)]
        try:
            lease = Lease(generation_path(folder, manifest.generation))
        except (LeaseLostError, OSError) as error:
            if manifest_text(folder) != text:
                continue  # replaced meanwhile; the new one is to be checked
            return [f"{MANIFEST} names a generation that cannot be read ({error!r})"]
        try:
            return list(_faults(folder, manifest, lease.content == text))
        finally:
            lease.close()


def _faults(directory: Path, manifest: Manifest, same_copy: bool) -> Iterator[str]:
    if not same_copy:
        yield f"{generation_path(directory, manifest.generation)} is not as it was written"
    yield from _model_faults(directory, manifest)
    try:
        tombstones = read_tombstones(directory / TOMBSTONES, manifest.tombstones)
        if len(tombstones) != manifest.tombstone_count:
            yield "the tombstones are more or fewer than the manifest says"
    except (DamagedIndexError, PermissionError) as error:
        yield str(error)
    try:
        open_stories(directory, manifest)
    except (DamagedIndexError, PermissionError) as error:
        yield str(error)
    seen: set[bytes] = set()
    for record in manifest.segments:
        damaged = False
        # Each file by itself first: one that cannot be opened must not hide the others.
        for file in record.files:
            for fault in _file_faults(directory / SEGMENTS / record.name / file.name, file):
                damaged = True
                yield fault
        try:
            with guarded(directory):
                deleted = open_deletions(directory, record)
                if not damaged:
                    segment = open_segment(directory, record)
                    yield from _article_faults(segment, deleted, seen)
        except (DamagedIndexError, PermissionError) as error:
            yield str(error)


def _model_faults(directory: Path, manifest: Manifest) -> Iterator[str]:
    try:
        open_segmenter(directory, manifest)
        data = (directory / MODELS / manifest.model.name).read_bytes()
    except (DamagedIndexError, OSError) as error:
        yield str(error)
        return
    if (len(data), zlib.crc32(data)) != (manifest.model.bytes, manifest.model.checksum):
        yield f"{manifest.model.name} is not the model that the manifest names"


def _file_faults(path: Path, record: FileRecord) -> Iterator[str]:
    try:
        container = Container(path)
    except (DamagedIndexError, PermissionError) as error:
        yield str(error)
        return
    if (container.size, container.checksum) != (record.bytes, record.checksum):
        yield f"{path} is not the file that the manifest names"
    yield from container.faults()


def _article_faults(segment: Segment, deleted: Bools | None, seen: set[bytes]) -> Iterator[str]:
    """Tell of articles that are visible twice, and of articles that cannot be read."""
    for number, article_id in enumerate(segment.columns.ids()):
        if deleted is not None and deleted[number]:
            continue
        if article_id in seen:
            yield f"the article {article_id.decode(errors='replace')!r} is there twice"
        seen.add(article_id)
        with_id = segment.article(number).id.encode()
        if with_id != article_id:
            yield f"the article {article_id.decode(errors='replace')!r} is stored as another one"
