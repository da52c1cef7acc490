"""Tokens to a syntax tree.

A recursive descent, one method for each level of the grammar. `NOT` binds closest of the word
operators, then `AND`, then `OR`; words typed one after the other hold together more closely than
any of them, for most Vietnamese words are more than one syllable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from indexer.errors import QueryError
from indexer.search.syntax.characters import GAP, plain_text, visible
from indexer.search.syntax.disjoint import disjoint_dates
from indexer.search.syntax.explain import Language, explain
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
from indexer.search.syntax.notices import Notice, NoticeKind, notice
from indexer.search.syntax.structure import sound_tokens
from indexer.search.syntax.tokens import SIGNS, Kind, Token

MAX_QUERY_LENGTH: Final = 2_000
"""The longest query text, in characters."""


MAX_NOTICES: Final = 20
"""Of a text with more mistakes the first ones are told; nobody reads more."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query text and what it was understood to say.

    Attributes:
        text: What was typed, without the characters that show nothing (`visible`). Nodes and
            notices tell their places in it.
        root: The tree; `None` for an empty text, which matches everything.
        notices: What is wrong with the text, and what of it may surprise, ascending by place; at
            most `MAX_NOTICES`.
    """

    text: str
    root: Node | None
    notices: tuple[Notice, ...] = ()

    def explained(self, language: Language = "vi") -> str:
        """Write the query as it was understood; reading that gives the same tree.

        Args:
            language: Of operators and fields: `vi` or `en`.

        Returns:
            What `explain` writes, or the text as typed where that is longer than a query may be.
        """
        written = explain(self.root, language)
        return written if len(written) <= MAX_QUERY_LENGTH else self.text


def parse(text: str, *, strict: bool = False) -> Parsed:
    """Read a query text.

    Args:
        text: What was typed, in any normalisation form.
        strict: Whether a mistake is an error; otherwise what is wrong is read as words, with a
            notice.

    Raises:
        QueryError: The text is longer than `MAX_QUERY_LENGTH`, or has a mistake and `strict` is
            set.
    """
    text = visible(text)
    if len(text) > MAX_QUERY_LENGTH:
        raise _too_long(text)
    bounds = _bounds(text)
    if bounds is None:
        return Parsed(text, None)
    lexer = Lexer(text)
    tokens, notices = sound_tokens(text, lexer.tokens, headline=lexer.is_headline())
    notices += lexer.notices
    start, end = bounds
    if tokens:
        root = _Parser(tokens).root()
        notices += disjoint_dates(text, root)
    else:
        root = Word(text[start:end], start=start, end=end)
        notices = [notice("no_words", start, end)]
    ordered = tuple(sorted(notices, key=lambda found: (found.start, found.end)))
    mistakes = [found for found in ordered if found.kind is NoticeKind.MISTAKE]
    if strict and mistakes:
        raise _refusal(text, mistakes[0])
    return Parsed(text, root, ordered[:MAX_NOTICES])


def _bounds(text: str) -> tuple[int, int] | None:
    """Give where a text begins and ends to show something, or `None`."""
    plain = plain_text(text)
    shown = plain.strip(GAP)
    if not shown:
        return None
    start = len(plain) - len(plain.lstrip(GAP))
    return start, start + len(shown)


def _too_long(text: str) -> QueryError:
    length, most = f"{len(text):,}", f"{MAX_QUERY_LENGTH:,}"
    return QueryError(
        f"the query has {length} characters; {most} are possible",
        position=MAX_QUERY_LENGTH,
        length=len(text) - MAX_QUERY_LENGTH,
        message_vi=(
            f"Câu tìm dài {length.replace(',', '.')} ký tự; "
            f"chỉ tìm được {most.replace(',', '.')} ký tự. Hãy rút ngắn câu tìm."
        ),
        part=text[MAX_QUERY_LENGTH:],
        mend=text[:MAX_QUERY_LENGTH],
    )


def _refusal(text: str, mistake: Notice) -> QueryError:
    return QueryError(
        mistake.message_en,
        position=mistake.start,
        length=mistake.end - mistake.start,
        message_vi=mistake.message_vi,
        part=text[mistake.start : mistake.end],
        mend=mistake.mend,
    )


class _Parser:
    """Reads tokens that `sound_tokens` has made a sentence of."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._place = 0

    def root(self) -> Node:
        return self._or()

    def _next(self) -> Kind | None:
        return self._tokens[self._place].kind if self._place < len(self._tokens) else None

    def _take(self) -> Token:
        self._place += 1
        return self._tokens[self._place - 1]

    def _or(self) -> Node:
        parts: list[Node] = []
        while True:
            part = self._and()
            parts += part.parts if isinstance(part, Or) else (part,)
            if self._next() is not Kind.OR:
                break
            self._take()
        if len(parts) == 1:
            return parts[0]
        return Or(tuple(parts), start=parts[0].start, end=parts[-1].end)

    def _and(self) -> Node:
        parts: list[Node] = []
        while True:
            part = self._not()
            parts += part.parts if isinstance(part, And) else (part,)
            if self._next() is Kind.AND:
                self._take()
            elif self._next() is not Kind.NOT:
                break
        if len(parts) == 1:
            return parts[0]
        return And(tuple(parts), start=parts[0].start, end=parts[-1].end)

    def _not(self) -> Node:
        if self._next() is not Kind.NOT:
            return self._sequence()
        start = self._take().start
        part = self._not()
        return Not(part, start=start, end=part.end)

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while self._next() not in (None, Kind.CLOSE, Kind.NOT, Kind.AND, Kind.OR):
            for part in self._items():
                # Parentheses around plain words, as in headlines, group nothing.
                parts += part.parts if isinstance(part, Sequence) and _is_plain(part) else (part,)
        if len(parts) == 1:
            return parts[0]
        return Sequence(tuple(parts), start=parts[0].start, end=parts[-1].end)

    def _items(self) -> list[Node]:
        """Read an operand with its sign, or a chain of operands that `NEAR` joins."""
        sign = self._take() if self._next() in SIGNS else None
        operands = [self._operand()]
        distances: list[int] = []
        while self._next() is Kind.NEAR:
            distances.append(self._take().number or 1)
            operands.append(self._operand())
        items = operands if not distances else []
        for place, distance in enumerate(distances):
            left, right = operands[place : place + 2]
            assert isinstance(left, Word | Quoted)  # noqa: S101
            assert isinstance(right, Word | Quoted)  # noqa: S101
            items.append(Near(left, right, distance, start=left.start, end=right.end))
        return [_signed(sign, item) for item in items]

    def _operand(self) -> Node:
        token = self._take()
        start, end = token.start, token.end
        match token.kind:
            case Kind.OPEN:
                node = self._or()
                self._take()
                return node
            case Kind.FIELD:
                part = self._operand()
                end = max(part.end, self._tokens[self._place - 1].end)
                return InField(token.field, part, start=start, end=end)
            case Kind.DATES:
                first, last = token.dates
                return Published(first, last, start=start, end=end)
            case Kind.QUOTE:
                return Quoted(token.text, token.number, start=start, end=end)
            case Kind.PATTERN:
                return Pattern(token.text, start=start, end=end)
            case _:
                return Word(token.text, start=start, end=end)


def _signed(sign: Token | None, part: Node) -> Node:
    if sign is None:
        return part
    kind = Required if sign.kind is Kind.PLUS else Excluded
    return kind(part, start=sign.start, end=part.end)


def _is_plain(group: Sequence) -> bool:
    return not any(isinstance(part, Required | Excluded) for part in group.parts)
