"""Cutting the syllables of a batch into units: compounds, and the syllables between them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from indexer.analysis import CAPITAL, SIGN_AFTER, SIGN_BEFORE, AnalyzedBatch
from indexer.columnar.container import Array
from indexer.columnar.matching import Bools
from indexer.columnar.postings import Ints


class Units(NamedTuple):
    """The units of a batch, in the order of the text.

    Attributes:
        numbers: Twice the number of its syllable, or twice that of its compound and one more.
        follows: Whether the unit before it stands right before it, without a sign between.
        first_capital: Whether its first syllable begins with a capital letter.
        last_capital: Whether its last one does.
    """

    numbers: Ints
    follows: Bools
    first_capital: Bools
    last_capital: Bools


def units_of(batch: AnalyzedBatch, syllables: Array, compounds: Array) -> Units:
    """Cut a batch into units.

    Of compounds that overlap, the one that begins first counts, and the longest of those.

    Args:
        batch: The batch.
        syllables: The number of each term of its group `text`.
        compounds: The number of each term of its group `words`.
    """
    text, words = batch.groups["text"], batch.groups["words"]
    places = _scale(text.articles, text.positions)
    lengths = np.array([term.count("_") + 1 for term in words.vocabulary], np.int64)[words.terms]
    firsts = np.searchsorted(places, _scale(words.articles, words.positions))
    numbers = 2 * syllables[text.terms].astype(np.int64)
    # Of those that begin at one place the longest comes last, and stays.
    numbers[firsts] = 2 * compounds[words.terms].astype(np.int64) + 1
    starts, lasts = cut(len(places), firsts, lengths)
    looks = batch.looks
    follows = np.zeros(len(starts), dtype=bool)
    follows[1:] = (
        (places[starts[1:]] == places[lasts[:-1]] + 1)
        & ((looks[lasts[:-1]] & SIGN_AFTER) == 0)
        & ((looks[starts[1:]] & SIGN_BEFORE) == 0)
    )
    capital = (looks & CAPITAL) != 0
    return Units(numbers[starts], follows, capital[starts], capital[lasts])


def cut(size: int, firsts: Ints, lengths: Ints) -> tuple[Ints, Ints]:
    """Cut syllables into units, of which each is a compound or a syllable between them.

    Args:
        size: How many syllables there are.
        firsts: The first syllable of each compound, ascending.
        lengths: How many syllables each has; ascending for those that begin together.

    Returns:
        The first and the last syllable of each unit.
    """
    extents = np.ones(size, np.int64)
    extents[firsts] = lengths
    begins = np.bincount(firsts + 1, minlength=size + 1) - np.bincount(
        firsts + lengths, minlength=size + 1
    )
    starts = np.flatnonzero(np.cumsum(begins)[:-1] == 0)
    return starts, starts + extents[starts] - 1


def _scale(articles: Array, positions: Array) -> Ints:
    """Put the positions of all articles on one scale."""
    scaled: Ints = (articles.astype(np.int64) << 32) | positions
    return scaled
