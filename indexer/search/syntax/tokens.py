"""The tokens of the grammar: what the lexer gives to the parser."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from indexer.search.syntax.dates import Range


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    PATTERN = auto()
    QUOTE = auto()
    DATES = auto()
    OPEN = auto()
    CLOSE = auto()
    FIELD = auto()
    PLUS = auto()
    MINUS = auto()
    NOT = auto()
    NEAR = auto()
    AND = auto()
    OR = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a query.

    Attributes:
        kind: What it is.
        start: Where it begins in the typed text.
        end: Where it ends.
        text: What it is if it is read as a word: no signs before it and behind it.
        field: Of a FIELD: the field.
        number: Of a QUOTE its slop, of a NEAR its distance.
        dates: Of DATES: the first and the last one.
        glued: Whether a sign or a field stands directly before it and is about it.
    """

    kind: Kind
    start: int
    end: int
    text: str = ""
    field: str = ""
    number: int | None = None
    dates: Range = (None, None)
    glued: bool = False


SIGNS = frozenset((Kind.PLUS, Kind.MINUS))
JOINING = frozenset((Kind.AND, Kind.OR))
OPERATORS = JOINING | {Kind.NOT}
OPERAND_STARTS = frozenset(
    (
        *(Kind.WORD, Kind.PATTERN, Kind.QUOTE, Kind.DATES),
        *(Kind.OPEN, Kind.FIELD, Kind.PLUS, Kind.MINUS, Kind.NOT),
    )
)
OPERAND_ENDS = frozenset((Kind.WORD, Kind.PATTERN, Kind.QUOTE, Kind.DATES, Kind.CLOSE))
ORDINARY = frozenset((Kind.WORD, Kind.QUOTE, Kind.OPEN, Kind.CLOSE))
"""Kinds that a headline may have too."""
