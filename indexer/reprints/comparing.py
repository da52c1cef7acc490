"""Whether two articles are reprints: both texts compared, shingle by shingle.

Measured is the *share* of the shorter text (in distinct shingles of three syllables) that the
longer one has too. What is nearly whole in another text is a reprint of it or a part of it. With
less than that, shared sentences prove nothing: follow-ups of one paper repeat the background of a
story word for word, up to three quarters of the text. But they have a new beginning. So the
*opening* must be the same in both, the first three tenths of the body, at most a hundred shingles;
and where less is shared, it must be copied.

A word that was exchanged takes three shingles with it. So a text in which words were edited here
and there shares few of them, but what it does not share lies in short runs all over the text,
openings included, where new paragraphs make long runs. Of 943 pairs of other articles that share
two fifths, 99 in 100 have runs of more than 3.3 shingles on the average and 90 of more than 5.7;
with a tenth of its words exchanged a text has 3.6.

Tables of prices, forecasts and draws share their sentences and differ in their numbers. So
shingles with digits must be shared almost as much as the others, those of the whole text, or of
the opening where that decides; and titles that differ in nothing but numbers name two articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.reprints.shingles import Hashes, Ints

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

WIDTH: Final = 3
"""Syllables of a shingle."""

FEWEST: Final = 50
"""Texts with fewer distinct shingles are too short to tell a reprint."""

OPENING_SHARE: Final = 0.3
MOST_OPENING: Final = 100
"""The opening of a body: which part of its shingles, and how many at most."""

_LEAST_SHARE: Final = 0.3
_WHOLE_SHARE: Final = 0.85
_BOTH_WHOLE_SHARE: Final = 0.9
"""Below the first nothing is a reprint; from the second on, it is one whatever the opening; and
where the longer text, too, is shared as much as the third says, they are one and the same."""

_SAME_OPENING: Final = 0.7
_COPIED_OPENING: Final = 0.9
_COPIED_BELOW: Final = 0.7
"""Which part of openings is shared where they are the same, and where they are copied; below which
share they must be that."""

_EDITED_SHARE: Final = 0.5
_EDITED_OPENING: Final = 0.55
_LONGEST_EDITS: Final = 4.5
"""Where words were edited: which part of both texts is shared at least, and of their openings, and
how many shingles the runs between what is shared have on the average, at most."""

_FEW_NUMBERS: Final = 10
_NUMBERS: Final = 0.7
_EDITED_NUMBERS: Final = 0.75
"""With more shingles with digits than that, they must be shared this much as often as others;
where words were edited, somewhat more."""

_MOST_CELLS: Final = 8_000_000
"""Shingles times texts; with more, pairs are compared one by one, in less memory."""

DIFFERENT, SAME, FIRST_HOLDS, SECOND_HOLDS = range(4)
"""Outcomes: no reprint; one and the same; the second text is somewhere within the first one, which
has more than that; or the other way round."""


class Text(NamedTuple):
    """What is compared of an article.

    Attributes:
        shingles: Its shingles, in their order.
        has_digit: Whether each of them has a digit.
        opening: Which of them are the opening of its body.
        title: The syllables of its title without digits.
        title_numbers: Those with digits.
    """

    shingles: Hashes
    has_digit: Bools
    opening: slice
    title: tuple[str, ...]
    title_numbers: tuple[str, ...]


class Comparisons(NamedTuple):
    """Outcomes of comparisons.

    Attributes:
        outcomes: One of the outcomes above for each.
        shares: Which part of the longer text is shared, in 255ths.
    """

    outcomes: NDArray[np.uint8]
    shares: NDArray[np.uint8]


def compare(texts: Sequence[Text], firsts: Ints, seconds: Ints) -> Comparisons:
    """Compare some pairs of a few texts.

    All texts are held against each other at once, which is as cheap as to compare each with one
    or two others.

    Args:
        texts: The texts.
        firsts: The first text of each pair, by its place.
        seconds: The second one.
    """
    if len(texts) > 2 and sum(len(text.shingles) for text in texts) * len(texts) > _MOST_CELLS:
        apart = [
            compare([texts[first], texts[second]], np.array([0]), np.array([1]))
            for first, second in zip(firsts.tolist(), seconds.tolist(), strict=True)
        ]
        return Comparisons(*map(np.concatenate, zip(*apart, strict=True)))
    common = _Common(texts)
    sizes = common.sizes
    longer_first = sizes[firsts] >= sizes[seconds]
    longer = np.where(longer_first, firsts, seconds)
    shorter = np.where(longer_first, seconds, firsts)
    shared = common.shared[firsts, seconds]
    share = shared / np.maximum(1, sizes[shorter])
    opening = np.minimum(common.opening[firsts, seconds], common.opening[seconds, firsts])
    of_longer = shared / np.maximum(1, sizes[longer])
    number_counts = common.number_counts[shorter]
    numbers = common.numbers[shorter, longer]
    is_reprint = np.where(
        share >= _WHOLE_SHARE,
        _fits(number_counts, numbers, _NUMBERS * share),
        (share >= _LEAST_SHARE) & _opens_alike(common, firsts, seconds, share, opening),
    )
    edited = ~is_reprint & (of_longer >= _EDITED_SHARE) & (opening >= _EDITED_OPENING)
    edited &= _fits(number_counts, numbers, _EDITED_NUMBERS * share)
    if edited.any():
        runs = np.maximum(common.runs[firsts, seconds], common.runs[seconds, firsts])
        edited &= runs <= _LONGEST_EDITS
    is_reprint |= edited
    is_reprint &= sizes[shorter] >= FEWEST
    is_reprint &= ~_of_series(texts, firsts, seconds)
    held = np.where(longer_first, FIRST_HOLDS, SECOND_HOLDS)
    same = edited | (opening >= _SAME_OPENING) | (of_longer >= _BOTH_WHOLE_SHARE)
    outcomes = np.where(is_reprint, np.where(same, SAME, held), DIFFERENT)
    shares = np.where(is_reprint, np.rint(of_longer * 255), 0)
    return Comparisons(outcomes.astype(np.uint8), shares.astype(np.uint8))


class _Common:
    """What some texts have in common. Rows are one text, columns the other one.

    Attributes:
        sizes: How many distinct shingles each text has.
        shared: How many of them two texts share.
        opening: Which part of the opening of a text another one has.
        number_counts: How many distinct shingles with digits each text has.
        numbers: Which part of these another one has, too.
        opening_number_counts: How many shingles with digits the opening of each text has.
        opening_numbers: Which part of these another one has.
    """

    def __init__(self, texts: Sequence[Text]) -> None:
        count = len(texts)
        owners = np.repeat(np.arange(count), [len(text.shingles) for text in texts])
        distinct, rows = np.unique(
            np.concatenate([text.shingles for text in texts]), return_inverse=True
        )
        # Exact: no text has so many shingles that 32 bits could not count them.
        holds = np.zeros((len(distinct), count), np.float32)
        holds[rows, owners] = 1
        with_digit = np.concatenate([text.has_digit for text in texts])
        numbers = np.zeros_like(holds)
        numbers[rows[with_digit], owners[with_digit]] = 1
        self.sizes = holds.sum(axis=0, dtype=np.float64)
        self.shared = (holds.T @ holds).astype(np.float64)
        self.number_counts = numbers.sum(axis=0, dtype=np.float64)
        both = (numbers.T @ numbers).astype(np.float64)
        self.numbers = both / np.maximum(1, self.number_counts)[:, None]
        self.opening = np.zeros((count, count))
        self.opening_numbers = np.zeros((count, count))
        self.opening_number_counts = np.zeros(count)
        self._holds = holds
        self._rows = np.split(rows, np.cumsum([len(text.shingles) for text in texts])[:-1])
        for place, text in enumerate(texts):
            own = self._rows[place][text.opening]
            self.opening[place] = _mean(holds[own])
            of_numbers = own[text.has_digit[text.opening]]
            self.opening_number_counts[place] = len(of_numbers)
            self.opening_numbers[place] = _mean(numbers[of_numbers])

    @cached_property
    def runs(self) -> Floats:
        """How long the runs of shingles of a text are, on the average, that another one lacks."""
        runs = np.zeros_like(self.opening)
        for place, rows in enumerate(self._rows):
            if len(rows):
                lacks = self._holds[rows] == 0
                begun = lacks[0] + np.count_nonzero(lacks[1:] & ~lacks[:-1], axis=0)
                runs[place] = np.count_nonzero(lacks, axis=0) / np.maximum(1, begun)
        return runs


def _mean(rows: NDArray[np.float32]) -> NDArray[np.float64]:
    mean: NDArray[np.float64] = rows.sum(axis=0, dtype=np.float64) / max(1, len(rows))
    return mean


def _of_series(texts: Sequence[Text], firsts: Ints, seconds: Ints) -> Bools:
    """Tell whether titles differ in nothing but numbers."""
    return np.array(
        [
            texts[first].title == texts[second].title
            and texts[first].title_numbers != texts[second].title_numbers
            for first, second in zip(firsts.tolist(), seconds.tolist(), strict=True)
        ],
        dtype=bool,
    )


def _opens_alike(
    common: _Common, firsts: Ints, seconds: Ints, share: Floats, opening: Floats
) -> Bools:
    """Tell whether what two texts share is enough because of how they begin."""
    alike = opening >= np.where(share >= _COPIED_BELOW, _SAME_OPENING, _COPIED_OPENING)
    for one, other in (firsts, seconds), (seconds, firsts):
        alike &= _fits(
            common.opening_number_counts[one],
            common.opening_numbers[one, other],
            _NUMBERS * opening,
        )
    return alike


def _fits(counts: Floats, shares: Floats, least: Floats) -> Bools:
    """Tell whether shingles with digits are shared almost as much as others are."""
    return (counts <= _FEW_NUMBERS) | (shares >= least)
