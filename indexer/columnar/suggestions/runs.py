"""Counting pairs of numbers, of which there are more than memory should hold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.postings import Ints
from indexer.columnar.suggestions.material import most

_RUN_PAIRS = 4_000_000
"""Pairs held before they are sorted and counted."""

_MOST_DISTINCT = 8_000_000
"""Distinct pairs held before the counts of all runs are added up."""

_MOST_KEPT = 5_000_000
"""Distinct pairs held after that: the most frequent ones."""

_NUMBER = (1 << 32) - 1


class PairRuns:
    """Counts pairs in runs of some millions; of each run only those found twice are kept.

    Of very many the rarest are forgotten from time to time, so counts are lower bounds; see G. S.
    Manku and R. Motwani, "Approximate frequency counts over data streams" (VLDB 2002).
    """

    def __init__(self) -> None:
        self._held: list[Ints] = []
        self._held_count = 0
        self._keys: list[Ints] = []
        self._counts: list[NDArray[np.uint32]] = []
        self._distinct = 0

    def add(self, firsts: Ints, seconds: Ints) -> None:
        """Count pairs of numbers below 2^31."""
        self._held.append((firsts << 32) | seconds)
        self._held_count += len(firsts)
        if self._held_count >= _RUN_PAIRS:
            self._end_run()

    def counts(self) -> tuple[Ints, Ints, Ints]:
        """Give the pairs that were kept: first and second number of each, and its count."""
        self._end_run()
        self._add_up()
        keys, counts = self._keys[0], self._counts[0]
        return keys >> 32, keys & _NUMBER, counts.astype(np.int64)

    def _end_run(self) -> None:
        keys = np.concatenate([*self._held, np.empty(0, np.int64)])
        self._held = []
        self._held_count = 0
        keys.sort()
        lasts = np.flatnonzero(np.append(keys[1:] != keys[:-1], [True] * bool(len(keys))))
        counts = np.diff(lasts, prepend=-1)
        several = counts > 1
        self._keys.append(keys[lasts[several]])
        self._counts.append(counts[several].astype(np.uint32))
        self._distinct += len(self._keys[-1])
        if self._distinct > _MOST_DISTINCT:
            self._add_up()
            self._forget_rare()

    def _add_up(self) -> None:
        all_keys, all_counts = np.concatenate(self._keys), np.concatenate(self._counts)
        self._keys, self._counts = [], []
        keys, counts = add_up(all_keys, all_counts)
        self._keys, self._counts = [keys], [counts.astype(np.uint32)]
        self._distinct = len(keys)

    def _forget_rare(self) -> None:
        kept = most(self._counts[0].astype(np.int64), _MOST_KEPT)
        self._keys, self._counts = [self._keys[0][kept]], [self._counts[0][kept]]
        self._distinct = len(kept)


def add_up(keys: Ints, counts: NDArray[np.integer]) -> tuple[Ints, Ints]:
    """Give each distinct key once, ascending, with the sum of its counts."""
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    counts = counts[order]
    sums = np.add.reduceat(counts, starts, dtype=np.int64) if len(starts) else counts[:0]
    return keys[starts], sums.astype(np.int64)
