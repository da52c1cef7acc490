"""The write port: one new generation in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indexer.analysis import AnalyzedBatch
from indexer.columnar.segment import Segment, SegmentWriter, merge_segments
from indexer.durability import sync_folder

_SEGMENT = "segment"
_FIRST = "segment.all"


class EmbeddedWriter:
    """Writes articles into a new segment.

    Args:
        folder: An empty folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._segment = folder / _SEGMENT
        self._segment.mkdir()
        self._writer = SegmentWriter(self._segment)

    def add(self, batch: AnalyzedBatch) -> None:
        """Add articles after those added before."""
        self._writer.add(batch)

    def finish(self, *, superseded: Sequence[int]) -> None:
        """Complete the segment, without superseded articles, and bring it to the disk."""
        self._writer.finish()
        if superseded:
            # Written again without them, so that they count in no frequency.
            whole = self._segment.rename(self._folder / _FIRST)
            self._segment.mkdir()
            merge_segments([Segment(whole)], [np.array(superseded, np.int64)], self._segment)
            shutil.rmtree(whole)
        sync_folder(self._segment)
        sync_folder(self._folder)

    def abort(self) -> None:
        """Release the files of an unfinished generation."""
        self._writer.abort()


def open_segments(folder: Path) -> list[Segment]:
    """Open the segments that `EmbeddedWriter` left in a folder."""
    return [Segment(folder / _SEGMENT)]
