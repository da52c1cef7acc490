"""Dates that are asked for together, although no day is in all of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from indexer.search.syntax.characters import plain_text
from indexer.search.syntax.dates import is_reversed
from indexer.search.syntax.nodes import And, Node, Or, Published, Required, Sequence
from indexer.search.syntax.notices import Notice, notice

_FROM_AND_TO = {(False, True), (True, False)}
"""Which ends are open."""


def disjoint_dates(text: str, root: Node) -> list[Notice]:
    """Note dates of which no day can be in both.

    Args:
        text: What was typed.
        root: Its tree.

    Returns:
        A notice for the first such pair of each part of the query that matches by itself.
    """
    notices = []
    for alternative in root.parts if isinstance(root, Or) else (root,):
        for one, other in combinations(_together(alternative), 2):
            if is_reversed((one.first, other.last)) or is_reversed((other.first, one.last)):
                values = {
                    "part": text[other.start : other.end],
                    "other": text[one.start : one.end],
                }
                mend = _exchanged(text, one, other)
                notices.append(notice("disjoint_dates", other.start, other.end, mend, **values))
                break
    return notices


def _together(node: Node) -> Iterator[Published]:
    """Give the dates in which every match must be."""
    match node:
        case Published():
            yield node
        case Required(part):
            yield from _together(part)
        case Sequence(parts) | And(parts):
            for part in parts:
                yield from _together(part)


def _exchanged(text: str, one: Published, other: Published) -> str | None:
    """Give the text with the dates behind a `từ:` and a `đến:` exchanged."""
    if {(date.first is None, date.last is None) for date in (one, other)} != _FROM_AND_TO:
        return None
    plain = plain_text(text)
    values = [slice(plain.index(":", date.start) + 1, date.end) for date in (one, other)]
    before, between, after = (
        text[: values[0].start],
        text[values[0].stop : values[1].start],
        text[values[1].stop :],
    )
    return before + text[values[1]] + between + text[values[0]] + after
