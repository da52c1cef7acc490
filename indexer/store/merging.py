"""Merging segments on the way to a new generation."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from indexer.columnar.segment import Segment, merge_segments
from indexer.durability import sync_folder, writing_to
from indexer.errors import BuildError, DamagedIndexError
from indexer.store.deletions import Bools
from indexer.store.guard import guarded
from indexer.store.manifest import SegmentRecord
from indexer.store.merge_policy import SegmentSize, plan_merges
from indexer.store.snapshot import Snapshot, open_segment
from indexer.store.transaction import Transaction

_log = logging.getLogger(__name__)

Plan = Callable[[Sequence[SegmentSize]], list[range]]


class PlannedSegment(NamedTuple):
    """A segment of the generation that is being prepared.

    Attributes:
        record: The segment as it is on the disk.
        deleted: Which articles shall be deleted; `None` for none.
    """

    record: SegmentRecord
    deleted: Bools | None

    @property
    def size(self) -> SegmentSize:
        """How large the segment will be."""
        deleted = 0 if self.deleted is None else int(self.deleted.sum())
        return SegmentSize(self.record.articles, deleted)


def planned_segments(snapshot: Snapshot) -> list[PlannedSegment]:
    """Give the segments of a generation as they are."""
    return [
        PlannedSegment(record, deleted)
        for record, deleted in zip(snapshot.manifest.segments, snapshot.deleted, strict=True)
    ]


def settle(
    transaction: Transaction, segments: Sequence[PlannedSegment], plan: Plan | None = None
) -> list[SegmentRecord]:
    """Merge segments, and bring to the disk what a new generation will name.

    Args:
        transaction: The right to write.
        segments: The segments.
        plan: Decides what is merged, and must succeed. Without one the merge policy decides;
            then a merge that fails, for instance because the disk is full, is left for later:
            what was asked for is done nevertheless.

    Returns:
        The segments to publish.

    Raises:
        BuildError: Something could not be written.
        DamagedIndexError: A segment that is merged is not as it was written.
    """
    try:
        merged = _merged(transaction, segments, plan or plan_merges)
    except BuildError as error:
        if plan:
            raise
        _log.warning("segments were not merged, which can wait: %s", error)
        merged = list(segments)
    return [_recorded(transaction, segment) for segment in merged if _has_articles(segment)]


def _merged(
    transaction: Transaction, segments: Sequence[PlannedSegment], plan: Plan
) -> list[PlannedSegment]:
    merged: list[PlannedSegment] = []
    done = 0
    for run in plan([segment.size for segment in segments]):
        merged += segments[done : run.start]
        kept = [segment for segment in segments[run.start : run.stop] if _has_articles(segment)]
        if kept:
            merged.append(PlannedSegment(_merge(transaction, kept), None))
        done = run.stop
    return [*merged, *segments[done:]]


def _merge(transaction: Transaction, segments: Sequence[PlannedSegment]) -> SegmentRecord:
    directory = transaction.directory
    if len(segments) == 1 and not segments[0].size.deleted:
        return segments[0].record
    folder = transaction.new_segment()
    opened: list[Segment] = [open_segment(directory, segment.record) for segment in segments]
    left_out = [
        np.empty(0, np.int64) if segment.deleted is None else np.flatnonzero(segment.deleted)
        for segment in segments
    ]
    with writing_to(directory), guarded(directory):
        for segment in opened:
            _refuse_damage(segment)
        merge_segments(opened, left_out, folder)
        sync_folder(folder)
    articles = sum(segment.size.articles - segment.size.deleted for segment in segments)
    return transaction.segment_record(folder, articles)


def _refuse_damage(segment: Segment) -> None:
    """Raise where something is not as it was written: a merge would give it new checksums."""
    for fault in segment.faults():
        raise DamagedIndexError(f"{fault}; build the index again")


def _recorded(transaction: Transaction, segment: PlannedSegment) -> SegmentRecord:
    """Write the deletions of a segment, unless they are the ones that it has already."""
    if segment.deleted is None or segment.size.deleted == segment.record.deleted:
        return segment.record
    return transaction.with_deletions(segment.record, segment.deleted)


def _has_articles(segment: PlannedSegment) -> bool:
    return segment.size.articles > segment.size.deleted
