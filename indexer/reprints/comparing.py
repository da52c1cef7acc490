"""Whether two articles are reprints: both texts compared, shingle by shingle.

Measured is the *share* of the shorter text (in distinct shingles of three syllables) that the
longer one has too. What is nearly whole in another text is a reprint of it or a part of it. With
less than that, shared sentences prove nothing: follow-ups of one paper repeat the background of a
story word for word, up to three quarters of the text. But they have a new beginning. So the less
is shared, the more of the *opening* must be the same in both: the first three tenths of the body,
at most a hundred shingles. Tables of prices, forecasts and draws share their sentences and differ
in their numbers, so shingles with digits must be shared almost as much as the others: those of
the whole text, or of the opening where that decides.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.reprints.shingles import Hashes

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

_LEAST_OPENING: Final = 0.95
_SAME_OPENING: Final = 0.6
"""At the least share so much of the opening must be shared; the more of the text, the less of it,
down to the second figure, from which on openings count as the same."""

_FEW_NUMBERS: Final = 10
_NUMBERS: Final = 0.7
"""With more shingles with digits than that, they must be shared this much as often as others."""

DIFFERENT, SAME, FIRST_HOLDS, SECOND_HOLDS = range(4)
"""Outcomes: no reprint; one and the same; the second text is somewhere within the first one, which
has more than that; or the other way round."""


class Text(NamedTuple):
    """What is compared of an article.

    Attributes:
        distinct: Its distinct shingles, ascending.
        numbers: Those with digits, ascending.
        opening: The opening of its body.
        opening_numbers: The shingles with digits in it.
    """

    distinct: Hashes
    numbers: Hashes
    opening: Hashes
    opening_numbers: Hashes


class Comparison(NamedTuple):
    """The outcome of a comparison.

    Attributes:
        outcome: One of the outcomes above.
        share: Which part of the longer text is shared, in 255ths.
    """

    outcome: int
    share: int


def compare(first: Text, second: Text) -> Comparison:
    """Compare two texts."""
    longer_first = len(first.distinct) >= len(second.distinct)
    longer, shorter = (first, second) if longer_first else (second, first)
    if len(shorter.distinct) < FEWEST:
        return Comparison(DIFFERENT, 0)
    shared = int(_within(shorter.distinct, longer.distinct).sum())
    share = shared / len(shorter.distinct)
    opening = min(_share(first.opening, second.distinct), _share(second.opening, first.distinct))
    if share >= _WHOLE_SHARE:
        fits = _numbers_fit(shorter.numbers, longer, share)
    else:
        fits = opening >= _needed_opening(share) and all(
            _numbers_fit(one.opening_numbers, other, opening)
            for one, other in ((first, second), (second, first))
        )
    if not fits:
        return Comparison(DIFFERENT, 0)
    of_longer = shared / len(longer.distinct)
    code = round(of_longer * 255)
    if opening >= _SAME_OPENING or of_longer >= _BOTH_WHOLE_SHARE:
        return Comparison(SAME, code)
    return Comparison(FIRST_HOLDS if longer_first else SECOND_HOLDS, code)


def _needed_opening(share: float) -> float:
    if share < _LEAST_SHARE:
        return 2.0
    slope = (_LEAST_OPENING - _SAME_OPENING) / (_WHOLE_SHARE - _LEAST_SHARE)
    return _LEAST_OPENING - slope * (share - _LEAST_SHARE)


def _numbers_fit(numbers: Hashes, other: Text, share: float) -> bool:
    """Tell whether shingles with digits are shared almost as much as others are."""
    return len(numbers) <= _FEW_NUMBERS or _share(numbers, other.numbers) >= _NUMBERS * share


def _share(some: Hashes, others: Hashes) -> float:
    return float(_within(some, others).mean()) if len(some) else 0.0


def _within(some: Hashes, others: Hashes) -> NDArray[np.bool_]:
    """Tell which hashes are among others, which ascend."""
    if not len(others):
        return np.zeros(len(some), dtype=bool)
    places = np.searchsorted(others, some)
    places[places == len(others)] = 0
    within: NDArray[np.bool_] = others[places] == some
    return within
