"""From pairs of reprints to stories.

Articles that are the same text are one story, and so is what they are the same as: with several
reprints of one article, not each pair need have been compared. But a text that only lies somewhere
within another one does not lead on: a paper that prints two articles as one would otherwise weld
two stories together. The larger text joins a single story of those that it holds, the one of which
it has most, and only where no article of its own story lacks that part.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.reprints.comparing import DIFFERENT, FIRST_HOLDS, SAME
from indexer.reprints.shingles import Ints


class Compared(NamedTuple):
    """Pairs of articles that were compared, ascending, each once.

    Attributes:
        firsts: The first article of each.
        seconds: The second one; its number is greater.
        outcomes: The outcome (`comparing`).
        shares: The share of the longer text that is shared, in 255ths.
    """

    firsts: Ints
    seconds: Ints
    outcomes: NDArray[np.uint8]
    shares: NDArray[np.uint8]

    def chosen(self, places: NDArray[np.generic]) -> Compared:
        """Give some of the pairs."""
        return Compared(*(array[places] for array in self))


def stories(compared: Compared, dates: Ints) -> Ints:
    """Give for each article the earliest one of its story.

    Args:
        compared: All pairs of articles that may be reprints.
        dates: By article, when it was published; those of undated ones are the greatest. Of
            articles with the same date the one with the lower number is the earlier one.
    """
    same = compared.chosen(compared.outcomes == SAME)
    groups = joined(len(dates), same.firsts, same.seconds)
    first, second = _holders(compared, groups)
    groups = joined(
        len(dates), np.concatenate([same.firsts, first]), np.concatenate([same.seconds, second])
    )
    order = np.argsort(dates, kind="stable")
    earliest = np.empty(len(dates), np.int64)
    # The last one that is written stays, which is the earliest of its group.
    earliest[groups[order[::-1]]] = order[::-1]
    return earliest[groups]


def joined(size: int, firsts: Ints, seconds: Ints) -> Ints:
    """Join numbers into groups by pairs of them.

    Args:
        size: How many numbers there are, from 0.
        firsts: The first number of each pair.
        seconds: The second one.

    Returns:
        For each number the least number of its group.
    """
    groups = np.arange(size)
    while True:
        one, other = groups[firsts], groups[seconds]
        differ = one != other
        if not differ.any():
            return groups
        firsts, seconds = firsts[differ], seconds[differ]
        one, other = one[differ], other[differ]
        np.minimum.at(groups, np.maximum(one, other), np.minimum(one, other))
        while bool((groups[groups] != groups).any()):
            groups = groups[groups]


def _holders(compared: Compared, groups: Ints) -> tuple[Ints, Ints]:
    """Choose for groups that hold others the one that they join."""
    linked = compared.chosen(compared.outcomes != DIFFERENT)
    held = linked.chosen(linked.outcomes != SAME)
    swapped = held.outcomes != FIRST_HOLDS
    larger = np.where(swapped, held.seconds, held.firsts)
    smaller = np.where(swapped, held.firsts, held.seconds)
    holding = np.isin(groups, groups[larger])
    sizes = np.bincount(groups[holding], minlength=1)
    members: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    best: dict[tuple[int, int], tuple[int, int, int]] = {}
    rows = (larger, smaller, groups[larger], groups[smaller], held.shares)
    for big, small, group, part, share in zip(*(row.tolist() for row in rows), strict=True):
        if group == part:
            continue
        members[group, part].add(big)
        best[group, part] = min(best.get((group, part), (1, 0, 0)), (-share, big, small))
    chosen: dict[int, tuple[int, int, int]] = {}
    for (group, part), offer in best.items():
        if len(members[group, part]) == sizes[group]:
            chosen[group] = min(chosen.get(group, (1, 0, 0)), offer)
    pairs = np.array([offer[1:] for offer in chosen.values()], np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]
