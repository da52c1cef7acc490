"""Words that look like operators, and why they are none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from indexer.search.syntax.characters import has_lower_case
from indexer.search.syntax.notices import Notice, notice, replaced
from indexer.search.syntax.tokens import Token

_USUAL_DISTANCE: Final = 5


def unused_operators(
    text: str, found: Sequence[tuple[int, int]], tokens: Sequence[Token]
) -> list[Notice]:
    """Tell of words in capitals that seem to join those beside them.

    Args:
        text: What was typed.
        found: Where words stand that are operators elsewhere: in a text with lower case, or with
            a distance behind.
        tokens: The tokens of the text.
    """
    between = [
        (start, end) for start, end in found if tokens[0].start < start and end < tokens[-1].end
    ]
    if not between:
        return []
    if has_lower_case(text):
        return [_without_distance(text, start, end) for start, end in between]
    start, end = between[0]
    lower = _in_lower_case_but_for(text, between)
    mend = lower if has_lower_case(lower) else None
    return [notice("capital_operator", start, end, mend, part=text[start:end])]


def _without_distance(text: str, start: int, end: int) -> Notice:
    part = text[start:end]
    mend = replaced(text, start, end, f"{part}/{_USUAL_DISTANCE}")
    return notice("bad_distance", start, end, mend, part=part)


def _in_lower_case_but_for(text: str, kept: Sequence[tuple[int, int]]) -> str:
    pieces, done = [], 0
    for start, end in kept:
        pieces += [text[done:start].lower(), text[start:end]]
        done = end
    return "".join([*pieces, text[done:].lower()])
