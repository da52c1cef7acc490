"""One spelling for what is one syllable: the normal form of a token.

A Vietnamese syllable is written in several ways: composed or decomposed code points, upper case,
`Ð` (eth) for `Đ`, and the tone mark on either vowel of `oa`, `oe`, `uy` (`hoà` and `hòa` are
one word, and keyboards also produce `vịêt`). The index knows one of them; the article keeps its
own.

The place of the tone mark follows the rule taught in Vietnamese schools: on the vowel that bears a
diacritic of its own (the second of `ươ`), else on the only vowel, else on the second of two before
a final consonant and the middle one of three, else on the first. `oa`, `oe` and `uy` without a
final consonant take it on the first vowel, as most newspapers print them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
"""Grave (huyền), acute (sắc), tilde (ngã), hook above (hỏi), dot below (nặng)."""

_TONE = re.compile(f"[{_TONES}]")
_MARK = re.compile("[\u0300-\u036f]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")

_SYLLABLE = re.compile(
    r"(?P<onset>qu(?=[aeiyoăâêôơ])|gi(?=[aeoouăâêôơư])"
    r"|ngh|ng|nh|ch|gh|kh|ph|th|tr|[bcdđghklmnpqrstvx])?"
    r"(?P<nucleus>[aeiouyăâêôơư]{1,3})"
    r"(?P<coda>ch|ng|nh|[cmnpt])?"
)
_OWN_DIACRITIC = "ăâêôơư"

_CACHED_FORMS = 1 << 17
_CACHED_SPELLINGS = 1 << 13


@lru_cache(maxsize=_CACHED_FORMS)
def normal_form(token: str) -> str:
    """Give the form under which the index knows a token.

    Args:
        token: A run of letters, digits and combining marks as somebody wrote it.

    Returns:
        The token in NFC and lower case, compatibility variants unified, invisible characters
        removed; where it is a Vietnamese syllable, its tone mark in the standard place.
        Applying it twice changes nothing more.
    """
    form = unicodedata.normalize("NFKC", _INVISIBLE.sub("", token)).lower()
    if form.isascii():
        return form
    form = unicodedata.normalize("NFC", form).replace("ð", "đ")
    return _with_tone_in_place(form)


@lru_cache(maxsize=_CACHED_SPELLINGS)
def spellings(form: str) -> frozenset[str]:
    """Give the composed lower-case spellings of a normal form: those with misplaced tone marks.

    Args:
        form: A normal form; one of its own spellings.
    """
    decomposed = unicodedata.normalize("NFD", form)
    tones = _TONE.findall(decomposed)
    if len(tones) != 1:
        return frozenset((form,))
    toneless = unicodedata.normalize("NFC", _TONE.sub("", decomposed))
    written = (
        unicodedata.normalize("NFC", toneless[:place] + tones[0] + toneless[place:])
        for place in range(1, len(toneless) + 1)
    )
    composed = (other for other in written if len(other) == len(toneless))
    return frozenset((form, *(other for other in composed if normal_form(other) == form)))


@lru_cache(maxsize=_CACHED_FORMS)
def bare_form(term: str) -> str:
    """Take all marks off a term: `đường` becomes `duong`.

    Args:
        term: A term in its normal form.

    Returns:
        The term without tone marks and diacritics, `đ` as `d`.
    """
    if term.isascii():
        return term
    decomposed = unicodedata.normalize("NFD", term)
    return unicodedata.normalize("NFC", _MARK.sub("", decomposed)).replace("đ", "d")


def _with_tone_in_place(form: str) -> str:
    decomposed = unicodedata.normalize("NFD", form)
    tones = _TONE.findall(decomposed)
    if len(tones) != 1:
        return form
    toneless = unicodedata.normalize("NFC", _TONE.sub("", decomposed))
    syllable = _SYLLABLE.fullmatch(toneless)
    if syllable is None:
        return form
    place = syllable.start("nucleus") + _tone_place(syllable["nucleus"], syllable["coda"])
    placed = toneless[: place + 1] + tones[0] + toneless[place + 1 :]
    return unicodedata.normalize("NFC", placed)


def _tone_place(nucleus: str, coda: str | None) -> int:
    for place in range(len(nucleus) - 1, -1, -1):
        if nucleus[place] in _OWN_DIACRITIC:
            return place
    if len(nucleus) == 1:
        return 0
    if len(nucleus) == 3 or coda:
        return 1
    return 0
