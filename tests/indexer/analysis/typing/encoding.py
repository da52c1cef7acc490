"""Typing syllables as Telex and VNI want it, in the ways in which people do."""

import unicodedata
from collections.abc import Iterator, Mapping

from tests.indexer.analysis.syllables import TONES, toneless, tones_of, with_tone

_HORN = "\u031b"
_TELEX_TONES = dict(zip(TONES, ("", *"fsxrj"), strict=True))
_VNI_TONES = dict(zip(TONES, ("", *"21435"), strict=True))
_TELEX = {"\u0302": "", "\u0306": "w", _HORN: "w"}
_VNI = {"\u0302": "6", "\u0306": "8", _HORN: "7"}


def every_way(method: str) -> Iterator[tuple[str, str]]:
    """Each syllable that has a mark, and a way of typing it; several ways of each."""
    tone_keys = _TELEX_TONES if method == "telex" else _VNI_TONES
    for letters, bearer in toneless():
        for tone in tones_of(letters):
            syllable = with_tone(letters, tone, bearer)
            if syllable.isascii() and not (method == "telex" and "oo" in syllable):
                continue
            for typed in ways(method, letters, bearer, tone_keys[tone]):
                yield syllable, typed


def ways(method: str, letters: str, bearer: int, tone: str) -> set[str]:
    """Ways of typing one syllable: keys at once or late, for each letter or once for `ươ`."""
    keys = [_keys(method, letter) for letter in letters]
    if method == "telex" and "oo" in letters:
        keys[letters.index("oo")] = "o", "o"
        return {"".join(plain + mark for plain, mark in keys) + tone}
    plain = "".join(plain for plain, _ in keys)
    late = "".join(mark for _, mark in _once(keys))
    at_its_vowel = (
        plain + mark + (tone if place == bearer else "")
        for place, (plain, mark) in enumerate(keys)
    )
    found = {
        "".join(plain + mark for plain, mark in keys) + tone,
        "".join(at_its_vowel),
        plain + late + tone,
        plain + tone + late,
    }
    if "ươ" in letters:
        at = letters.index("ươ")
        for first, second in (("", keys[at][1]), (keys[at][1], "")):
            once = [*keys]
            once[at], once[at + 1] = ("u", first), ("o", second)
            found.add("".join(plain + mark for plain, mark in once) + tone)
    if method == "telex" and "ư" in letters and letters[letters.index("ư") - 1 :][:1] != "u":
        at = letters.index("ư")
        alone = [*keys]
        alone[at] = "w", ""
        found.add("".join(plain + mark for plain, mark in alone) + tone)
    return found


def _once(keys: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Marks of which a late one covers both letters: that of `ươ`."""
    return [
        (plain, "" if mark and place and keys[place - 1] == ("u", mark) else mark)
        for place, (plain, mark) in enumerate(keys)
    ]


def _keys(method: str, letter: str) -> tuple[str, str]:
    if letter == "đ":
        return "d", "d" if method == "telex" else "9"
    decomposed = unicodedata.normalize("NFD", letter)
    plain, mark = decomposed[0], decomposed[1:]
    if not mark:
        return plain, ""
    table: Mapping[str, str] = _TELEX if method == "telex" else _VNI
    return plain, table[mark] or plain
