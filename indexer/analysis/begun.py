"""What a syllable may become that is still being typed, or was typed without all its marks."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from indexer.analysis.spelling import bare_form, normal_form, without_tone

_CACHED_FORMS = 1 << 16


def beginnings(token: str) -> tuple[str, ...]:
    """Give what a syllable that may be incomplete can begin with, in normal forms.

    The normal form of `ki` may be another one, since it is taken as a whole syllable; but more
    letters may follow it.

    Args:
        token: A token as it was typed.
    """
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", token).lower())
    return tuple(dict.fromkeys((plain.replace("ð", "đ"), normal_form(token))))


def can_complete(begun: str, form: str) -> bool:
    """Tell whether a syllable may be what somebody has begun to type.

    Marks that are not typed may still come; those that are typed stay: `đuo` may become `đường`,
    but not `dương`. A tone is often typed before the last letters are, and on a letter that will
    not bear it in the end, so only the tone itself counts.

    Args:
        begun: The beginning of a syllable, in NFC and lower case.
        form: A syllable in its normal form.
    """
    return form.startswith(begun) or _may_become(begun, form)


@lru_cache(maxsize=_CACHED_FORMS)
def completes(form: str, term: str) -> bool:
    """Tell whether a form has the letters of a term, all its marks, and maybe more marks.

    Tone marks are compared wherever they stand: the vowel that bears them may change with the
    other marks.

    Args:
        form: A term in its normal form.
        term: Another one.
    """
    return len(_taken_apart(form)[0]) == len(_taken_apart(term)[0]) and _may_become(term, form)


def _may_become(typed: str, form: str) -> bool:
    letters, tone = _taken_apart(typed)
    form_letters, form_tone = _taken_apart(form)
    if (tone and tone != form_tone) or len(letters) > len(form_letters):
        return False
    return all(
        letter in (other, bare_form(other))
        for letter, other in zip(letters, form_letters, strict=False)
    )


_taken_apart = lru_cache(maxsize=_CACHED_FORMS)(without_tone)
