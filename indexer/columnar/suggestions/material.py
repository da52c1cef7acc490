"""What suggestions are made of, before it is decided what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.container import Array
from indexer.columnar.matching import Bools
from indexer.columnar.postings import Ints, ragged

END = -1
"""Stands after the last syllable of each title."""

WORD = 1
"""Kind of an entry that the segmenter saw as one word, and of single syllables."""

PHRASE = 2
"""Kind of an entry of two words."""

CASED_SYLLABLES = 8
"""Of so many syllables an entry knows whether they begin with a capital."""


Hashes = NDArray[np.uint64]

_ODD = np.uint64(0x9E3779B97F4A7C15)

_FEWEST_ENTRIES = {WORD: 5_000, PHRASE: 2_500}
_ENTRIES_OF_AN_ARTICLE = {WORD: 2, PHRASE: 1}


class Syllables(NamedTuple):
    """The terms of some articles; others name them by their places here.

    Attributes:
        terms: The terms.
        shouted: For each of them, whether it is mostly written in capitals.
    """

    terms: Sequence[str]
    shouted: Bools


class Entries(NamedTuple):
    """Words and phrases, each once.

    Attributes:
        syllables: Numbers of the syllables of all of them, one after the other.
        lengths: How many syllables each has.
        occurrences: How often each occurs.
        capitals: Bit i is set where syllable i begins with a capital letter.
        kinds: `WORD` or `PHRASE`.
    """

    syllables: Ints
    lengths: Ints
    occurrences: Ints
    capitals: NDArray[np.uint8]
    kinds: NDArray[np.uint8]

    def chosen(self, places: NDArray[np.generic]) -> Entries:
        """Give some of the entries."""
        starts = np.cumsum(self.lengths) - self.lengths
        return Entries(
            self.syllables[ragged(starts[places], self.lengths[places])],
            *(array[places] for array in self[1:]),
        )

    def any_of(self, flags: Bools) -> Bools:
        """Tell of each entry whether one of its syllables has a flag."""
        owners = np.repeat(np.arange(len(self.lengths)), self.lengths)
        return np.bincount(owners[flags[self.syllables]], minlength=len(self.lengths)) > 0

    def keys(self) -> Hashes:
        """Give for the text of each entry a number of 64 bits."""
        keys = np.zeros(len(self.lengths), np.uint64)
        starts = np.cumsum(self.lengths) - self.lengths
        left = np.flatnonzero(self.lengths > 0)
        for place in range(int(self.lengths.max(initial=0))):
            left = left[self.lengths[left] > place]
            keys[left] = keys[left] * _ODD + (self.syllables[starts[left] + place] + 1).astype(
                np.uint64
            )
        return keys

    @classmethod
    def joined(cls, parts: Sequence[Entries]) -> Entries:
        """Lay entries end to end."""
        return cls(*map(np.concatenate, zip(*parts, strict=True)))


def no_entries() -> Entries:
    """Give no entry."""
    none, few = np.empty(0, np.int64), np.empty(0, np.uint8)
    return Entries(none, none, none, few, few)


class Pairs(NamedTuple):
    """Things that stand side by side, each pair once.

    Attributes:
        firsts: Number of the first thing.
        seconds: Number of the second one.
        counts: How often the two are found so.
    """

    firsts: Ints
    seconds: Ints
    counts: Ints


@dataclass(frozen=True, slots=True)
class Material:
    """What may be suggested of some articles.

    Attributes:
        syllables: Their terms.
        titles: The syllables of all titles, in the order of the articles; `END` after each.
        articles: How many articles, and so titles, there are.
        entries: Words and phrases.
        pairs: Adjacent syllables.
    """

    syllables: Syllables
    titles: Array
    articles: int
    entries: Entries
    pairs: Pairs


def entry_limit(articles: int, kind: int) -> int:
    """Give how many words, or phrases, a segment of so many articles keeps."""
    return max(_FEWEST_ENTRIES[kind], articles * _ENTRIES_OF_AN_ARTICLE[kind])


def most(counts: Ints, limit: int) -> Ints:
    """Give the places of the largest counts, ascending; of equal ones the first."""
    if len(counts) <= limit:
        return np.arange(len(counts))
    places: Ints = np.sort(np.argsort(-counts, kind="stable")[:limit])
    return places
