"""`optimize_index`: one segment, without deleted articles."""

from __future__ import annotations

import os
import time
from pathlib import Path

from indexer.build.report import OptimizeReport
from indexer.engines.opensearch.address import is_address
from indexer.store.clustering import find_stories
from indexer.store.merge_policy import plan_one_segment
from indexer.store.merging import planned_segments, settle
from indexer.store.snapshot import open_snapshot
from indexer.store.transaction import begin_writing


def optimize_index(directory: str | os.PathLike[str]) -> OptimizeReport:
    """Merge all segments of an index into one, and drop deleted articles for good.

    Searches get somewhat faster, and scores no longer count deleted articles. It takes disk space
    for a second copy of the articles until it is done.

    Args:
        directory: Folder of the index, or its address.

    Returns:
        What was done.

    Raises:
        IndexUnusableError: There is no index; nothing was changed.
        BuildError: The index could not be written.
    """
    if is_address(directory):
        from indexer.build.cluster.changing import optimize_on_cluster

        return optimize_on_cluster(directory)
    started = time.perf_counter()
    target = Path(directory)
    with begin_writing(target) as transaction, open_snapshot(target) as snapshot:
        before = manifest = snapshot.manifest
        planned = planned_segments(snapshot)
        records = settle(transaction, planned, plan_one_segment)
        if tuple(records) != before.segments:
            stories = find_stories(transaction, records, snapshot, planned)
            manifest = transaction.publish(records, stories=stories)
    return OptimizeReport(
        segments_before=len(before.segments),
        dropped=sum(segment.deleted for segment in before.segments),
        articles=manifest.articles,
        size_bytes_before=before.file_bytes(),
        size_bytes=manifest.file_bytes(),
        seconds=time.perf_counter() - started,
    )
