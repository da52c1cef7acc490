"""Which of many matches come first, without sorting them all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.postings import Ints


def first_places(keys: NDArray[np.generic], count: int) -> Ints:
    """Give the places of the smallest keys, smallest first; equal keys keep their order.

    Args:
        keys: One key for each match; smaller is better.
        count: How many places to give.
    """
    if count >= len(keys):
        return np.argsort(keys, kind="stable")
    if not count:
        return np.empty(0, np.int64)
    limit = np.partition(keys, count - 1)[count - 1]
    better = np.flatnonzero(keys < limit)
    # Of those that are equal to the last one that is wanted, the earliest are taken.
    equal = np.flatnonzero(keys == limit)[: count - len(better)]
    chosen = np.sort(np.concatenate([better, equal]))
    return chosen[np.argsort(keys[chosen], kind="stable")]
