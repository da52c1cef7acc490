"""Text to tokens: runs of letters and digits, each knowing where it stands in the text.

Names and numbers such as `Covid-19`, `3,5`, `12/4/2021` and `TP.HCM` are several tokens that are
*joined*: each part is findable, and so is the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from indexer.analysis.spelling import normal_form

# Combining marks belong to the letter before them (text may be decomposed); the invisible
# characters that break words in crawled pages do not end a token either.
_TOKEN = re.compile(
    "[^\\W_][^\\W_\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*"
    "(?:[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]+[^\\W_]*)*"
)

# Printable ASCII, the letters of Vietnamese and the common Latin ones, each one code point, and
# the usual signs. Not Ð and ð, which look like Đ and đ; nor ª, ² and their like, which stand for
# others.
_UNCOMMON = re.compile(
    "[^\t\n\r\u0020-\u007e\u00a0\u00ab\u00b0\u00b7\u00bb\u00c0-\u00cf\u00d1-\u00ef\u00f1-\u00ff"
    "\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9"
    "\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026]"
)
_COMMON_SIGNS = tuple(
    sign
    for sign in map(chr, chain(range(0x100), range(0x2010, 0x2030)))
    if not (_UNCOMMON.match(sign) or sign.isalnum() or sign.isspace())
)

# The paragraphs of a page of hits, which are looked through for several reasons.
_CACHED_TEXTS = 512

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


def common_text(text: str) -> str | None:
    """Give a text in lower case if all its characters are common ones, else `None`.

    Runs of letters and digits in it are its tokens, in one of the `spellings` of their forms.
    """
    return None if _UNCOMMON.search(text) else text.lower()


@lru_cache(maxsize=_CACHED_TEXTS)
def token_texts(text: str) -> Sequence[str]:
    """Give the tokens of a text, each in one of the `spellings` of its normal form."""
    common = common_text(text)
    if common is None:
        return [token.text for token in tokenize(text)]
    # Several times as fast as to look at each character.
    for sign in _COMMON_SIGNS:
        if sign in common:
            common = common.replace(sign, " ")
    return common.split()


def token_spans(text: str) -> list[tuple[int, int]]:
    """Give where the tokens of a text begin and end."""
    return [match.span() for match in _TOKEN.finditer(text)]
