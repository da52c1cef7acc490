"""What a query wants to see in an article, in the order in which it was typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from indexer.analysis import Token
from indexer.search.ranking import Forms
from indexer.search.reasons import OneOf, Rows, TypedToken, TypedWord

_Key = tuple[tuple[Forms, ...], str | None]
"""The row of a word, and the field in which it is wanted."""

_Ways = defaultdict[_Key, tuple[Rows | OneOf, ...]]
"""As what else words may stand, each time that they were typed."""


class Wanted:
    """Collects the wanted tokens of a query in rows of neighbours.

    Attributes:
        field: The only text field in which what comes now is wanted, if there is one.
    """

    def __init__(self) -> None:
        self.field: str | None = None
        self._rows: list[list[tuple[str, str, Forms]]] = [[]]
        self._words: dict[_Key, TypedWord] = {}
        self._ways = _Ways(tuple)
        self._outer: list[tuple[_Ways, list[_Ways]]] = []

    def begin_row(self) -> None:
        """What comes now does not stand next to what came before."""
        if self._rows[-1]:
            self._rows.append([])

    def add(self, text: str, tokens: Sequence[Token], row: Sequence[Forms]) -> None:
        """Add a word.

        Args:
            text: What it was typed in.
            tokens: Its tokens in that text.
            row: The forms of each of them.
        """
        typed = [text[token.start : token.end] for token in tokens]
        pairs = list(zip(typed, tokens, row, strict=True))
        self._rows[-1] += [(spelled, token.text, forms) for spelled, token, forms in pairs]
        whole = text[tokens[0].start : tokens[-1].end]
        typed_tokens = tuple(TypedToken(spelled, t.text, forms) for spelled, t, forms in pairs)
        self._add_word(TypedWord(whole, typed_tokens, field=self.field))

    def add_alternatives(self, alternatives: Mapping[tuple[Forms, ...], tuple[Rows, ...]]) -> None:
        """Let words that were added be said otherwise.

        Args:
            alternatives: By the row of a word, as what it may stand each time it was typed.
        """
        for row, each_time in alternatives.items():
            self._ways[row, self.field] += each_time

    def begin_choice(self) -> None:
        """Parts come now of which one is enough."""
        self._outer.append((self._ways, []))

    def begin_part(self) -> None:
        """A part of the choice comes now."""
        self._ways = _Ways(tuple)
        self._outer[-1][1].append(self._ways)

    def end_choice(self) -> None:
        """All parts of the choice have come."""
        self._ways, parts = self._outer.pop()
        for key in dict.fromkeys(key for part in parts for key in part):
            own = tuple(dict.fromkeys(part[key] for part in parts if key in part))
            self._ways[key] += own[0] if len(own) == 1 else (OneOf(own),)

    def add_pattern(self, text: str, forms: Forms) -> None:
        """Add a word of which a part was left open."""
        pattern = TypedToken(text, text, forms, is_pattern=True)
        self._add_word(TypedWord(text, (pattern,), field=self.field))
        self._rows[-1].append((text, text, forms))

    def _add_word(self, word: TypedWord) -> None:
        self._words.setdefault((word.row, word.field), word)

    def rows(self) -> tuple[tuple[Forms, ...], ...]:
        """Give the forms of all tokens."""
        return tuple(tuple(forms for _, _, forms in row) for row in self._rows if row)

    def texts(self) -> list[str]:
        """Give each row in normal forms, with single spaces."""
        return [" ".join(row) for row in self.terms()]

    def terms(self) -> list[list[str]]:
        """Give the normal forms of each row."""
        return [[term for _, term, _ in row] for row in self._rows if row]

    def words(self) -> tuple[TypedWord, ...]:
        """Give the words of each field, each once: spellings of the same are one word."""
        return tuple(
            replace(word, alternatives=self._ways.get(key, ()))
            for key, word in self._words.items()
        )
