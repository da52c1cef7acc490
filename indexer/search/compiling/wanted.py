"""What a query wants to see in an article, in the order in which it was typed."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.analysis import Token
from indexer.search.ranking import Forms
from indexer.search.reasons import TypedToken, TypedWord


class Wanted:
    """Collects the wanted tokens of a query in rows of neighbours."""

    def __init__(self) -> None:
        self._rows: list[list[tuple[str, str, Forms]]] = [[]]
        self._words: dict[tuple[Forms, ...], TypedWord] = {}

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
        self._words.setdefault(tuple(row), TypedWord(whole, typed_tokens))

    def add_pattern(self, text: str, forms: Forms) -> None:
        """Add a word of which a part was left open."""
        pattern = TypedToken(text, text, forms, is_pattern=True)
        self._words.setdefault((forms,), TypedWord(text, (pattern,)))
        self._rows[-1].append((text, text, forms))

    def rows(self) -> tuple[tuple[Forms, ...], ...]:
        """Give the forms of all tokens."""
        return tuple(tuple(forms for _, _, forms in row) for row in self._rows if row)

    def texts(self) -> list[str]:
        """Give each row as it was typed, with single spaces."""
        return [" ".join(typed for typed, _, _ in row) for row in self._rows if row]

    def terms(self) -> list[list[str]]:
        """Give the normal forms of each row."""
        return [[term for _, term, _ in row] for row in self._rows if row]

    def words(self) -> tuple[TypedWord, ...]:
        """Give the words, each once: spellings that stand for the same are one word."""
        return tuple(self._words.values())
