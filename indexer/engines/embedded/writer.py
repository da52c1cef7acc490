"""The write port: one new segment of an index."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indexer.analysis import AnalyzedBatch
from indexer.columnar.segment import Segment, SegmentWriter, merge_segments
from indexer.durability import sync_folder, writing_to
from indexer.engines.base import EngineWriter

_WHOLE = ".whole"


class EmbeddedWriter(EngineWriter):
    """Writes articles into a new segment.

    Args:
        folder: An empty folder for the segment.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with writing_to(folder):
            self._writer = SegmentWriter(folder)

    def add(self, batch: AnalyzedBatch) -> None:
        """Add articles after those added before."""
        with writing_to(self._folder):
            self._writer.add(batch)

    def finish(self, *, superseded: Sequence[int]) -> None:
        """Complete the segment, without superseded articles, and bring it to the disk."""
        with writing_to(self._folder):
            self._writer.finish()
            if superseded:
                # Written again without them, so that they count in no frequency.
                whole = self._folder.rename(self._folder.with_name(self._folder.name + _WHOLE))
                self._folder.mkdir()
                left_out = np.array(superseded, np.int64)
                merge_segments([Segment(whole)], [left_out], self._folder)
                shutil.rmtree(whole)
            sync_folder(self._folder)
            sync_folder(self._folder.parent)

    def abort(self) -> None:
        """Release the files of an unfinished segment; whoever made its folder removes it."""
        # What could not be written before cannot be written now.
        with contextlib.suppress(OSError):
            self._writer.abort()
