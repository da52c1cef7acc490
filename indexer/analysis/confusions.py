"""What a typist may have meant: the syllables that are easily confused with one.

Three kinds of slips lead from one syllable to another, each with a cost:

- *Marks*: hỏi and ngã sound the same to half of the country, and marks are forgotten.
- *Sounds*: s/x, tr/ch, d/gi/r/v and n/l in the north, n/ng and t/c at the end in the south; and
  spellings of one sound, as c/k/q, g/gh, ng/ngh, i/y.
- *Keys*: see `mistypes`.

Slips of marks and sounds may come together, as the letters before the vowel, the rime and the tone
are each mistaken on their own; their costs are summed. What comes of it are syllables that the
spelling rules allow, not words: an index knows which of them exist. A word that is no syllable
(`facebok`) is varied by its keys alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from operator import itemgetter

from indexer.analysis.mistypes import ANY, VIETNAMESE, intended
from indexer.analysis.spelling import bare_form, normal_form, without_tone
from indexer.analysis.syllables import ONSETS, RIMES, RIMES_OF_QU, TONES, syllables

MOST_CONFUSIONS = 300
"""The most that a syllable gets."""

LONGEST_TERM = 16
"""Longer terms get none, in letters."""

_SAME_SOUND = 0.1
_MARK_MISSING, _MARK_WRONG, _MARKS_WRONG = 0.2, 0.3, 0.4
_HOOK_OR_TILDE, _TONE_MISSING, _TONE_EXTRA, _TONE_WRONG = 0.15, 0.25, 0.35, 0.45
_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = TONES[1:]

_ONSET_PAIRS = (
    *(("s", "x", 0.3), ("tr", "ch", 0.3), ("n", "l", 0.4), ("d", "đ", 0.2)),
    *(("d", "gi", 0.3), ("d", "r", 0.4), ("d", "v", 0.4)),
    *(("gi", "r", 0.4), ("gi", "v", 0.4), ("r", "v", 0.4)),
)
_FOREIGN_ONSETS = (
    *(("f", "ph", 0.2), ("z", "d", 0.2), ("z", "gi", 0.3), ("j", "gi", 0.2)),
    ("dd", "đ", 0.1),  # keys of Telex
)
_FINAL_PAIRS = (
    *(("n", "ng", 0.35), ("t", "c", 0.35), ("n", "nh", 0.4), ("t", "ch", 0.4)),
    *(("nh", "ng", 0.4), ("ch", "c", 0.4)),
)
_VOWEL_PAIRS = (
    *(("ai", "ay", 0.35), ("ui", "uy", 0.35), ("ao", "au", 0.4), ("eo", "êu", 0.4)),
    *(("iê", "i", 0.4), ("ươ", "ư", 0.4), ("uô", "u", 0.4), ("uô", "ô", 0.4)),
    *(
        ("y", "i", 0.1),
        ("ươu", "iêu", 0.3),
        ("ưu", "iu", 0.3),
        ("oe", "uê", 0.3),
        ("oa", "ua", 0.3),
    ),
)
_FINALS = ("ch", "ng", "nh", "c", "m", "n", "p", "t")
_VOWELS = frozenset("aăâeêioôơuưy")
_OF_IE = frozenset(("êc", "êm", "ên", "êp", "êt", "êu"))
_BY_RULE = {"k": "c", "gh": "g", "ngh": "ng", "q": "c"}
"""Onsets that are one sound, and which of them is written is the vowel's choice."""


def confusions(term: str) -> Iterator[tuple[str, float]]:
    """Give what somebody may have meant who typed a term.

    Args:
        term: A normal form. One without any mark also gets terms without marks, for queries that
            are typed without them.

    Yields:
        Another normal form, and a cost above 0 and at most 1; ascending by cost, each form once.
        At most `MOST_CONFUSIONS` for a syllable, and some 35 for each letter of another word.
    """
    found: dict[str, float] = {}
    letters, tone = without_tone(term)
    tone = "".join(dict.fromkeys(tone))  # with its letter, the mark may be doubled: `củủa`
    if not letters.isalpha() or len(letters) > LONGEST_TERM or len(tone) > 1:
        return
    parts = _parts(letters)
    slips = [_misheard(*parts, tone, letters.isascii() and not tone)] if parts else []
    slips.append(_mistyped(letters, tone, is_syllable=parts is not None))
    for slip in slips:
        for form, cost in slip:
            if cost <= found.get(form, 1.0):
                found[form] = cost
    found.pop(term, None)
    best = sorted(found.items(), key=itemgetter(1, 0))
    yield from best[:MOST_CONFUSIONS] if parts else best


def _misheard(onset: str, rime: str, tone: str, is_bare: bool) -> Iterator[tuple[str, float]]:
    tones = _tones(tone)
    for (head, head_cost), (tail, tail_cost) in product(_onsets(onset, rime), _rimes(rime)):
        letters = _written(head, tail)
        cost = head_cost + tail_cost
        for meant, tone_cost in tones:
            form = _forms().get((letters, meant))
            if form is not None:
                yield form, max(_SAME_SOUND, round(cost + tone_cost, 2))
        if is_bare and bare_form(letters) in _bare_forms():
            yield normal_form(bare_form(letters)), max(_SAME_SOUND, round(cost, 2))


