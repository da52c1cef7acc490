"""Whether two articles are reprints: both texts compared, shingle by shingle.

Measured is the *share* of the shorter text (in distinct shingles of three syllables) that the
longer one has too. What is nearly whole in another text is a reprint of it or a part of it. With
less than that, shared sentences prove nothing: follow-ups of one paper repeat the background of a
story word for word, up to three quarters of the text. But they have a new beginning. So the
*opening* must be the same in both, the first three tenths of the body, at most a hundred shingles;
and where less is shared, it must be copied.

Tables of prices, forecasts and draws share their sentences and differ in their numbers. So
shingles with digits must be shared almost as much as the others, those of the whole text, or of
the opening where that decides; and titles that differ in nothing but numbers name two articles.
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

_SAME_OPENING: Final = 0.7
_COPIED_OPENING: Final = 0.9
_COPIED_BELOW: Final = 0.7
"""Which part of openings is shared where they are the same, and where they are copied; below which
share they must be that."""

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
        title: The syllables of its title without digits.
        title_numbers: Those with digits.
    """

    distinct: Hashes
    numbers: Hashes
    opening: Hashes
    opening_numbers: Hashes
    title: tuple[str, ...]
    title_numbers: tuple[str, ...]


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
    of_series = first.title == second.title and first.title_numbers != second.title_numbers
    if of_series or len(shorter.distinct) < FEWEST:
        return Comparison(DIFFERENT, 0)
    shared = int(_within(shorter.distinct, longer.distinct).sum())
    share = shared / len(shorter.distinct)
    opening = min(_share(first.opening, second.distinct), _share(second.opening, first.distinct))
    if share >= _WHOLE_SHARE:
        is_reprint = _numbers_fit(shorter.numbers, longer, share)
    else:
        is_reprint = share >= _LEAST_SHARE and _opens_alike(first, second, share, opening)
    if not is_reprint:
        return Comparison(DIFFERENT, 0)
    of_longer = shared / len(longer.distinct)
    code = round(of_longer * 255)
    if opening >= _SAME_OPENING or of_longer >= _BOTH_WHOLE_SHARE:
        return Comparison(SAME, code)
    return Comparison(FIRST_HOLDS if longer_first else SECOND_HOLDS, code)


def _opens_alike(first: Text, second: Text, share: float, opening: float) -> bool:
    """Tell whether what two texts share is enough because of how they begin."""
    needed = _SAME_OPENING if share >= _COPIED_BELOW else _COPIED_OPENING
    return (
        opening >= needed
        and _numbers_fit(first.opening_numbers, second, opening)
        and _numbers_fit(second.opening_numbers, first, opening)
    )


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
