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
        return keys.argsort(kind="stable")
    if not count:
        return np.empty(0, np.int64)
    places = None
    if len(keys) >= _WORTH_BLOCKS * count:
        # The count-th smallest of the blocks' minima bounds the count-th smallest of all keys,
        # and few keys are within that bound; finding minima is much faster than partitioning.
        whole = len(keys) // _BLOCK * _BLOCK
        minima = keys[:whole].reshape(-1, _BLOCK).min(axis=1)
        bound = np.partition(minima, count - 1)[count - 1]
        places = np.flatnonzero(keys <= bound)
        keys = keys[places]
    limit = np.partition(keys, count - 1)[count - 1]
    (better,) = (keys < limit).nonzero()
    # Of those that are equal to the last one that is wanted, the earliest are taken.
    equal = (keys == limit).nonzero()[0][: count - len(better)]
    chosen = np.concatenate([better, equal])
    chosen.sort()
    chosen = chosen.take(keys.take(chosen).argsort(kind="stable"))
    return chosen if places is None else places.take(chosen)


def most_frequent(counts: Ints, among: Ints, size: int) -> Ints:
    """Give the numbers with the highest counts, highest first; of equal ones the lower first.

    Args:
        counts: The count of each number.
        among: The numbers that may be given, ascending.
        size: How many to give at most.
    """
    # Count and number in one key, all different, so that nothing is left to settle.
    keys = counts.take(among)
    keys *= len(counts)
    keys -= among
    if (left_out := len(keys) - size) > 0:
        keys.partition(left_out - 1)
        keys = keys[left_out:]
    keys.sort()
    return -keys[::-1] % max(len(counts), 1)


_BLOCK = 64
_WORTH_BLOCKS = 4 * _BLOCK
"""With fewer keys for each that is wanted, there are too few blocks to tell much."""
