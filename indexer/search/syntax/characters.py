"""The characters that have a meaning in a query, in all the ways in which they are typed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from indexer.analysis import plain_sign

GAP = " "
"""Stands for every kind of space in a plain text."""

QUOTE_MARKS = '"“”„‟«»'
"""The double quotation marks; single ones are apostrophes as often."""

_NOT_IN_QUOTES = f"{GAP}\\{QUOTE_MARKS}"
_BACKSLASHED = re.compile(rf"\\[()*?{QUOTE_MARKS}]")
_CACHED_CHARACTERS = 1 << 12


def plain_text(text: str) -> str:
    """Give a text of the same length in which signs have one form.

    Full-width characters become ASCII, hyphens and minus signs `-`, spaces `GAP`. A
    sign directly after a backslash has no meaning and becomes a full stop.

    Args:
        text: What `visible` gave of what was typed.
    """
    plain = "".join(map(_plain_character, text))
    if "\\" not in plain:
        return plain
    return _BACKSLASHED.sub(lambda found: found[0][:-1] + ".", plain)


def visible(text: str) -> str:
    """Give a text without what shows nothing and takes no place.

    Such are joiners, control characters but for spaces, and marks of direction, with which a text
    could show otherwise than it is read.
    """
    return text if text.isprintable() else "".join(filter(_is_visible, text))


def without_marks(text: str) -> str:
    """Give a text with each run of spaces, quotation marks and backslashes as one space.

    Args:
        text: What was typed between quotation marks.
    """
    signs = (
        GAP if _plain_character(character) in _NOT_IN_QUOTES else character for character in text
    )
    return GAP.join(filter(None, "".join(signs).split(GAP)))


def has_lower_case(text: str) -> bool:
    """Tell whether a text has a lower-case letter."""
    return any(character.islower() and character.isalpha() for character in text)


@lru_cache(maxsize=_CACHED_CHARACTERS)
def _plain_character(character: str) -> str:
    if character.isascii() and character.isprintable():
        return character
    return GAP if character.isspace() else plain_sign(character)


@lru_cache(maxsize=_CACHED_CHARACTERS)
def _is_visible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) not in ("Cc", "Cf")
