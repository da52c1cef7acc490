"""Typing slips for measuring corrections: drawn by rules of their own.

They know nothing of `indexer.analysis.confusions`, which is to be measured by them.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ALIKE = (("s", "x"), ("tr", "ch"), ("d", "r"), ("gi", "d"), ("n", "l"))


def damaged(syllable: str, chance: random.Random) -> tuple[str, str]:
    """Mistype a syllable.

    Args:
        syllable: A syllable in lower case.
        chance: Where chance comes from.

    Returns:
        The name of the slip, and another text.
    """
    while True:
        name = chance.choice(list(_SLIPS))
        other = unicodedata.normalize("NFC", _SLIPS[name](syllable, chance))
        if other and other != unicodedata.normalize("NFC", syllable):
            return name, other


def _other_tone(syllable: str, chance: random.Random) -> str:
    letters = unicodedata.normalize("NFD", syllable)
    places = [place for place, letter in enumerate(letters) if letter in _TONES]
    if not places:
        return syllable
    others = [tone for tone in _TONES if tone != letters[places[0]]]
    return letters[: places[0]] + chance.choice(["", *others]) + letters[places[0] + 1 :]


def _no_hook(syllable: str, _: random.Random) -> str:
    letters = unicodedata.normalize("NFD", syllable.replace("đ", "d"))
    return "".join(letter for letter in letters if letter not in "\u0302\u0306\u031b")


def _other_consonant(syllable: str, chance: random.Random) -> str:
    possible = [
        other + syllable[len(one) :]
        for pair in _ALIKE
        for one, other in (pair, pair[::-1])
        if syllable.startswith(one) and len(syllable) > len(one)
    ]
    return chance.choice(possible) if possible else syllable


def _missing(syllable: str, chance: random.Random) -> str:
    place = chance.randrange(len(syllable))
    return syllable[:place] + syllable[place + 1 :]


def _doubled(syllable: str, chance: random.Random) -> str:
    place = chance.randrange(len(syllable))
    return syllable[: place + 1] + syllable[place:]


def _swapped(syllable: str, chance: random.Random) -> str:
    if len(syllable) < 2:
        return syllable
    place = chance.randrange(len(syllable) - 1)
    return syllable[:place] + syllable[place + 1] + syllable[place] + syllable[place + 2 :]


_SLIPS: dict[str, Callable[[str, random.Random], str]] = {
    "tone": _other_tone,
    "hook": _no_hook,
    "consonant": _other_consonant,
    "missing": _missing,
    "doubled": _doubled,
    "swapped": _swapped,
}
