"""How many of the freely typed words an article must hold.

Half of all headlines hold a word that their article lacks, so to demand all words loses what was
looked for; to accept articles with most of them multiplies the number of matches. So all words are
demanded where enough articles hold them, and most of them otherwise, which is announced.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

ENOUGH: Final = 10
"""So many articles with all words are enough to leave out those that lack one."""

_MOST_PERCENT: Final = 60
_ALL_UP_TO: Final = 3


class MatchPolicy(StrEnum):
    """How many of the freely typed words an article must hold.

    `MOST` is at least 60 % of them, and all of up to three. `AUTO` is `ALL` where at least
    `ENOUGH` articles hold all words, and `MOST` otherwise.
    """

    AUTO = "auto"
    ALL = "all"
    MOST = "most"
    ANY = "any"


def least_words(words: int, policy: MatchPolicy) -> int:
    """Give how many of some distinct words an article must hold.

    Args:
        words: How many there are.
        policy: Any policy but `AUTO`.
    """
    match policy:
        case MatchPolicy.ALL:
            return words
        case MatchPolicy.ANY:
            return min(1, words)
        case MatchPolicy.MOST:
            rounded_up = -(-words * _MOST_PERCENT // 100)
            return max(min(_ALL_UP_TO, words), rounded_up)
    raise ValueError(f"{policy} is a choice between policies, and has no number of words")
