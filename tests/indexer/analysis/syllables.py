"""Vietnamese syllables in all the ways in which they are written."""

import unicodedata
from collections.abc import Iterator
from functools import cache

from hypothesis import strategies as st

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"

# The letter that bears the tone mark is the capital one.
_RIMES = (
    "A Ac Ach Ai Am An Ang Anh Ao Ap At Au Ay Ăc Ăm Ăn Ăng Ăp Ăt Âc Âm Ân Âng Âp Ât Âu Ây "
    "E Ec Em En Eng Eo Ep Et Ê Êch Êm Ên Êng Ênh Êp Êt Êu I Ich Im In Inh Ip It Ia Iu iÊc iÊm "
    "iÊn iÊng iÊp iÊt iÊu O Oc Oi Om On Ong oOng oOc Op Ot Oa oAc oAch oAi oAm oAn oAng oAnh oAo "
    "oAp oAt oAy oĂc oĂm oĂn oĂng oĂt Oe oEn oEt oEo Ô Ôc Ôi Ôm Ôn Ông Ôp Ôt Ơ Ơi Ơm Ơn Ơp Ơt "
    "U Uc Ui Um Un Ung Up Ut Ua uÂn uÂng uÂt uÂy uÊ uÊch uÊnh uÊu uÔc uÔi uÔm uÔn uÔng uÔt uƠ "
    "Uy uYa uYch uYn uYnh uYp uYt uYu uyÊn uyÊt "
    "Ư Ưc Ưm Ưng Ưt Ưa Ưi Ưu ươc ươi ươm ươn ương ươp ươt ươu Y yÊc yÊm yÊn yÊng yÊp yÊt yÊu"
)
_RIMES_OF_QU = (
    "A Ac Ach Ai Am An Ang Anh Ao Ap At Au Ay Ăc Ăm Ăn Ăng Ăp Ăt Âm Ân Âng Âp Ât Âu Ây "
    "E Em En Eng Eo Ep Et Ê Êch Ên Ênh Êt Êu Ôc Ơ Ơi Ơn Ơt I It Ich Inh "
    "Y Ya Yu Yn Ynh Yp Yt Ych yÊn yÊt"
)
ONSETS = ("", *_ONSETS.split())
RIMES = tuple(_RIMES.split())
# The mark of `ươ` is on its second letter.
_BEARERS = {rime: rime.replace("ươ", "ưƠ") for rime in RIMES if rime.startswith("ươ")}

VOWELS = frozenset("aăâeêioôơuưy")


def _fits(onset: str, rime: str) -> bool:
    first, letters = rime[0].lower(), rime.lower()
    if letters == "y":
        return onset in ("", "h", "k", "l", "m", "s", "t", "v")
    if onset in ("k", "gh", "ngh"):
        return first in "eêi"
    if onset == "c":
        return first not in "eêiy" and letters[:2] not in (
            "oa",
            "oă",
            "oe",
            "uâ",
            "uê",
            "uơ",
            "uy",
        )
    if onset in ("g", "ng"):
        return first not in "eêiy"
    if onset == "gi":
        return letters == "ê" or first not in "êiy"
    if onset == "":
        return not letters.startswith("iê")
    return first != "y"


@cache
def toneless() -> tuple[tuple[str, int], ...]:
    """Every syllable without its tone mark, and which of its letters bears the mark."""
    pairs = [(onset, rime) for onset in ONSETS for rime in RIMES if onset != "qu"]
    pairs = [pair for pair in pairs if _fits(*pair)]
    pairs += [("qu", rime) for rime in _RIMES_OF_QU.split()]
    pairs += [("g", rime) for rime in RIMES if rime in ("I", "Im", "In", "It", "Ich")]
    pairs += [("g", rime) for rime in RIMES if rime.startswith("iÊ")]
    return tuple(
        dict.fromkeys((onset + rime.lower(), _bearer(onset, rime)) for onset, rime in pairs)
    )


def _bearer(onset: str, rime: str) -> int:
    marked = _BEARERS.get(rime, rime)
    return len(onset) + next(place for place, letter in enumerate(marked) if letter.isupper())


def tones_of(letters: str) -> tuple[str, ...]:
    """The tones that a syllable can have."""
    return ("\u0301", "\u0323") if letters.endswith(("c", "ch", "p", "t")) else TONES


def every_syllable() -> Iterator[str]:
    """Every syllable, its tone mark in the standard place."""
    for letters, place in toneless():
        for tone in tones_of(letters):
            yield with_tone(letters, tone, place)


def with_tone(letters: str, tone: str, place: int) -> str:
    """Letters with a tone mark on one of them."""
    return unicodedata.normalize("NFC", letters[: place + 1] + tone + letters[place + 1 :])


def other_letter(letters: str) -> str:
    """The same word with `y` for `i`, or `i` for `y`, if both are in use; else the same again."""
    if (
        letters.startswith("qu")
        and letters[2:3] in ("i", "y")
        and letters[3:4] not in tuple("êau")
    ):
        return "qu" + ("y" if letters[2] == "i" else "i") + letters[3:]
    if len(letters) == 2 and letters[0] in "hklmstv" and letters[1] in "iy":
        return letters[0] + ("y" if letters[1] == "i" else "i")
    return letters


def normal_letters(letters: str) -> str:
    """The one of both spellings that is the normal one: `i` after `s` and `v`, else `y`."""
    pair = {letters, other_letter(letters)}
    return min(pair) if letters[0] in "sv" else max(pair)


@st.composite
def spellings(draw: st.DrawFn) -> tuple[str, str]:
    """A syllable in its normal form, and the same as somebody may have typed it."""
    letters, bearer = draw(st.sampled_from(toneless()))
    tone = draw(st.sampled_from(tones_of(letters)))
    written = draw(st.sampled_from((letters, other_letter(letters))))
    vowels = [place for place, letter in enumerate(written) if letter in VOWELS]
    typed = with_tone(written, tone, draw(st.sampled_from(vowels)))
    if draw(st.booleans()):
        typed = typed.upper()
    if draw(st.booleans()):
        typed = typed.replace("Đ", "Ð")  # the letter eth
    form = draw(st.sampled_from(("NFC", "NFD", "NFKC", "NFKD")))
    normal = with_tone(normal_letters(letters), tone, bearer)
    return normal, unicodedata.normalize(form, typed)  # type: ignore[arg-type]
