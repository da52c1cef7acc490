"""What a syllable may become that is still being typed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from indexer.analysis.spelling import bare_form, normal_form

_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
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
    if form.startswith(begun):
        return True
    tone, letters = _tone_and_letters(begun)
    form_tone, form_letters = _tone_and_letters(form)
    if (tone and tone != form_tone) or len(letters) > len(form_letters):
        return False
    return all(
        letter in (other, bare_form(other))
        for letter, other in zip(letters, form_letters, strict=False)
    )


@lru_cache(maxsize=_CACHED_FORMS)
def _tone_and_letters(form: str) -> tuple[str, str]:
    decomposed = unicodedata.normalize("NFD", form)
    tones = "".join(_TONE.findall(decomposed))
    return tones, unicodedata.normalize("NFC", _TONE.sub("", decomposed))
