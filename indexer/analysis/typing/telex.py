"""Telex: marks are typed as letters.

`aa ee oo dd` give `â ê ô đ`, `w` after `a o u` gives `ă ơ ư` (alone it is `ư`), and `f s x r j`
give the tones. All of them may also stand at the end of the syllable: `tieengs`, `tiengse`,
`dduowngf`, `duongdwf`. Three equal letters are two letters (`xooong` is *xoong*).
"""

from __future__ import annotations

from indexer.analysis.typing.keys import (
    BREVE,
    CIRCUMFLEX,
    HORN,
    STROKE,
    VOWELS,
    Decoded,
    syllable_of,
)
from indexer.analysis.typing.queries import decode_query

_TONES = {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323"}


def decode_telex(text: str) -> str | None:
    """Read a query as one that was typed in Telex without an input method.

    Args:
        text: The whole query.

    Returns:
        The query with its marks, all else as it was; `None` if it cannot be read so, or if too
        little speaks for it.
    """
    return decode_query(text, _decode)


def _decode(typed: str) -> Decoded | None:
    """Read one token, in lower-case letters; `None` if it holds no keys that give a syllable."""
    letters, marks, tones = "", "", ""
    horns = 0
    for place, key in enumerate(typed):
        has_vowel = any(letter in VOWELS for letter in letters)
        if has_vowel and key in _TONES:
            tones += key
        elif key == "d" and place and letters.startswith("d"):
            marks += STROKE
        elif key == "w":
            horns += 1
            if not set("aou").intersection(letters):
                letters += "u"
        else:
            letters += key
    if len(tones) > 1 or len(marks) > 1 or horns > 2 or "ww" in typed:
        return None
    if not (tones or marks or horns or _repeated(letters)):
        return None
    tone = _TONES[tones] if tones else ""
    found = _spelled(letters, marks, tone, horns)
    if found is None:
        return None
    has_vowel_key = bool(marks or horns or _repeated(letters))
    return Decoded(found, has_vowel_key, typed[-1] == tones)


def _spelled(letters: str, marks: str, tone: str, horns: int) -> str | None:
    if horns:
        # `w` after `a` and after `o u` is one key; no syllable can be read both ways.
        horned = syllable_of(letters, marks + HORN, tone)
        return horned or syllable_of(letters, marks + BREVE, tone)
    for vowel in _repeated(letters):
        if vowel * 3 in letters:
            return syllable_of(letters.replace(vowel * 3, vowel * 2), marks, tone)
        before, _, after = letters.rpartition(vowel)
        found = syllable_of(before + after, marks + CIRCUMFLEX, tone)
        if found:
            return found
    # Letters may also repeat in a syllable: `ngoeof` is *ngoèo*.
    return syllable_of(letters, marks, tone) if tone or marks else None


def _repeated(letters: str) -> list[str]:
    return [vowel for vowel in "aeo" if letters.count(vowel) > 1]
