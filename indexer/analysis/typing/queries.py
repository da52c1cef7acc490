"""When a whole query is taken to be typed with an input method.

A single word proves little: `test` would be *tét* in Telex, and `E5` *ẹ* in VNI. So a query is
decoded only if its tokens together speak for it:

- No letter of it bears a mark; who has marks had an input method.
- One token has keys for the marks of vowels or of `đ` (`vieetj`, `d9o6ng`); then tokens that are
  no syllables are left as they are (`facebook vieetj nam`).
- Or, if there are tone keys alone, all tokens are syllables or numbers, and one of them ends with
  its tone key or there are several of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from indexer.analysis.typing.keys import Decoded, is_unmarked_syllable

_TOKEN = re.compile(r"[^\W_]+")
_OPERATORS = frozenset(("AND", "OR", "NOT", "NEAR"))
"""Words of the query language, which are not typed Vietnamese."""

Decode = Callable[[str], Decoded | None]
"""Reads one token, in lower case."""


def decode_query(text: str, decode: Decode) -> str | None:
    """Read a query token by token, and judge whether it was typed so.

    Args:
        text: The query.
        decode: Reads one token.

    Returns:
        The query with its decoded tokens in place of the typed ones, in their case; or `None`.
    """
    if not text.isascii():
        return None
    tokens = [token for token in _TOKEN.findall(text) if token not in _OPERATORS]
    decoded = {token: found for token in tokens if (found := decode(token.lower()))}
    if not _speaks_for_it(tokens, decoded):
        return None

    def marked(match: re.Match[str]) -> str:
        typed = match[0]
        return _in_case_of(typed, decoded[typed].text) if typed in decoded else typed

    return _TOKEN.sub(marked, text)


def _speaks_for_it(tokens: list[str], decoded: Mapping[str, Decoded]) -> bool:
    found = [syllable for syllable in decoded.values() if len(syllable.text) > 1]
    if any(syllable.has_vowel_key for syllable in found):
        return True
    others = [token for token in tokens if token not in decoded and not token.isdigit()]
    if not all(is_unmarked_syllable(token.lower()) for token in others):
        return False
    return len(found) > 1 or any(syllable.ends_with_key for syllable in found)


def _in_case_of(typed: str, syllable: str) -> str:
    letters = [sign for sign in typed if sign.isalpha()]
    if not letters[0].isupper():
        return syllable
    is_capital = len(syllable) > 1 and all(letter.isupper() for letter in letters)
    return syllable.upper() if is_capital else syllable[0].upper() + syllable[1:]
