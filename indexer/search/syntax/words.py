"""Where in a run its word is, and whether the word is a pattern."""

from __future__ import annotations

import re

from indexer.analysis import token_spans

_WILDCARDS_BEHIND = re.compile(r"[?*]*\*")
_PATTERN = re.compile(r"[\w\u0300-\u036f*?.&@'’-]+")
_OPEN_PLACE = re.compile(r"([^\W_])[\u0300-\u036f]*\?+([^\W_])")


def word_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Give where the first token of a part of a text begins, and the last one ends.

    They are the same if there is no token.
    """
    spans = token_spans(text[start:end])
    return (start + spans[0][0], start + spans[-1][1]) if spans else (start, start)


def wildcard_span(plain: str, run: tuple[int, int], word: tuple[int, int]) -> tuple[int, int]:
    """Give a word and the wildcards directly before and behind it.

    Args:
        plain: The plain text.
        run: Where the run begins and ends.
        word: Where the word in it does.
    """
    first, last = word
    while first > run[0] and plain[first - 1] == "*":
        first -= 1
    if behind := _WILDCARDS_BEHIND.match(plain, last, run[1]):
        last = behind.end()
    return first, last


def has_wildcard(word: str) -> bool:
    """Tell whether signs in a plain word stand for letters.

    A star always does. `th?ng` has a question mark for a letter; in `sao?Vì` a sentence ends and
    the next one begins.
    """
    return "*" in word or any(
        found[1].isupper() or not found[2].isupper() for found in _OPEN_PLACE.finditer(word)
    )


def may_be_pattern(word: str) -> bool:
    """Tell whether a plain word is a name with wildcards, and not a formula or an address."""
    return _PATTERN.fullmatch(word) is not None


def pattern_text(typed: str, plain: str) -> str:
    """Give a pattern as typed, but with ASCII wildcards."""
    pairs = zip(typed, plain, strict=True)
    return "".join(sign if sign in "*?" else character for character, sign in pairs)
