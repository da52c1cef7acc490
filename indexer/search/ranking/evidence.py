"""What a few candidates say of the words of a query: counts by candidate, as arrays.

Everything is made of one sorted array of occurrences, each packed into one number (candidate,
position, syllable), so that neighbours in the text are neighbours in the array.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import Occurrences
from indexer.schema import TEXT_FIELDS, TEXT_WEIGHTS
from indexer.search.ranking.plan import Forms

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NEAR: Final = 8
"""Syllables of two words that are near each other are at most so far apart."""

_WORD_BITS: Final = 16
_PLACE_BITS: Final = 32
_LEAD: Final = TEXT_FIELDS.index("lead")
_FIELD_WEIGHTS: Final = np.array([TEXT_WEIGHTS[field] for field in TEXT_FIELDS])


class Evidence:
    """The syllables of a query in its candidates.

    Args:
        found: The occurrences of the syllables.
        syllables: How many of the words of `found` are syllables of the query; others follow.
        rows: The rows of the query, as numbers of syllables.

    Attributes:
        lengths: Weighted length of each candidate.
        lead_lengths: Syllables of its lead.
        pairs: The pairs of syllables that are neighbours in the query, each once.
        syllables: How many syllables the query has.
    """

    def __init__(self, found: Occurrences, syllables: int, rows: Sequence[Sequence[int]]) -> None:
        self._candidates = len(found.lengths)
        self.syllables = syllables
        self.lengths: Floats = found.lengths @ _FIELD_WEIGHTS
        self.lead_lengths: Floats = found.lengths[:, _LEAD].astype(float)
        self.pairs = list(dict.fromkeys(pair for row in rows for pair in pairwise(row)))
        keys = (found.articles << _PLACE_BITS) + found.positions
        keys = (keys << _WORD_BITS) + found.words
        asked = found.words < syllables
        order = np.argsort(keys[asked])
        keys, fields = keys[asked][order], found.fields[asked][order]
        self._words: Ints = keys & ((1 << _WORD_BITS) - 1)
        self._places: Ints = keys >> _WORD_BITS
        self._owners: Ints = self._places >> _PLACE_BITS
        self._weights: Floats = _FIELD_WEIGHTS[fields]
        self._in_lead: Bools = fields == _LEAD
        self._numbers = np.full((syllables, syllables), -1, np.int64)
        for number, (first, second) in enumerate(self.pairs):
            self._numbers[first, second] = number

    def lead_counts(self) -> Floats:
        """Give how often each syllable stands in the lead: a row for each candidate."""
        return self._counts(
            self._owners[self._in_lead], self._words[self._in_lead], self.syllables, None
        )

    def adjacent(self) -> Floats:
        """Give how often each pair stands side by side, in its order, weighted by field."""
        (numbers, owners, weights) = self._near(self._numbers, 1)
        return self._counts(owners, numbers, len(self.pairs), weights)

    def near(self) -> Floats:
        """Give how often each pair stands near each other, in any order, weighted by field."""
        either = np.maximum(self._numbers, self._numbers.T)
        numbers, owners, weights = self._near(either, NEAR)
        return self._counts(owners, numbers, len(self.pairs), weights)

    def _near(self, numbers: Ints, reach: int) -> tuple[Ints, Ints, Floats]:
        """Find pairs at most so far apart: the number, candidate and field weight of each."""
        found = [(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))]
        flat = numbers.ravel()
        rows = self._words * self.syllables
        for step in range(1, reach + 1):
            apart = self._places[step:] - self._places[:-step]
            # Two syllables of a query may share a form, and so a place.
            first = np.flatnonzero((apart <= reach) & (apart > 0))
            pairs = flat.take(rows[first] + self._words[first + step])
            first, pairs = first[pairs >= 0], pairs[pairs >= 0]
            found.append((pairs, self._owners[first], self._weights[first]))
        pairs, owners, weights = map(np.concatenate, zip(*found, strict=True))
        return pairs, owners, weights

    def best_passage(self, worth: Floats, size: int) -> Floats:
        """Give for each candidate the worth of the syllables in its best passage.

        Args:
            worth: What each syllable is worth; one that a passage repeats counts once.
            size: Syllables of a passage; passages overlap by half.
        """
        best = np.zeros(self._candidates)
        for shift in (0, size // 2):
            positions = self._places & ((1 << _PLACE_BITS) - 1)
            passages = (self._owners << _PLACE_BITS) + (positions + shift) // size
            if not len(passages):
                break
            # Several times as fast as `unique`, which hashes.
            keys = np.sort((passages << _WORD_BITS) + self._words)
            distinct = keys[np.flatnonzero(np.diff(keys, prepend=-1))]
            passages = distinct >> _WORD_BITS
            starts = np.flatnonzero(np.diff(passages, prepend=-1))
            sums = np.add.reduceat(worth[distinct & ((1 << _WORD_BITS) - 1)], starts)
            np.maximum.at(best, passages[starts] >> _PLACE_BITS, sums)
        return best

    def _counts(self, owners: Ints, columns: Ints, width: int, weights: Floats | None) -> Floats:
        size = self._candidates * width
        counted = np.bincount(owners * width + columns, weights, size)
        return counted.astype(float).reshape(self._candidates, width)


class Syllables:
    """The distinct syllables of some rows, numbered in their order.

    Args:
        rows: The rows.

    Attributes:
        forms: The forms of each syllable.
        rows: The rows, as numbers.
    """

    def __init__(self, rows: Sequence[Sequence[Forms]]) -> None:
        numbers: dict[Forms, int] = {}
        self.rows = [[numbers.setdefault(forms, len(numbers)) for forms in row] for row in rows]
        self.forms = tuple(numbers)


def rows_held(
    found: Occurrences, numbers: dict[Forms, int], readings: Sequence[Sequence[Forms]]
) -> Iterator[set[int]]:
    """Give for each of some rows the candidates that hold it, its syllables side by side.

    Args:
        found: Occurrences of the syllables of all rows.
        numbers: The number of each syllable in `found`.
        readings: The rows.
    """
    places = (found.articles << _PLACE_BITS) + found.positions
    for row in readings:
        ends = None
        for step, forms in enumerate(row):
            own = places[found.words == numbers[forms]] - step
            ends = own if ends is None else ends[np.isin(ends, own)]
        yield set() if ends is None else set((ends >> _PLACE_BITS).tolist())
