"""What suggestions are made of, before it is decided what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from indexer.columnar.container import Array
from indexer.columnar.matching import Bools
from indexer.columnar.postings import Ints

END = -1
"""Stands after the last syllable of each title."""

WORD = 1
"""Kind of an entry that the segmenter saw as one word, and of single syllables."""

PHRASE = 2
"""Kind of an entry of two words."""

CASED_SYLLABLES = 8
"""Of so many syllables an entry knows whether they begin with a capital."""


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


class Entry(NamedTuple):
    """A word or phrase.

    Attributes:
        occurrences: How often it occurs.
        capitals: Bit i is set where syllable i begins with a capital letter.
        kind: `WORD` or `PHRASE`.
    """

    occurrences: int
    capitals: int
    kind: int


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
        entries: Words and phrases, by the terms that they are made of.
        pairs: Adjacent syllables.
    """

    syllables: Syllables
    titles: Array
    articles: int
    entries: Mapping[tuple[str, ...], Entry]
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
