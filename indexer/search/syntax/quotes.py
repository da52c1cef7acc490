"""Which quotation marks belong together.

People and newspapers mix the marks (`"Ông trùm”`), nest them and forget them, so any mark may
close what any other has opened.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.analysis import token_spans
from indexer.search.syntax.characters import GAP, QUOTE_MARKS

_CLOSING = {"“": "”", "„": "”“", "«": "»"}
_MARKS = re.compile(f"[{QUOTE_MARKS}]+")
_MARK = re.compile(f"[{QUOTE_MARKS}]")
_OPENING_OR_MARK = re.compile(f"“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|[{QUOTE_MARKS}]")
_CLOSING_AGAIN = re.compile(f"[{QUOTE_MARKS}]+(?!\\w)")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A part between marks: where the opening ones are, what is inside, and the last one."""

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
    ends = _ends(plain)
    place = 0
    while marks := _MARKS.search(plain, place):
        start, inside = marks.span()
        if inside - start > 1 and _stands_alone(plain, start, inside):
            place = inside
            continue
        quotation = _nested(plain, start, inside, ends) or _quotation(plain, start, inside, ends)
        if quotation is None:
            lone.append((start, inside))
            place = inside
            continue
        if token_spans(plain[quotation.inside : quotation.close]):
            found[start] = quotation
        place = quotation.end
    return Quotations(found, tuple(lone))


def _ends(plain: str) -> dict[int, int]:
    """Give the place of the mark that ends what each directed mark begins, if one does."""
    ends: dict[int, int] = {}
    for opening, closing in _CLOSING.items():
        begun: list[int] = []
        for mark in _MARK.finditer(plain) if opening in plain else ():
            if mark[0] == opening:
                begun.append(mark.start())
            elif mark[0] in closing and begun:
                ends[begun.pop()] = mark.start()
    return ends


def _nested(plain: str, start: int, end: int, ends: Mapping[int, int]) -> Quotation | None:
    """Give the part that the first of several marks opens, if the next ones open parts inside."""
    if end - start == 1 or set(plain[start:end]) == {'"'}:
        return None
    quotation = _quotation(plain, start, start + 1, ends)
    if quotation is None or not token_spans(plain[quotation.inside : quotation.close]):
        return None
    return quotation


def _quotation(plain: str, start: int, inside: int, ends: Mapping[int, int]) -> Quotation | None:
    """Give the part that the marks from `start` on open, `None` where nothing closes it."""
    close = _close(plain, start, inside, ends)
    if close is None:
        return None
    # Marks after the closing one that open nothing close the same part once more.
    again = _CLOSING_AGAIN.match(plain, close + 1)
    return Quotation(start, inside, again.end() - 1 if again else close)


def _stands_alone(plain: str, start: int, end: int) -> bool:
    """Tell whether several marks have nothing between them: a space or a colon is before them."""
    before, after = plain[start - 1 : start], plain[end : end + 1]
    return before in ("", GAP, ":") and after in ("", GAP, ")")


def _close(plain: str, start: int, inside: int, ends: Mapping[int, int]) -> int | None:
    """Give the place of the mark that closes what the mark at `start` has opened."""
    if plain[start] in _CLOSING:
        last = inside - 1 if plain[inside - 1] == plain[start] else start
        end = ends.get(last)
        # Straight marks in between are quotations inside this one if each has its other half.
        if end is not None and end >= inside and plain.count('"', inside, end) % 2 == 0:
            return end
        mark = _MARK.search(plain, inside)
        return mark.start() if mark else None
    for mark in _OPENING_OR_MARK.finditer(plain, inside):
        if len(mark[0]) == 1:
            return mark.start()
    return None
