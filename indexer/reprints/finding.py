"""Comparing all pairs of articles that may be reprints, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np

from indexer.reprints.blocks import blocks
from indexer.reprints.candidates import Pairs
from indexer.reprints.comparing import Comparisons, Text, compare
from indexer.reprints.shingles import Ints

_ARTICLES_AT_A_TIME: Final = 512
_MOST_HELD: Final = 8 * _ARTICLES_AT_A_TIME
"""Texts that are read together, and that are held: one takes 6 kB."""

Read = Callable[[Sequence[int]], Iterable[Text]]
"""Gives the texts of articles, by their numbers."""


class _Block(NamedTuple):
    """Some pairs of a few articles.

    Attributes:
        places: The places of the pairs.
        members: The articles.
        firsts: The first article of each pair, by its place among these.
        seconds: The second one.
    """

    places: Ints
    members: Ints
    firsts: Ints
    seconds: Ints


def compare_all(pairs: Pairs, size: int, read: Read) -> Comparisons:
    """Compare the texts of pairs of articles.

    Args:
        pairs: The pairs.
        size: How many articles there are.
        read: Reads the texts.
    """
    found = Comparisons(
        np.zeros(len(pairs.firsts), np.uint8), np.zeros(len(pairs.firsts), np.uint8)
    )
    texts = _Texts(read)
    waiting: list[_Block] = []
    articles = 0
    for places in blocks(size, *pairs):
        ends = np.concatenate([pairs.firsts[places], pairs.seconds[places]])
        members, own = np.unique(ends, return_inverse=True)
        waiting.append(_Block(places, members, own[: len(places)], own[len(places) :]))
        articles += len(members)
        if articles >= _ARTICLES_AT_A_TIME:
            _compare_blocks(texts, waiting, found)
            waiting, articles = [], 0
    if waiting:
        _compare_blocks(texts, waiting, found)
    return found


def _compare_blocks(texts: _Texts, waiting: Sequence[_Block], found: Comparisons) -> None:
    """Compare the pairs of some blocks, and note what is found."""
    texts.read(np.unique(np.concatenate([block.members for block in waiting])).tolist())
    for places, members, firsts, seconds in waiting:
        own = [texts[number] for number in members.tolist()]
        found.outcomes[places], found.shares[places] = compare(own, firsts, seconds)


class _Texts:
    """Reads texts, and holds them for a while.

    Args:
        read: Reads them.
    """

    def __init__(self, read: Read) -> None:
        self._read = read
        self._held: dict[int, Text] = {}

    def read(self, numbers: Sequence[int]) -> None:
        """Read the texts of some articles, which may be asked for then."""
        if len(self._held) + len(numbers) > _MOST_HELD:
            needed = set(numbers)
            self._held = {one: text for one, text in self._held.items() if one in needed}
        missing = [number for number in numbers if number not in self._held]
        self._held.update(zip(missing, self._read(missing), strict=True))

    def __getitem__(self, number: int) -> Text:
        return self._held[number]
