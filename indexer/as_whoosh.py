"""`whoosh_index`: for those who know Whoosh."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.build.changes import IndexChanges
from indexer.columnar.collection import Collection
from indexer.store.guard import guarded
from indexer.store.manifest import read_manifest
from indexer.store.snapshot import open_snapshot

if TYPE_CHECKING:
    from indexer.columnar.whoosh_view.index import ColumnarIndex, OpenGeneration


def whoosh_index(directory: str | os.PathLike[str]) -> ColumnarIndex:
    """Give an index as a `whoosh.index.Index`.

    Whoosh's queries, parser, matchers, collectors and facets work on it; slowly. The fields are
    described in `indexer.columnar.whoosh_view.schema`, and what a writer takes in
    `indexer.columnar.whoosh_view.stored`.

    Args:
        directory: Folder of the index.

    Raises:
        IndexUnusableError: There is no index that can be searched; says why and what to do.
        WhooshPackageError: Another Whoosh is installed than the one that is needed.
    """
    # Who only searches need not wait for Whoosh to be imported.
    from indexer.columnar.whoosh_view.index import ColumnarIndex

    generations = _Folder(Path(directory))
    generations.latest()
    return ColumnarIndex(generations)


class _Folder:
    """The generations in a folder."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def open(self) -> OpenGeneration:
        from indexer.columnar.whoosh_view.index import OpenGeneration

        snapshot = open_snapshot(self._directory)
        with guarded(self._directory):
            collection = Collection(snapshot.segments, snapshot.deleted, snapshot.earliest())
        return OpenGeneration(collection, snapshot.manifest.number, snapshot.close)

    def latest(self) -> int:
        return read_manifest(self._directory).number

    def modified(self) -> float:
        return read_manifest(self._directory).created_at.timestamp()

    def begin(self) -> tuple[IndexChanges, Collection, frozenset[str]]:
        changes = IndexChanges(self._directory)
        snapshot = changes.snapshot
        collection = Collection(snapshot.segments, snapshot.deleted, snapshot.earliest())
        return changes, collection, snapshot.tombstones
