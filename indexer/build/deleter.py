"""`delete_articles`: take articles out of an index, for now or for good."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

import numpy as np

from corpus import ArticleError, valid_id
from indexer.build.report import DeleteReport
from indexer.engines.opensearch.address import is_address
from indexer.errors import RequestError
from indexer.store.clustering import find_stories
from indexer.store.guard import guarded
from indexer.store.merging import PlannedSegment, planned_segments, settle
from indexer.store.snapshot import Snapshot, open_snapshot
from indexer.store.transaction import begin_writing

_SHOWN: Final = 80
"""Characters of what is no id."""


def delete_articles(
    ids: Iterable[str], directory: str | os.PathLike[str], tombstone: bool = False
) -> DeleteReport:
    """Delete articles from an index.

    All of them go at once, at the end. They are never found again, but their words stay in the
    files until a merge drops them (`optimize_index` does so at once).

    Args:
        ids: Their ids. An id that the index does not have is counted, and is no error.
        directory: Folder of the index, or its address.
        tombstone: Whether to keep these ids out of later updates and rebuilds too, whether or
            not the index has them now.

    Returns:
        What was done.

    Raises:
        RequestError: Something is not the id of an article.
        IndexUnusableError: There is no index; nothing was changed.
        BuildError: The index could not be written.
    """
    started = time.perf_counter()
    if isinstance(ids, str | bytes):
        raise RequestError("ids", "is one text; give a list of ids")
    wanted = {_checked(article_id) for article_id in ids}
    if is_address(directory):
        from indexer.build.cluster.changing import delete_on_cluster

        return delete_on_cluster(directory, wanted, tombstone=tombstone)
    target = Path(directory)
    with begin_writing(target) as transaction, open_snapshot(target) as snapshot:
        manifest = snapshot.manifest
        segments, deleted = with_deleted(snapshot, wanted)
        tombstones = snapshot.tombstones | wanted if tombstone else snapshot.tombstones
        if deleted or tombstones != snapshot.tombstones:
            records = settle(transaction, segments)
            stories = find_stories(transaction, records, snapshot, segments)
            manifest = transaction.publish(records, stories=stories, tombstones=tombstones)
    return DeleteReport(
        deleted=deleted,
        unknown=len(wanted) - deleted,
        tombstones_added=len(tombstones) - len(snapshot.tombstones),
        articles=manifest.articles,
        seconds=time.perf_counter() - started,
    )


def with_deleted(snapshot: Snapshot, ids: Collection[str]) -> tuple[list[PlannedSegment], int]:
    """Plan to delete articles.

    Args:
        snapshot: The generation that holds them.
        ids: Ids of the articles, whether or not the index has them.

    Returns:
        Its segments with more deletions, and how many more there are.

    Raises:
        DamagedIndexError: A segment cannot be read.
    """
    planned = []
    count = 0
    with guarded(snapshot.directory):
        for segment, opened in zip(planned_segments(snapshot), snapshot.segments, strict=True):
            mask = np.zeros(len(opened), dtype=bool)
            mask[opened.columns.article_numbers(ids)] = True
            if segment.deleted is not None:
                mask &= ~segment.deleted
            if more := int(mask.sum()):
                count += more
                if segment.deleted is not None:
                    mask |= segment.deleted
                segment = segment._replace(deleted=mask)
            planned.append(segment)
    return planned, count


def _checked(article_id: str) -> str:
    # Nothing else can be in an index, and a line break would make two tombstones of one.
    try:
        if article_id:
            return valid_id(article_id)
        reason = "is empty"
    except ArticleError as error:
        reason = error.reason
    shown = repr(article_id)
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
    raise RequestError("ids", f"{shown} is not the id of an article: {reason}")
