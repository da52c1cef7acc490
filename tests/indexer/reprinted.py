"""Indexes whose articles are told which story they belong to, whatever their texts say."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from indexer import Index
from indexer.engines.embedded import EmbeddedEngine
from indexer.store.snapshot import open_snapshot


def open_told(folder: Path, story_of: Mapping[str, str]) -> Index:
    """Open an index.

    Args:
        folder: Its folder.
        story_of: Id of an article to that of the earliest one of its story; its own for those
            that are not named.
    """
    snapshot = open_snapshot(folder)
    ids = [own.decode() for segment in snapshot.segments for own in segment.columns.ids()]
    numbers = {article_id: number for number, article_id in enumerate(ids)}
    stories = np.array([numbers[story_of.get(own, own)] for own in ids], np.uint32)
    return Index(snapshot, EmbeddedEngine(snapshot, stories))
