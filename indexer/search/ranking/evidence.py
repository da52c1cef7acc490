"""What a few candidates say of the words of a query: counts by candidate, as arrays.

Everything is made of one sorted array of occurrences, each packed into one number (candidate,
position, syllable, field), so that neighbours in the text are neighbours in the array.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import Occurrences
from indexer.schema import TEXT_FIELDS, TEXT_WEIGHTS
from indexer.search.ranking.plan import Forms

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

REACH: Final = 8
"""Neighbours in a query are found together in a text where they are at most so far apart."""

OPENING_POSITIONS: Final = 300
"""In so many positions, a few paragraphs, what is the opening of an article fades to a third.

Positions count from the title on, and jump between paragraphs.
"""

_FIELD_BITS: Final = (len(TEXT_FIELDS) - 1).bit_length()
_WORD_BITS: Final = 16
_PLACE_BITS: Final = 32
_EARLY: Final = np.exp(np.arange(50 * OPENING_POSITIONS) / -OPENING_POSITIONS)
"""How early a position is, from 1 at the beginning; what comes later than these is next to 0."""

_FIELD_WEIGHTS: Final = np.array([TEXT_WEIGHTS[field] for field in TEXT_FIELDS])


class _Together(NamedTuple):
    """Places where two neighbours of a query stand together: arrays of the same length.

    Attributes:
        pairs: Number of the pair.
        firsts: Place of the occurrence of its first syllable among all occurrences.
        distances: How far behind it the second one is.
    """

    pairs: Ints
    firsts: Ints
    distances: Ints


class Evidence:
    """The syllables of a query in its candidates.

    Args:
        found: The occurrences of the syllables.
        syllables: How many of the words of `found` are syllables of the query; others follow.
        rows: The rows of the query, as numbers of syllables.

    Attributes:
        lengths: Weighted length of each candidate.
        pairs: The pairs of syllables that are neighbours in the query, each once.
        syllables: How many syllables the query has.
    """

    def __init__(self, found: Occurrences, syllables: int, rows: Sequence[Sequence[int]]) -> None:
        self._candidates = len(found.lengths)
        self.syllables = syllables
        self.lengths: Floats = found.lengths @ _FIELD_WEIGHTS
        self.pairs = list(dict.fromkeys(pair for row in rows for pair in pairwise(row)))
        keys = (found.articles << _PLACE_BITS) + found.positions
        keys = (((keys << _WORD_BITS) + found.words) << _FIELD_BITS) + found.fields
        own = found.words < syllables
        if not own.all():
            keys = keys[own]
        # They come form by form, article by article: runs, which are merged rather than sorted.
        keys.sort(kind="stable")
        fields = keys & ((1 << _FIELD_BITS) - 1)
        self._words: Ints = (keys >> _FIELD_BITS) & ((1 << _WORD_BITS) - 1)
        self._places: Ints = keys >> (_FIELD_BITS + _WORD_BITS)
        self._owners: Ints = self._places >> _PLACE_BITS
        self._weights: Floats = _FIELD_WEIGHTS.take(fields)
        positions = self._places & ((1 << _PLACE_BITS) - 1)
        self._early: Floats = _EARLY.take(positions, mode="clip")
        self._numbers = np.full((syllables, syllables), -1, np.int64)
        for number, (first, second) in enumerate(self.pairs):
            self._numbers[first, second] = number

    def opening(self) -> Floats:
        """Give how early each syllable first comes: from 1 at the very beginning down to 0."""
        earliest = np.zeros(self._candidates * self.syllables)
        # Of several values for one place the last one stays: that of the first occurrence.
        earliest[(self._owners * self.syllables + self._words)[::-1]] = self._early[::-1]
        return earliest.reshape(self._candidates, self.syllables)

    def adjacent(self) -> Floats:
        """Give how often each pair stands side by side, in its order."""
        side_by_side = np.flatnonzero(self._together.distances == 1)
        pairs, firsts, _ = (of_all.take(side_by_side) for of_all in self._together)
        return self._counts(self._owners.take(firsts), pairs, len(self.pairs), None)

    def neighbours(self, early: float) -> Floats:
        """Give how often each pair stands together, in its order, weighted by field and place.

        Args:
            early: How much more it counts at the very beginning of an article than at its end.

        Returns:
            A row for each candidate; syllables that are d apart count 1 / d.
        """
        pairs, firsts, distances = self._together
        weights = self._weights.take(firsts) * (1 + early * self._early.take(firsts)) / distances
        return self._counts(self._owners.take(firsts), pairs, len(self.pairs), weights)

    @cached_property
    def _together(self) -> _Together:
        """Where pairs stand in their order, at most `REACH` apart."""
        found = [(np.empty(0, np.int64),) * 3]
        pair_of = self._numbers.ravel()
        rows = self._words * self.syllables
        places, words = self._places, self._words
        # `take` is several times as fast as indexing here.
        firsts = np.flatnonzero(np.diff(places) <= REACH)
        seconds = firsts + 1
        while True:
            distances = places.take(seconds) - places.take(firsts)
            near = np.flatnonzero(distances <= REACH)
            if not len(near):
                break
            firsts, seconds, distances = (of.take(near) for of in (firsts, seconds, distances))
            pairs = pair_of.take(rows.take(firsts) + words.take(seconds))
            # Two syllables of a query may share a form, and so a place.
            kept = np.flatnonzero((pairs >= 0) & (distances > 0))
            found.append((pairs.take(kept), firsts.take(kept), distances.take(kept)))
            # What is out of reach is so a step further, too.
            seconds = seconds + 1
            if seconds[-1] == len(places):
                firsts, seconds = firsts[:-1], seconds[:-1]
        return _Together(*map(np.concatenate, zip(*found, strict=True)))

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


def narrowed(found: Occurrences, candidates: Sequence[int]) -> Occurrences:
    """Give only the occurrences in some of the candidates, whose numbers stay the same."""
    wanted = np.zeros(len(found.lengths), dtype=bool)
    wanted[candidates] = True
    kept = np.flatnonzero(wanted.take(found.articles))
    return replace(
        found,
        articles=found.articles[kept],
        words=found.words[kept],
        fields=found.fields[kept],
        positions=found.positions[kept],
    )


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
