"""Which quotation marks belong together.

People and newspapers mix the marks (`"Ông trùm”`), nest them and forget them, so any mark may
close what any other has opened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.analysis import token_spans
from indexer.search.syntax.characters import GAP, QUOTE_MARKS

_CLOSING = {"“": "”", "„": "”“", "«": "»"}
_MARKS = re.compile(f"[{QUOTE_MARKS}]+")
_MARK = re.compile(f"[{QUOTE_MARKS}]")
_OPENING_OR_MARK = re.compile(f"“[^“”]*”|«[^«»]*»|[{QUOTE_MARKS}]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A part between marks: where the opening ones are, what is inside, and the closing one."""

    start: int
    inside: int
    close: int

    @property
    def end(self) -> int:
        """The place after the closing mark."""
        return self.close + 1


@dataclass(frozen=True, slots=True)
class Quotations:
    """All quotation marks of a text.

    Attributes:
        of_start: The parts between two marks that hold a word, by where they start.
        lone: Marks without another half, as (start, end).
    """

    of_start: dict[int, Quotation]
    lone: tuple[tuple[int, int], ...]


def find_quotations(plain: str) -> Quotations:
    """Pair the quotation marks of a text from left to right.

    Args:
        plain: What `plain_text` gave.
    """
    found: dict[int, Quotation] = {}
    lone: list[tuple[int, int]] = []
    place = 0
    while marks := _MARKS.search(plain, place):
        start, inside = marks.span()
        if inside - start > 1 and _stands_alone(plain, start, inside):
            place = inside
            continue
        close = _close(plain, start, inside)
        if close is None:
            lone.append((start, inside))
            place = inside
            continue
        if token_spans(plain[inside:close]):
            found[start] = Quotation(start, inside, close)
        place = close + 1
    return Quotations(found, tuple(lone))


def _stands_alone(plain: str, start: int, end: int) -> bool:
    """Tell whether several marks have nothing between them: a space or a colon is before them."""
    before, after = plain[start - 1 : start], plain[end : end + 1]
    return before in ("", GAP, ":") and after in ("", GAP, ")")


def _close(plain: str, start: int, inside: int) -> int | None:
    """Give the place of the mark that closes what the mark at `start` has opened."""
    own = _CLOSING.get(plain[start])
    if own is not None:
        places = [place for mark in own if (place := plain.find(mark, inside)) >= 0]
        close = min(places, default=inside)
        straight = plain.count('"', start + 1, close)
        # Straight marks in between are a quotation inside this one if each has its other half.
        if places and plain[start] not in plain[inside:close] and straight % 2 == 0:
            return close
        mark = _MARK.search(plain, inside)
        return mark.start() if mark else None
    for mark in _OPENING_OR_MARK.finditer(plain, inside):
        if len(mark[0]) == 1:
            return mark.start()
    return None
