"""Text to tokens: runs of letters and digits, each knowing where it stands in the text.

Names and numbers such as `Covid-19`, `3,5`, `12/4/2021` and `TP.HCM` are several tokens that are
*joined*: each part is findable, and so is the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.analysis.spelling import normal_form

# Combining marks belong to the letter before them (text may be decomposed); the invisible
# characters that break words in crawled pages do not end a token either.
_TOKEN = re.compile(
    "[^\\W_][^\\W_\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*"
    "(?:[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]+[^\\W_]*)*"
)

_JOIN_OF_DIGITS = frozenset(".,/:-–+")
_JOIN_TO_DIGIT = frozenset("-–")
_JOIN_OF_ANY = frozenset(".&@_'’")


class Token(NamedTuple):
    """One token of a text.

    Attributes:
        text: Its normal form.
        start: Index of its first character in the text as it was written.
        end: Index after its last character.
        joined: Whether it continues the name or number that the token before it belongs to.
    """

    text: str
    start: int
    end: int
    joined: bool


def tokenize(text: str) -> Iterator[Token]:
    """Give the tokens of a text in their order.

    Args:
        text: Any text, in any normalisation form; it is not changed.
    """
    previous_end = -2
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        joined = start == previous_end + 1 and _joins(text, previous_end)
        yield Token(normal_form(match[0]), start, end, joined)
        previous_end = end


def _joins(text: str, place: int) -> bool:
    """Tell whether the character at `place`, which stands between two tokens, joins them."""
    sign = text[place]
    if sign in _JOIN_OF_ANY:
        return True
    before, after = text[place - 1].isdigit(), text[place + 1].isdigit()
    if before and after:
        return sign in _JOIN_OF_DIGITS
    return (before or after) and sign in _JOIN_TO_DIGIT
