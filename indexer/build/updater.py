"""`update_index`: add articles to an index, and replace those whose ids it has."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from corpus import FileReport, SkippedRecord
from indexer.analysis import Analyzer
from indexer.build.deleter import with_deleted
from indexer.build.reading import CorpusPart, Reading, check_options
from indexer.build.report import BuildProgress, UpdateReport
from indexer.build.writing import Work, figures, write_articles
from indexer.engines.embedded import EmbeddedWriter
from indexer.engines.opensearch.address import is_address
from indexer.store.clustering import find_stories
from indexer.store.merging import PlannedSegment, settle
from indexer.store.snapshot import open_snapshot, reprint_figures
from indexer.store.transaction import begin_writing


def update_index(
    corpus: CorpusPart | Iterable[CorpusPart],
    directory: str | os.PathLike[str],
    *,
    processes: int = 1,
    limit: int | None = None,
    strict: bool = False,
    on_progress: Callable[[BuildProgress], None] | None = None,
    on_skip: Callable[[SkippedRecord], None] | None = None,
    field_map: Mapping[str, str] | None = None,
    encoding: str | None = None,
    on_file: Callable[[FileReport], None] | None = None,
) -> UpdateReport:
    """Add articles to an index; an article whose id it has already replaces that one.

    All of it becomes visible at once, at the end. If the update stops for any reason, the index
    is as it was. Of several articles with the same id the last one is kept. Articles that were
    withdrawn (`delete_articles` with `tombstone`) stay out.

    The new articles make a segment of their own; what was there is not copied, but for merges
    (`store.merge_policy` says when). Words are found by the model that the index was built with.

    Args:
        corpus: Files, folders and articles, one or several.
        directory: Folder of the index, or its address. If it
            lies in a folder of the corpus it is no part of that.
        processes: Worker processes for the analysis; see `build_index`.
        limit: The most articles to read.
        strict: Stop at the first record that gives no article.
        on_progress: Called as articles are written.
        on_skip: Called with each record that gives no article.
        field_map: See `build_index`.
        encoding: See `build_index`.
        on_file: See `build_index`.

    Returns:
        What was done, and what was left out.

    Raises:
        RequestError: `processes` or `limit` is not positive.
        CorpusError: The corpus cannot be read, or, if strict, one record of it.
        IndexUnusableError: There is no index that can be updated; nothing was changed.
        BuildError: The index could not be updated.
    """
    check_options(processes, limit)
    started = time.perf_counter()
    reading = Reading(
        corpus,
        strict,
        on_skip,
        field_map=field_map,
        encoding=encoding,
        on_file=on_file,
        leave_out=None if is_address(directory) else directory,
    )
    if is_address(directory):
        from indexer.build.cluster.changing import Asked, update_on_cluster

        return update_on_cluster(directory, Asked(reading, limit, processes, on_progress))
    target = Path(directory)
    with begin_writing(target) as transaction, open_snapshot(target) as snapshot:
        folder = transaction.new_segment()
        analyzer = Analyzer(snapshot.segmenter)
        work = Work(reading, limit, analyzer, processes, snapshot.tombstones, on_progress)
        written = write_articles(EmbeddedWriter(folder), work)
        manifest = snapshot.manifest
        replaced = 0
        if written.articles:
            segments, replaced = with_deleted(snapshot, written.newest.keys())
            new = transaction.segment_record(folder, len(written.newest))
            planned = [*segments, PlannedSegment(new, None)]
            records = settle(transaction, planned)
            stories = find_stories(transaction, records, snapshot, planned, analyzer.tokens)
            manifest = transaction.publish(records, stories=stories)
        reprints = reprint_figures(target, manifest)
    return UpdateReport(
        added=len(written.newest) - replaced,
        replaced=replaced,
        articles=manifest.articles,
        **figures(reading, written),
        seconds=time.perf_counter() - started,
        size_bytes=manifest.file_bytes(),
        reprints=reprints,
    )
