"""One spelling for what is one syllable: the normal form of a token.

A Vietnamese syllable is written in several ways: composed or decomposed code points, marks in any
order, upper case, `Ð` (eth) for `Đ`, the tone mark on either vowel of `oa`, `oe`, `uy` (`hoà` and
`hòa` are one word, and keyboards also produce `vịêt`), and `i` or `y` for one sound (`kĩ`, `kỹ`).
The index knows one of them; the article keeps its own.

The place of the tone mark follows the rule taught in Vietnamese schools: on the vowel that bears a
diacritic of its own (the second of `ươ`), else on the only vowel, else on the second of two before
a final consonant and the middle one of three, else on the first. `oa`, `oe` and `uy` without a
final consonant take it on the first vowel, as most newspapers print them.

`i` and `y` are one letter in two places. Alone after `h k l m s t v` they are the same sound, and
schools and newspapers differ on which to write: `y` is taken after `h k l m t`, `i` after `s v`,
as most newspapers do. After `qu`, where `u` belongs to the consonant, they are the same with a
final consonant too (`quít`, `quýt`). They are kept apart everywhere else: after another vowel
(`tai`, `tay`; `thui`, `thuy`), after other consonants (`Thi`, `Thy`), and alone (`quý I`, `ý`),
where the bare `i` and `y` are numerals and letters of their own.

What is said of a syllable is also said of it without its marks, so that what is typed without
marks meets what was printed with them: the bare form of a normal form is a normal form.
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

_WITH_Y = re.compile("(?:[hklmt]|qu)[iy]|qu[iy](?:ch|nh|[cmnpt])")
_WITH_I = re.compile("[sv][iy]")
"""Toneless syllables that are written with either letter, by the one that is taken."""

_LOOKALIKES = str.maketrans("ðɖ", "đđ")
"""Eth and the d with tail, whose capitals `Ð` and `Ɖ` look like `Đ`."""

_CACHED_FORMS = 1 << 17
_CACHED_SPELLINGS = 1 << 13
_CACHED_SYLLABLES = 1 << 11


@lru_cache(maxsize=_CACHED_FORMS)
def normal_form(token: str) -> str:
    """Give the form under which the index knows a token.

    Args:
        token: A run of letters, digits and combining marks as somebody wrote it.

    Returns:
        The token in NFC and lower case, compatibility variants unified, invisible characters
        removed; where it is a Vietnamese syllable, its tone mark in the standard place, and
        the standard one of `i` and `y`.
        Applying it twice changes nothing more.
    """
    form = unicodedata.normalize("NFKC", _INVISIBLE.sub("", token)).lower()
    if form.isascii():
        return _with_standard_letter(form)
    return _of_syllable(unicodedata.normalize("NFC", form).translate(_LOOKALIKES))


@lru_cache(maxsize=_CACHED_SPELLINGS)
def spellings(form: str) -> frozenset[str]:
    """Give the composed lower-case spellings of a normal form.

    They differ in the place of the tone mark, and in `i` or `y`.

    Args:
        form: A normal form; one of its own spellings.
    """
    toneless, tone = without_tone(form)
    if len(tone) > 1:
        return frozenset((form,))
    written = (
        unicodedata.normalize("NFC", letters[:place] + tone + letters[place:])
        for letters in _with_either_letter(toneless)
        for place in range(1, len(letters) + 1)
    )
    composed = (other for other in written if len(other) == len(toneless))
    return frozenset((form, *(other for other in composed if normal_form(other) == form)))


@lru_cache(maxsize=_CACHED_SYLLABLES)
def spellings_of_all(forms: tuple[str, ...]) -> frozenset[str]:
    """Give the spellings of several normal forms, which one syllable may stand for."""
    return frozenset().union(*map(spellings, forms))


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
    bare = unicodedata.normalize("NFC", _MARK.sub("", decomposed)).replace("đ", "d")
    # Foreign letters (`mï`) can leave a syllable that is written otherwise.
    return _with_standard_letter(bare)


def _of_syllable(form: str) -> str:
    toneless, tone = without_tone(form)
    if len(tone) != 1:
        return form
    return with_tone(_with_standard_letter(toneless), tone) or form


def without_tone(form: str) -> tuple[str, str]:
    """Take the tone mark off a token.

    Args:
        form: The token in composed lower-case letters.

    Returns:
        The rest of it, composed, and the combining mark; several marks if it has several.
    """
    decomposed = unicodedata.normalize("NFD", form)
    tone = "".join(_TONE.findall(decomposed))
    return unicodedata.normalize("NFC", _TONE.sub("", decomposed)), tone


def with_tone(toneless: str, tone: str) -> str | None:
    """Write the tone mark of a syllable in its standard place.

    Args:
        toneless: The syllable in composed lower-case letters, without a tone mark.
        tone: The combining mark, or nothing.

    Returns:
        The syllable, composed; `None` if the letters are not built like a syllable.
    """
    syllable = _SYLLABLE.fullmatch(toneless)
    if syllable is None:
        return None
    place = syllable.start("nucleus") + _tone_place(syllable["nucleus"], syllable["coda"]) + 1
    return unicodedata.normalize("NFC", toneless[:place] + tone + toneless[place:])


def _with_standard_letter(toneless: str) -> str:
    if _WITH_Y.fullmatch(toneless):
        return toneless.replace("i", "y")
    if _WITH_I.fullmatch(toneless):
        return toneless.replace("y", "i")
    return toneless


def _with_either_letter(toneless: str) -> tuple[str, ...]:
    if _WITH_Y.fullmatch(toneless):
        return toneless, toneless.replace("y", "i")
    if _WITH_I.fullmatch(toneless):
        return toneless, toneless.replace("i", "y")
    return (toneless,)


def _tone_place(nucleus: str, coda: str | None) -> int:
    for place in range(len(nucleus) - 1, -1, -1):
        if nucleus[place] in _OWN_DIACRITIC:
            return place
    if len(nucleus) == 1:
        return 0
    if len(nucleus) == 3 or coda:
        return 1
    return 0
