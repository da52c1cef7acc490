"""What is said of how a result matches, where that is not plain to see."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer import Hit, Reason, ReasonKind


@dataclass(frozen=True, slots=True)
class Match:
    """Typed words, and as what they stand in an article."""

    typed: str
    found: str


def told_matches(hits: Sequence[Hit]) -> list[tuple[Match, ...]]:
    """Tell for each of some results what it has in place of what was typed.

    Most of it needs no words, since matches are marked. What is told:

    - abbreviations and what they stand for;
    - another spelling, unless only the tone mark stands elsewhere;
    - a reading of what was typed with fewer marks, where most of the results have another one.

    Args:
        hits: Results that are shown together.
    """
    usual = _usual_readings(hits)
    return [_told(hit.reasons, usual) for hit in hits]


def _told(reasons: Sequence[Reason], usual: Mapping[str, str]) -> tuple[Match, ...]:
    told: list[Match] = []
    abbreviated: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for place, reason in enumerate(reasons):
        found = ", ".join(reason.found)
        match reason.kind:
            case ReasonKind.ABBREVIATION:
                if found not in abbreviated:
                    told.append(Match("", found))
                abbreviated[found].append((place, reason.typed))
            case ReasonKind.SPELLING if not any(
                _letters(form) == _letters(reason.typed) for form in reason.found
            ):
                told.append(Match(reason.typed, found))
            case ReasonKind.MARKS if usual[reason.typed] not in reason.found:
                told.append(Match(reason.typed, found))
    return tuple(
        match if match.typed else Match(_joined(abbreviated[match.found]), match.found)
        for match in told
    )


def _usual_readings(hits: Sequence[Hit]) -> dict[str, str]:
    """Give for each typed word the form that most results have."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for hit in hits:
        for reason in hit.reasons:
            if reason.kind is ReasonKind.MARKS:
                forms[reason.typed].update(reason.found)
            elif reason.kind is ReasonKind.EXACT:
                forms[reason.typed][reason.typed.lower()] += 1
    return {typed: counts.most_common(1)[0][0] for typed, counts in forms.items()}


def _letters(text: str) -> list[str]:
    """Give the letters and marks of a text, wherever the marks stand."""
    return sorted(unicodedata.normalize("NFD", text.lower()))


def _joined(words: Sequence[tuple[int, str]]) -> str:
    """Join typed words that stand for one thing; what was left out between them shows."""
    text = ""
    last = 0
    for place, word in words:
        if text:
            text += " " if place == last + 1 else " … "
        text += word
        last = place
    return text
