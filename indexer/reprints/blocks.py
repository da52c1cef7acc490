"""Pairs of articles in blocks, each of few articles, so that many pairs cost few readings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from indexer.reprints.grouping import joined
from indexer.reprints.shingles import Ints

MOST_ARTICLES: Final = 32
"""Articles of a block, at most."""

_TILE: Final = MOST_ARTICLES // 2
_PACKED: Final = 8
"""Groups with fewer articles share a block with others."""


def blocks(size: int, firsts: Ints, seconds: Ints) -> Iterator[Ints]:
    """Put pairs into blocks; those of articles that other pairs join lie near each other.

    Args:
        size: How many articles there are.
        firsts: The first article of each pair, by number.
        seconds: The second one.

    Yields:
        The places of the pairs of a block; of all blocks together each place once.
    """
    groups = joined(size, firsts, seconds)
    members = np.unique(np.concatenate([firsts, seconds]))
    members = members[np.argsort(groups[members], kind="stable")]
    begins = np.flatnonzero(np.diff(groups[members], prepend=-1))
    ranks = np.arange(len(members)) - np.repeat(begins, np.diff(begins, append=len(members)))
    tiles = np.zeros(size, np.int64)
    tiles[members] = ranks // _TILE
    keys = np.stack([tiles[seconds], tiles[firsts], groups[firsts]])
    order = np.lexsort(keys)
    changes = (np.diff(keys[:, order], axis=1) != 0).any(axis=0)
    packed: list[Ints] = []
    articles = 0
    for block in np.split(order, np.flatnonzero(changes) + 1) if len(order) else []:
        most = min(2 * len(block), MOST_ARTICLES)
        if packed and articles + most > _PACKED:
            yield np.concatenate(packed)
            packed, articles = [], 0
        packed.append(block)
        articles += most
    if packed:
        yield np.concatenate(packed)
