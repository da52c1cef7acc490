"""Pairs of articles that may be reprints, by the samples that they share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.reprints.shingles import Ints

_ALL_PAIRS: Final = 30
"""A sample that more articles have pairs each of them with two only: mostly it is a stock phrase,
and where it is a story that so many papers printed, these pairs join them all."""

_LEAST_SHARED: Final = 2
_LEAST_SHARE: Final = 0.15
"""How many samples two articles must share, and which share of those of the one with fewer: half
of the least share of texts, since chance decides what is in a sample."""

_PAIRS_AT_A_TIME: Final = 2_000_000
_SAMPLES_AT_A_TIME: Final = 2_000_000


class Pairs(NamedTuple):
    """Pairs of articles, ascending, each once; `firsts` are less than `seconds`."""

    firsts: Ints
    seconds: Ints


def candidates(samples: NDArray[np.uint32], counts: Ints) -> Pairs:
    """Find pairs of articles that share so many samples that they should be compared.

    Args:
        samples: The samples of all articles, article after article.
        counts: How many samples each article has.
    """
    ends = np.cumsum(counts)
    found = _Counted()
    parts = 1 + len(samples) // _SAMPLES_AT_A_TIME
    for part in range(parts):
        places = np.flatnonzero(samples % np.uint32(parts) == part)
        articles = np.searchsorted(ends, places, side="right").astype(np.uint64)
        keys = (samples[places].astype(np.uint64) << np.uint64(32)) | articles
        keys.sort()
        hashes = keys >> np.uint64(32)
        starts = np.flatnonzero(np.append([True] * bool(len(keys)), hashes[1:] != hashes[:-1]))
        owners = (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        for pairs in _linked(owners, starts, np.diff(starts, append=len(keys))):
            found.add(pairs)
    pairs, shared = found.counts()
    firsts, seconds = pairs >> 32, pairs & 0xFFFFFFFF
    fewer = np.minimum(counts[firsts], counts[seconds])
    close = (shared >= _LEAST_SHARED) & (shared >= _LEAST_SHARE * fewer)
    return Pairs(firsts[close], seconds[close])


def _linked(owners: NDArray[np.uint32], starts: Ints, sizes: Ints) -> Iterator[Ints]:
    """Give the pairs of each list of articles that have a sample, as `first << 32 | second`."""
    for size in range(2, _ALL_PAIRS + 1):
        lists = starts[sizes == size]
        first, second = np.triu_indices(size, 1)
        step = max(1, _PAIRS_AT_A_TIME // len(first))
        for place in range(0, len(lists), step):
            members = owners[lists[place : place + step, None] + np.arange(size)].astype(np.int64)
            yield ((members[:, first] << 32) | members[:, second]).ravel()
    long = sizes > _ALL_PAIRS
    for start, size in zip(starts[long].tolist(), sizes[long].tolist(), strict=True):
        members = owners[start : start + size].astype(np.int64)
        yield np.unique(
            np.concatenate([(members[0] << 32) | members[1:], (members[:-1] << 32) | members[1:]])
        )


class _Counted:
    """Counts pairs in pieces, so that they need not all be held."""

    def __init__(self) -> None:
        self._held: list[Ints] = []
        self._size = 0
        self._pairs: Ints = np.empty(0, np.int64)
        self._counts: Ints = np.empty(0, np.int64)

    def add(self, pairs: Ints) -> None:
        self._held.append(pairs)
        self._size += len(pairs)
        if self._size >= _PAIRS_AT_A_TIME:
            self._add_up()

    def counts(self) -> tuple[Ints, Ints]:
        self._add_up()
        return self._pairs, self._counts

    def _add_up(self) -> None:
        pairs, counts = np.unique(
            np.concatenate([*self._held, np.empty(0, np.int64)]), return_counts=True
        )
        self._held, self._size = [], 0
        both = np.concatenate([self._pairs, pairs])
        self._pairs, places = np.unique(both, return_inverse=True)
        self._counts = np.bincount(
            places, np.concatenate([self._counts, counts]), len(self._pairs)
        ).astype(np.int64)
