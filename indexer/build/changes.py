"""Changes of an index that come one by one, and become visible at once."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus import Article
from indexer.analysis import Analyzer
from indexer.build.deleter import with_deleted
from indexer.engines.embedded import EmbeddedWriter
from indexer.store.clustering import find_stories
from indexer.store.merge_policy import plan_one_segment
from indexer.store.merging import PlannedSegment, settle
from indexer.store.snapshot import open_snapshot
from indexer.store.transaction import begin_writing

_ARTICLES_AT_A_TIME: Final = 256


class IndexChanges:
    """The next generation of an index, while it is prepared. It holds the right to write.

    Args:
        directory: Folder of the index.

    Attributes:
        snapshot: The generation that it begins with.

    Raises:
        IndexLockedError: Somebody else is writing; says who.
        IndexUnusableError: There is no index that can be written; nothing was changed.
    """

    def __init__(self, directory: Path) -> None:
        with ExitStack() as stack:
            self._transaction = stack.enter_context(begin_writing(directory))
            self.snapshot = stack.enter_context(open_snapshot(directory))
            self._analyzer = Analyzer(self.snapshot.segmenter)
            self._held = stack.pop_all()
        self._waiting: list[Article] = []
        self._newest: dict[str, int] = {}
        self._superseded: list[int] = []
        self._added = 0
        self._folder: Path | None = None
        self._segment: EmbeddedWriter | None = None

    def add(self, article: Article) -> None:
        """Add an article; it takes the place of what has its id."""
        if (earlier := self._newest.get(article.id)) is not None:
            self._superseded.append(earlier)
        self._newest[article.id] = self._added
        self._added += 1
        self._waiting.append(article)
        if len(self._waiting) == _ARTICLES_AT_A_TIME:
            self._write_waiting()

    def commit(self, deleted: Iterable[int], *, optimize: bool) -> None:
        """Make it the current generation, and end.

        Args:
            deleted: Articles to delete, by their numbers in the segments of the snapshot, of
                which each begins where the one before it ends.
            optimize: Whether to merge all segments into one, without deleted articles.

        Raises:
            BuildError: It could not be written; the old one is still current.
        """
        with self._held:
            self._write_waiting()
            numbers = np.array(sorted(deleted), np.int64)
            segments = self._planned(numbers)
            if self._segment is not None and self._folder is not None:
                self._segment.finish(superseded=self._superseded)
                record = self._transaction.segment_record(self._folder, len(self._newest))
                segments.append(PlannedSegment(record, None))
            plan = plan_one_segment if optimize else None
            if optimize or self._added or len(numbers):
                records = settle(self._transaction, segments, plan)
                if tuple(records) != self.snapshot.manifest.segments:
                    stories = find_stories(self._transaction, records, self.snapshot, segments)
                    self._transaction.publish(records, stories=stories)

    def cancel(self) -> None:
        """Give up, and end."""
        with self._held:
            if self._segment is not None:
                self._segment.abort()

    def _planned(self, numbers: NDArray[np.int64]) -> list[PlannedSegment]:
        """Plan what becomes of the segments that are there."""
        planned, _ = with_deleted(self.snapshot, self._newest.keys())
        base = 0
        for place, segment in enumerate(planned):
            first, last = np.searchsorted(numbers, (base, base + segment.record.articles))
            if first < last:
                mask = np.zeros(segment.record.articles, dtype=bool)
                mask[numbers[first:last] - base] = True
                if segment.deleted is not None:
                    mask |= segment.deleted
                planned[place] = segment._replace(deleted=mask)
            base += segment.record.articles
        return planned

    def _write_waiting(self) -> None:
        if not self._waiting:
            return
        if self._segment is None:
            self._folder = self._transaction.new_segment()
            self._segment = EmbeddedWriter(self._folder)
        self._segment.add(self._analyzer.analyze(self._waiting))
        self._waiting = []
