"""`whoosh_index`: for those who know Whoosh."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.columnar.collection import Collection
from indexer.engines.embedded.writer import open_segments
from indexer.generations import Manifest, generation_folder, read_manifest

if TYPE_CHECKING:
    from whoosh.index import Index


def whoosh_index(directory: str | os.PathLike[str]) -> Index:
    """Give an index as a `whoosh.index.Index`.

    Whoosh's queries, parser, matchers, collectors and facets work on it; slowly. The fields are
    described in `indexer.columnar.whoosh_view.schema`.

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

    def open(self) -> tuple[Collection, int]:
        manifest = read_manifest(self._directory)
        segments = open_segments(generation_folder(self._directory, manifest))
        return Collection(segments, [None] * len(segments)), _number(manifest)

    def latest(self) -> int:
        return _number(read_manifest(self._directory))

    def modified(self) -> float:
        return read_manifest(self._directory).created_at.timestamp()


def _number(manifest: Manifest) -> int:
    return int(manifest.generation.partition("-")[0])
