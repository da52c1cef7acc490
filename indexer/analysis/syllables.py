"""The syllables that Vietnamese spelling allows: consonants, rimes and tones, and their rules.

A syllable is an onset (or none), a rime and a tone. Its spelling follows rules without exception,
so the syllables can be listed: what a dictionary has of them is a part, but what is not among them
is no Vietnamese word.

- `k gh ngh` stand before `e ê i y`, and `c g ng` before all else.
- `qu` is one consonant; `c` and `k` do not stand before the glides of `oa`, `oe`, `uê`, `uy`.
- `gi` is one consonant, and melts with a rime that begins with `i` (`gì`, `giêng`).
- `iê` without a consonant before it is written `yê`.
- A rime that ends with `c ch p t` has no other tones than sắc and nặng.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from indexer.analysis.spelling import with_tone

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
"""None (ngang), grave (huyền), acute (sắc), tilde (ngã), hook above (hỏi), dot below (nặng)."""

_STOPPED_TONES = ("\u0301", "\u0323")

ONSETS = (
    *("", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh"),
    *("nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x"),
)
_BEFORE_FRONT_VOWELS = frozenset(("k", "gh", "ngh"))
_BEFORE_OTHER_VOWELS = frozenset(("c", "g", "ng"))
_FRONT_VOWELS = frozenset("eêiy")
_WITH_Y_ALONE = frozenset("hklmstv")

_RIMES_BY_VOWEL = """
    a ai ao au ay am an ang anh ap at ac ach
    ăm ăn ăng ăp ăt ăc
    âu ây âm ân âng âp ât âc
    e eo em en eng ep et ec
    ê êu êm ên êng ênh êp êt êch
    i iu im in inh ip it ich
    ia iêu iêm iên iêng iêp iêt iêc
    o oi om on ong op ot oc oong ooc
    ô ôi ôm ôn ông ôp ôt ôc
    ơ ơi ơm ơn ơp ơt
    u ui um un ung up ut uc
    ua uôi uôm uôn uông uôt uôc
    ư ưi ưu ưm ưng ưt ưc
    ưa ươi ươu ươm ươn ương ươp ươt ươc
    oa oai oao oay oam oan oang oanh oap oat oac oach
    oăm oăn oăng oăt oăc
    oe oeo oen oet
    uân uâng uât uây
    uê uêu uênh uêch
    uơ
    uy uya uyu uyn uynh uyp uyt uych uyên uyêt
"""
_RIMES_AFTER_QU = """
    a ai ao au ay am an ang anh ap at ac ach
    ăm ăn ăng ăp ăt ăc
    âu ây âm ân âng âp ât
    e eo em en eng ep et
    ê êu ên ênh êt êch
    i it ich inh
    ôc
    ơ ơi ơn ơt
    y ya yu yn ynh yp yt ych yên yêt
"""
RIMES = tuple(_RIMES_BY_VOWEL.split())
RIMES_OF_QU = tuple(_RIMES_AFTER_QU.split())

_GLIDES = ("oa", "oă", "oe", "uâ", "uê", "uơ", "uy")
_IN_GI = ("i", "im", "in", "it", "ich", "iêu", "iêm", "iên", "iêng", "iêp", "iêt", "iêc")
"""Rimes that begin with the `i` of the onset `gi`."""


@dataclass(frozen=True, slots=True)
class Syllable:
    """A syllable in its parts.

    Attributes:
        onset: The consonant before the rime as it is written; empty if there is none.
        rime: Vowels and final consonant, without the tone mark.
        tone: One of `TONES`.
    """

    onset: str
    rime: str
    tone: str

    @property
    def toneless(self) -> str:
        """Its letters, without the tone mark."""
        if self.onset == "gi" and self.rime[0] == "i":
            return "g" + self.rime
        return self.onset + self.rime


def parse_syllable(text: str) -> Syllable | None:
    """Find the parts of a syllable.

    Args:
        text: Composed lower-case letters, the tone mark in its standard place, either of `i` and
            `y` where both are written.

    Returns:
        The parts, or `None` if the spelling rules do not allow it.
    """
    return syllables().get(text)


@cache
def syllables() -> Mapping[str, Syllable]:
    """Give all syllables by their spelling, with the tone mark in its standard place.

    Syllables that are written with `i` and with `y` are there twice.
    """
    return {
        written: syllable
        for toneless in _toneless()
        for tone in (_STOPPED_TONES if _is_stopped(toneless.rime) else TONES)
        for syllable in [Syllable(toneless.onset, toneless.rime, tone)]
        for written in [with_tone(syllable.toneless, tone)]
        if written is not None
    }


def _toneless() -> Iterator[Syllable]:
    for onset in ONSETS:
        if onset == "qu":
            yield from (Syllable(onset, rime, "") for rime in RIMES_OF_QU)
            continue
        for rime in RIMES:
            if _fits(onset, rime):
                written = "y" + rime[1:] if not onset and rime.startswith("iê") else rime
                yield Syllable(onset, written, "")
        if not onset or onset in _WITH_Y_ALONE:
            yield Syllable(onset, "y", "")


def _fits(onset: str, rime: str) -> bool:
    if onset in _BEFORE_FRONT_VOWELS:
        return rime[0] in _FRONT_VOWELS
    if onset in _BEFORE_OTHER_VOWELS and rime[0] in _FRONT_VOWELS:
        return False
    if onset == "c":
        return not rime.startswith(_GLIDES)
    if onset == "gi" and rime[0] in "iê":
        return rime == "ê" or rime in _IN_GI
    return True


def _is_stopped(rime: str) -> bool:
    return rime.endswith(("c", "ch", "p", "t"))
