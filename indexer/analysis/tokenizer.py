"""Text to tokens: runs of letters and digits, each knowing where it stands in the text.

Names and numbers such as `Covid-19`, `3,5`, `12/4/2021` and `TP.HCM` are several tokens that are
*joined*: each part is findable, and so is the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

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
_COMMON = (
    "\t\n\r\u00a0\u00ab\u00b0\u00b7\u00bb\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0"
    "\u01a1\u01af\u01b0\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026"
    + "".join(
        chr(code)
        for first, last in ((0x20, 0x7E), (0xC0, 0xFF), (0x1EA0, 0x1EF9))
        for code in range(first, last + 1)
        if chr(code) not in "Ðð"
    )
)
# No text of common characters holds the one, and nothing that is taken for them is the other.
_BETWEEN_TEXTS, _END_OF_TEXT = "\0", "\1"

_JOIN_OF_DIGITS = frozenset(".,/:-–+")
_JOIN_TO_DIGIT = frozenset("-–")
_JOIN_OF_ANY = frozenset(".&@_'’")

_HYPHENS = "\u2010\u2011\u2212\ufe63"
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_FULL_WIDTH_SHIFT = 0xFEE0


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
    sign = plain_sign(text[place])
    if sign in _JOIN_OF_ANY:
        return True
    before, after = text[place - 1].isdigit(), text[place + 1].isdigit()
    if before and after:
        return sign in _JOIN_OF_DIGITS
    return (before or after) and sign in _JOIN_TO_DIGIT


def plain_sign(character: str) -> str:
    """Give the ASCII character that a hyphen, a minus sign or a full-width one is read as."""
    if character in _HYPHENS:
        return "-"
    code = ord(character)
    return chr(code - _FULL_WIDTH_SHIFT) if code in _FULL_WIDTH else character


def token_texts(texts: Sequence[str]) -> list[list[str]]:
    """Give the tokens of some texts, each in one of the `spellings` of its normal form.

    Several times as fast as to look at each token, if the texts have common characters only.
    """
    whole = _BETWEEN_TEXTS.join(texts).encode("utf-16-le", "surrogatepass")
    spaced = _SPACED.take(np.frombuffer(whole, "<u2"))
    if spaced.all():
        pieces = spaced.tobytes().decode("utf-16-le").split(_END_OF_TEXT)
        if len(pieces) == len(texts):
            return [piece.split() for piece in pieces]
    if len(texts) > 1:
        return [token_texts([text])[0] for text in texts]
    return [[token.text for token in tokenize(text)] for text in texts]


def _spaced() -> NDArray[np.uint16]:
    """Give for each 16 bits of a text what to take for them; 0 where that needs a closer look.

    Letters of tokens are taken in lower case, and a space for what stands between tokens.
    """
    table = np.zeros(1 << 16, "<u2")
    for sign in _COMMON:
        table[ord(sign)] = ord(sign.lower() if sign.isalnum() else " ")
    table[ord(_BETWEEN_TEXTS)] = ord(_END_OF_TEXT)
    return table


_SPACED = _spaced()


def token_spans(text: str) -> list[tuple[int, int]]:
    """Give where the tokens of a text begin and end."""
    return [match.span() for match in _TOKEN.finditer(text)]
