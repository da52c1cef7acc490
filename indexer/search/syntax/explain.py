"""A syntax tree to the text that says it best."""

from __future__ import annotations

from enum import IntEnum
from typing import Literal

from indexer.search.syntax.characters import has_lower_case
from indexer.search.syntax.dates import write_dates
from indexer.search.syntax.fields import display_name
from indexer.search.syntax.lexer import Lexer
from indexer.search.syntax.nodes import (
    And,
    Excluded,
    InField,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Published,
    Quoted,
    Required,
    Sequence,
    Word,
)
from indexer.search.syntax.tokens import Kind

Language = Literal["vi", "en"]

_OPERATORS = {
    "vi": {"and": "VÀ", "or": "HOẶC", "not": "KHÔNG", "near": "GẦN"},
    "en": {"and": "AND", "or": "OR", "not": "NOT", "near": "NEAR"},
}


class _Level(IntEnum):
    """What binds more closely is greater."""

    OR = 0
    AND = 1
    NOT = 2
    SEQUENCE = 3
    SIGN = 4
    NEAR = 5
    OPERAND = 6


def explain(root: Node | None, language: Language = "vi") -> str:
    """Write a query as it was understood.

    Reading what this writes gives the same tree, if the tree came from reading a text.

    Args:
        root: The tree, or `None` for a query that matches everything.
        language: Of operators and fields: `vi` or `en`.
    """
    if root is None:
        return ""
    text = _Writer(language, operators=False).write(root)
    if has_lower_case(text):
        # Only beside lower case are words in capitals operators, and need to be told from them.
        text = _Writer(language, operators=True).write(root)
    return text


class _Writer:
    def __init__(self, language: Language, *, operators: bool) -> None:
        self._names = _OPERATORS[language]
        self._language: Language = language
        self._operators = operators

    def write(self, node: Node, level: _Level = _Level.OR) -> str:
        """Write a node, in parentheses where it stands beside what binds more closely."""
        text, own = self._written(node)
        return text if own >= level else f"({text})"

    def _written(self, node: Node) -> tuple[str, _Level]:
        match node:
            case Or(parts):
                return self._joined(parts, f" {self._names['or']} ", _Level.AND), _Level.OR
            case And(parts):
                return self._joined(parts, f" {self._names['and']} ", _Level.NOT), _Level.AND
            case Not(part):
                return f"{self._names['not']} {self.write(part, _Level.NOT)}", _Level.NOT
            case Sequence(parts):
                return self._joined(parts, " ", _Level.SIGN), _Level.SEQUENCE
            case Required(part):
                return self._signed("+", part), _Level.SIGN
            case Excluded(part):
                return self._signed("-", part), _Level.SIGN
            case Near(left, right, distance):
                sides = (self.write(left, _Level.OPERAND), self.write(right, _Level.OPERAND))
                return f" {self._names['near']}/{distance} ".join(sides), _Level.NEAR
            case InField(field, part):
                return self._in_field(field, part), _Level.OPERAND
            case Published(first, last):
                field, value = write_dates((first, last))
                return f"{display_name(field, self._language)}:{value}", _Level.OPERAND
            case Quoted(text, slop):
                return f'"{text}"' + ("" if slop is None else f"~{slop}"), _Level.OPERAND
            case Pattern(text):
                return text, _Level.OPERAND
            case Word(text):
                return self._word(text), _Level.OPERAND

    def _joined(self, parts: tuple[Node, ...], by: str, level: _Level) -> str:
        return by.join([self.write(part, level) for part in parts])

    def _signed(self, sign: str, part: Node) -> str:
        text = self.write(part, _Level.NEAR)
        first = text.lstrip("\\")[:1]
        return sign + (text if first.isalpha() or first in '("' else f"({text})")

    def _in_field(self, field: str, part: Node) -> str:
        name = f"{display_name(field, self._language)}:"
        match part:
            case Quoted() | Pattern():
                return name + self.write(part)
            case Word(text) if _reads_as_word(text, operators=self._operators, before=name):
                return name + text
            case _:
                return f"{name}({self.write(part)})"

    def _word(self, text: str) -> str:
        alone = _reads_as_word(text, operators=self._operators)
        # A query without a letter and a digit is one word that is read as it is.
        return text if alone or not any(map(str.isalnum, text)) else f"\\{text}"


def _reads_as_word(text: str, *, operators: bool, before: str = "") -> bool:
    """Tell whether a text, typed as it is, is read as one word and nothing else.

    Args:
        text: The text of a word or a pattern.
        operators: Whether words in capitals may be operators.
        before: What stands directly before it: nothing, or the name of a field and a colon.
    """
    if text.isalnum() and (not operators or has_lower_case(text)):
        return True
    tokens = Lexer(before + text, operators=operators).tokens
    if len(tokens) != (2 if before else 1):
        return False
    return (tokens[-1].kind, tokens[-1].text) == (Kind.WORD, text)
