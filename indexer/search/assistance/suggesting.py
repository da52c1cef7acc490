"""Completions of what is being typed.

What is typed is a row of syllables, the last of which may be incomplete; a suggestion has them one
after the other, at its beginning or later on. Suggestions are ordered by

    log2(1 + count) × √(typed letters / letters) × 0.6 if later on × 0.5 if marks were added

so that a frequent word is not drowned by rare long ones, nor by words that are only half typed. In
a query without marks all readings are equal. A quarter of the places is kept for titles.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from indexer.analysis import bare_form, beginnings, can_complete, normal_form, tokenize
from indexer.deadline import NO_DEADLINE, Deadline
from indexer.engines.base import Engine
from indexer.engines.completions import Completion, SuggestionKind, Typed
from indexer.search.assistance.answers import Suggestion

_LONGEST = 200
"""Characters beyond which nothing is suggested: nobody completes that much."""

_CANDIDATES = 4
"""How many times as many words and phrases are looked at as are suggested."""

_MORE_TITLES = 4
"""How many more titles are read than are suggested, since some are printed several times."""

_LATER = 0.6
_MARKS_ADDED = 0.5
_TITLE_SHARE = 4


def suggest(
    engine: Engine, text: str, size: int, deadline: Deadline = NO_DEADLINE
) -> list[Suggestion]:
    """Complete what is typed.

    Args:
        engine: What to find completions in.
        text: What is typed so far. White space or a sign at its end ends the last syllable.
        size: The most suggestions to give.
        deadline: When it must be done.

    Raises:
        SearchTimeoutError: The deadline was over before that was done.
    """
    tokens = list(tokenize(text)) if len(text) <= _LONGEST else []
    if not tokens or size < 1:
        return []
    typed = [token.text for token in tokens]
    last = text[tokens[-1].start :] if tokens[-1].end == len(text) else ""
    whole = typed[:-1] if last else typed
    asked = Typed(
        tuple(_readings(engine, syllable) for syllable in whole),
        beginnings(last) if last else (),
    )
    found = engine.completions(asked, _CANDIDATES * size, size + _MORE_TITLES, deadline.left())
    ranked = sorted(found, key=lambda completion: -_score(completion, typed))
    return _mixed(_merged(ranked), size)


def _readings(engine: Engine, syllable: str) -> tuple[str, ...]:
    """Give the forms that a whole syllable may stand for."""
    forms = engine.forms(bare_form(syllable))
    if syllable == bare_form(syllable):
        return tuple(forms)
    if syllable in forms:
        return (syllable,)
    return tuple(form for form in forms if can_complete(syllable, form))


def _score(completion: Completion, typed: Sequence[str]) -> float:
    wanted = " ".join(typed)
    share = min(1.0, len(wanted) / len(completion.text))
    score = math.log2(1 + completion.count) * math.sqrt(share)
    if completion.place:
        score *= _LATER
    if wanted != bare_form(wanted):
        words = " " + " ".join(token.text for token in tokenize(completion.text))
        if " " + wanted not in words:
            score *= _MARKS_ADDED
    return score


def _merged(completions: Sequence[Completion]) -> list[Suggestion]:
    """Make suggestions of completions; what reads the same is one."""
    merged: dict[tuple[str, ...], Suggestion] = {}
    for completion in completions:
        key = tuple(normal_form(word) for word in completion.text.split())
        known = merged.get(key)
        if known is None:
            merged[key] = Suggestion(
                completion.text, completion.kind, completion.count, completion.article_id or None
            )
        elif known.kind == completion.kind == SuggestionKind.TITLE:
            merged[key] = replace(known, count=known.count + completion.count)
    return list(merged.values())


def _mixed(suggestions: Sequence[Suggestion], size: int) -> list[Suggestion]:
    """Take the best suggestions, and some titles whatever their rank."""
    best = list(suggestions[:size])
    missing = size // _TITLE_SHARE - sum(s.kind is SuggestionKind.TITLE for s in best)
    titles = [s for s in suggestions[size:] if s.kind is SuggestionKind.TITLE][: max(0, missing)]
    for title in titles:
        dropped = next(
            place
            for place in range(len(best) - 1, -1, -1)
            if best[place].kind is not SuggestionKind.TITLE
        )
        del best[dropped]
        best.append(title)
    return best
