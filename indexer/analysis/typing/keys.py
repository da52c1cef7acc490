"""From the keys of an input method to a syllable.

Both methods type the plain letters of a syllable, and beside them keys for its marks, each where
the typist likes: after its letter, or at the end. So a syllable is known by its plain letters, the
kinds of its marks and its tone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from indexer.analysis.syllables import syllables

CIRCUMFLEX, BREVE, HORN, STROKE = "\u0302", "\u0306", "\u031b", "\u0111"
"""The marks of `â ê ô`, of `ă`, of `ơ ư`, and that of `đ`."""

VOWELS = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A token that was read as typed with an input method.

    Attributes:
        text: The syllable, in lower case.
        has_vowel_key: Whether keys for other marks than the tone are among what was typed.
        ends_with_key: Whether the last key was that of the tone.
    """

    text: str
    has_vowel_key: bool
    ends_with_key: bool


def syllable_of(letters: str, marks: str, tone: str) -> str | None:
    """Find a syllable.

    Args:
        letters: Its letters without any mark, in lower case.
        marks: The kinds of its marks, each once, in any order.
        tone: The combining mark of its tone, or nothing.

    Returns:
        The syllable with all its marks; `None` if there is none such.
    """
    return _by_keys().get((letters, "".join(sorted(marks)), tone))


def is_unmarked_syllable(letters: str) -> bool:
    """Tell whether letters are those of a syllable that may lack its marks."""
    return letters in _unmarked()


@cache
def _by_keys() -> Mapping[tuple[str, str, str], str]:
    found = {}
    for text, syllable in syllables().items():
        marks = set(unicodedata.normalize("NFD", syllable.toneless)) & {CIRCUMFLEX, BREVE, HORN}
        if syllable.onset == "đ":
            marks.add(STROKE)
        found[_plain(syllable.toneless), "".join(sorted(marks)), syllable.tone] = text
    return found


@cache
def _unmarked() -> frozenset[str]:
    return frozenset(letters for letters, _, _ in _by_keys())


def _plain(letters: str) -> str:
    decomposed = unicodedata.normalize("NFD", letters).replace("đ", "d")
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
