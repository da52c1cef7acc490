"""Vietnamese syllables in all the ways in which they are written."""

import unicodedata

from hypothesis import strategies as st

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"

# The letter that bears the tone mark is the capital one.
_RIMES = (
    "A Ac Ach Ai Am An Ang Anh Ao Ap At Au Ay Ăc Ăm Ăn Ăng Ăp Ăt Âc Âm Ân Âng Âp Ât Âu Ây "
    "E Ec Em En Eng Eo Ep Et Ê Êch Êm Ên Ênh Êp Êt Êu I Ich Im In Inh Ip It Ia Iu iÊc iÊm iÊn "
    "iÊng iÊp iÊt iÊu O Oc Oi Om On Ong Op Ot Oa oAc oAch oAi oAn oAng oAnh oAt oAy oĂc oĂn oĂng "
    "oĂt Oe oEn oEt oEo Ô Ôc Ôi Ôm Ôn Ông Ôp Ôt Ơ Ơi Ơm Ơn Ơp Ơt U Uc Ui Um Un Ung Up Ut Ua "
    "uÂn uÂng uÂt uÂy uÊ uÔc uÔi uÔm uÔn uÔng uÔt uƠ Uy uYa uYch uYnh uYt uYu uyÊn uyÊt "
    "Ư Ưc Ưng Ưt Ưa Ưi Ưu ươc ươi ươm ươn ương ươp ươt ươu Y yÊm yÊn yÊt yÊu"
)
ONSETS = tuple(_ONSETS.split())
RIMES = tuple(_RIMES.split())
# The mark of `ươ` is on its second letter.
_BEARERS = {rime: rime.replace("ươ", "ưƠ") for rime in RIMES if rime.startswith("ươ")}

VOWELS = frozenset("aăâeêioôơuưy")


def _fits(onset: str, rime: str) -> bool:
    first = rime[0].lower()
    if onset in ("k", "gh", "ngh"):
        return first in "eêiy"
    if onset in ("c", "g", "ng"):
        return first not in "eêiy"
    if onset == "gi":
        return first not in "iy" and rime.lower() != "iê"
    if onset == "qu":
        return first in "aăâeêyơ"
    return onset == "" or not rime.startswith("y")


@st.composite
def spellings(draw: st.DrawFn) -> tuple[str, str]:
    """A syllable in its normal form, and the same as somebody may have typed it."""
    rime = draw(st.sampled_from(RIMES))
    onset = draw(st.sampled_from([o for o in ("", *ONSETS) if _fits(o, rime)]))
    tone = draw(st.sampled_from(TONES))
    marked = _BEARERS.get(rime, rime)
    bearer = next(place for place, letter in enumerate(marked) if letter.isupper())
    toneless = onset + marked.lower()
    normal = len(onset) + bearer
    vowels = [place for place, letter in enumerate(toneless) if letter in VOWELS]
    typed_at = draw(st.sampled_from(vowels))
    typed = _with_tone(toneless, tone, typed_at)
    if draw(st.booleans()):
        typed = typed.upper()
    if draw(st.booleans()):
        typed = typed.replace("Đ", "Ð")  # the letter eth
    form = draw(st.sampled_from(("NFC", "NFD", "NFKC", "NFKD")))
    return _with_tone(toneless, tone, normal), unicodedata.normalize(form, typed)  # type: ignore[arg-type]


def _with_tone(text: str, tone: str, place: int) -> str:
    return unicodedata.normalize("NFC", text[: place + 1] + tone + text[place + 1 :])