def _mistyped(letters: str, tone: str, *, is_syllable: bool) -> Iterator[tuple[str, float]]:
    is_bare = letters.isascii() and not tone
    # Of two letters that are no syllable, anything could be meant.
    is_other_word = not is_syllable and len(letters) > 2
    for text, cost in intended(letters, ANY if is_bare else VIETNAMESE):
        if (text, tone) in _forms():
            yield _forms()[text, tone], cost
        if not tone:
            for meant in TONES[1:]:
                if (text, meant) in _forms():
                    yield _forms()[text, meant], round(cost + _TONE_MISSING, 2)
        if is_bare and text.isascii() and (is_other_word or text in _bare_forms()):
            yield normal_form(text), cost


def _parts(letters: str) -> tuple[str, str] | None:
    """Cut letters into onset and rime, also where they break the rules of spelling."""
    for onset in _known_onsets():
        rest = letters[len(onset) :]
        if onset == "gi" and (rest[:1] not in _VOWELS or rest[:2] in _OF_IE):
            rest = "i" + rest  # `gi` melts with it: `gìn`, `giêng`
        if letters.startswith(onset) and rest and bare_form(rest) in _rimes_by_bare():
            return onset, rest
    return None


def _onsets(onset: str, rime: str) -> Sequence[tuple[str, float]]:
    """Give the onsets that may be meant; with what they take of the rime in front."""
    found = [(onset, 0.0), *_pairs(onset)]
    if onset in ("c", "k", "q") and rime[0] in "ou":
        found.append(("qu/", 0.2))
    elif onset == "qu":
        found += [("c/u", 0.2), ("c/o", 0.2)]
    return found


def _written(onset: str, rime: str) -> str:
    """Spell an onset and a rime as the rules want it."""
    onset, slash, front = onset.partition("/")
    if slash:
        rime = front + rime if front else rime[1:]
    onset = _BY_RULE.get(onset, onset)
    if rime.startswith(("iê", "yê")):
        rime = ("y" if onset in ("", "qu") else "i") + rime[1:]
    is_front = rime[:1] in ("e", "ê", "i", "y")
    if onset == "c" and is_front:
        onset = "k"
    elif onset in ("g", "ng") and is_front:
        onset += "h"
    elif onset == "gi" and rime.startswith("i"):
        onset = "g"
    return onset + rime


@cache
def _pairs(onset: str) -> tuple[tuple[str, float], ...]:
    found = [(b, cost) for a, b, cost in (*_ONSET_PAIRS, *_FOREIGN_ONSETS) if a == onset]
    return (*found, *((a, cost) for a, b, cost in _ONSET_PAIRS if b == onset))


@cache
def _rimes(rime: str) -> tuple[tuple[str, float], ...]:
    """Give the rimes that may be meant."""
    found = {rime: 0.0}

    def add(meant: str, cost: float) -> None:
        if meant in _all_rimes():
            found[meant] = min(cost, found.get(meant, 1.0))

    for meant in _rimes_by_bare()[bare_form(rime)]:
        add(meant, _cost_of_marks(rime, meant))
    final = next((final for final in _FINALS if rime.endswith(final)), "")
    stem = rime.removesuffix(final)
    for one, other, cost in _FINAL_PAIRS:
        if final in (one, other):
            add(stem + (other if final == one else one), cost)
    for one, other, cost in _VOWEL_PAIRS:
        for typed, meant in ((one, other), (other, one)):
            if stem == typed:
                add(meant + final, cost)
            elif stem.startswith(typed) and len(stem) == len(typed) + 1:
                add(meant + stem[len(typed) :] + final, cost)
    return tuple(found.items())


def _cost_of_marks(typed: str, meant: str) -> float:
    costs = [
        _MARK_MISSING if one == bare_form(one) else _MARK_WRONG
        for one, other in zip(typed, meant, strict=True)
        if one != other
    ]
    # Both marks of `ươ` are one slip.
    return min(sum(costs), _MARKS_WRONG if _MARK_WRONG in costs else _MARK_WRONG)


@cache
def _tones(tone: str) -> tuple[tuple[str, float], ...]:
    def cost(meant: str) -> float:
        if meant == tone:
            return 0.0
        if {meant, tone} == {_HOOK, _TILDE}:
            return _HOOK_OR_TILDE
        if not tone:
            return _TONE_MISSING
        return _TONE_WRONG if meant else _TONE_EXTRA

    return tuple((meant, cost(meant)) for meant in TONES)


@cache
def _forms() -> Mapping[tuple[str, str], str]:
    """The normal form of each syllable by its letters and its tone."""
    return {(s.toneless, s.tone): normal_form(text) for text, s in syllables().items()}


@cache
def _bare_forms() -> frozenset[str]:
    return frozenset(bare_form(letters) for letters, _ in _forms())


@cache
def _known_onsets() -> tuple[str, ...]:
    """All onsets, and letters that are typed for one; longest first."""
    known = {*ONSETS, "q", *(a for a, _, _ in _FOREIGN_ONSETS)}
    return tuple(sorted(known, key=lambda onset: (-len(onset), onset)))


@cache
def _all_rimes() -> frozenset[str]:
    return frozenset((*RIMES, *RIMES_OF_QU))


@cache
def _rimes_by_bare() -> Mapping[str, Sequence[str]]:
    found = defaultdict(list)
    for rime in sorted(_all_rimes()):
        found[bare_form(rime)].append(rime)
        if rime.startswith("iê"):
            found["y" + bare_form(rime)[1:]].append("y" + rime[1:])
    return found
