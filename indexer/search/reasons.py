"""Why an article matches: how each typed word stands in it."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any, NamedTuple

from indexer.analysis import spellings, spellings_of_all
from indexer.search.paragraphs import Paragraph


class ReasonKind(StrEnum):
    """How a word stands in an article, best first.

    `EXACT` as typed, but for case. `SPELLING`: another spelling of the same syllable (`hoà`,
    `hòa`; `kỹ`, `kĩ`). `PATTERN`: as a word that fits what was left open. `MARKS`: with marks that
    were not typed. `ABBREVIATION`: by what it is short for, or what is short for it. `MISSING`:
    not at all.
    """

    EXACT = "exact"
    SPELLING = "spelling"
    PATTERN = "pattern"
    MARKS = "marks"
    ABBREVIATION = "abbreviation"
    MISSING = "missing"


_ORDER = tuple(ReasonKind)


Rows = tuple[tuple[str, ...], ...]
"""Other ways to say a word, each a row of terms that stand side by side."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """A word that was typed in parts of a query of which one is enough.

    Attributes:
        parts: For each of these parts as what it may stand there, each time that it was typed.
    """

    parts: tuple[tuple[Rows | OneOf, ...], ...]


class _Text(NamedTuple):
    """What an article says in some fields.

    Attributes:
        paragraphs: The tokens of each paragraph, in one of their spellings.
        present: All of them.
    """

    paragraphs: Sequence[Sequence[str]]
    present: frozenset[str]


class TypedToken(NamedTuple):
    """One token that was typed.

    Attributes:
        text: As typed.
        term: Its normal form.
        forms: The terms that it stands for.
        is_pattern: Whether a part of it was left open.
    """

    text: str
    term: str
    forms: tuple[str, ...]
    is_pattern: bool = False


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A word or joined name that was typed.

    Attributes:
        typed: As typed.
        tokens: Its tokens.
        alternatives: What else it may stand as, each time that it was typed freely; an article
            must have one of the ways each time.
        field: The only text field in which it is wanted, if there is one.
    """

    typed: str
    tokens: tuple[TypedToken, ...]
    alternatives: tuple[Rows | OneOf, ...] = ()
    field: str | None = None

    @property
    def row(self) -> tuple[tuple[str, ...], ...]:
        """The terms that each token stands for."""
        return tuple(token.forms for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Reason:
    """How one typed word stands in an article.

    Attributes:
        typed: The word as typed.
        kind: How it stands there.
        found: As what, in lower case, where that is not as typed.
        field: The text field in which it was looked for; `None` for all of them.
    """

    typed: str
    kind: ReasonKind
    found: tuple[str, ...] = ()
    field: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the reason as JSON-ready data."""
        return {
            "word": self.typed,
            "kind": self.kind,
            "found": list(self.found),
            "field": self.field,
        }


class ReasonFinder:
    """Tells how the words of a query stand in articles.

    Args:
        words: The words.
    """

    def __init__(self, words: Sequence[TypedWord]) -> None:
        self._words = [_Wanted(word) for word in words]
        self._fields = {word.field for word in words}

    def reasons(self, paragraphs: Sequence[Paragraph]) -> tuple[Reason, ...]:
        """Tell for each word how it stands in the paragraphs of an article."""
        texts = {field: _text(paragraphs, field) for field in self._fields}
        return tuple(word.reason(texts[word.field]) for word in self._words)


class _Wanted:
    """A typed word, with all the ways in which it may stand in an article."""

    def __init__(self, word: TypedWord) -> None:
        self.field = word.field
        self._typed = word.typed
        self._kinds = [_kinds(token) for token in word.tokens]
        self._rows = [frozenset(kinds) for kinds in self._kinds]
        self._alternatives = word.alternatives
        self._reasons: dict[frozenset[tuple[str, ...]], Reason] = {}
        self._exact = self._as(ReasonKind.EXACT)
        self._missing = self._as(ReasonKind.MISSING)
        # Most words are one token, and stand as typed in most articles.
        self._as_typed = frozenset(
            form
            for form, kind in self._kinds[0].items()
            if kind is ReasonKind.EXACT and len(self._kinds) == 1
        )

    def reason(self, text: _Text) -> Reason:
        """Tell how the word stands in a text."""
        if not self._as_typed.isdisjoint(text.present):
            return self._exact
        standing = frozenset(_rows(self._rows, text))
        if standing:
            known = self._reasons.get(standing)
            if known is None:
                known = self._reasons[standing] = self._best(standing)
            return known
        said = _said(self._alternatives, text)
        return self._as(ReasonKind.ABBREVIATION, said) if said else self._missing

    def _best(self, rows: Iterable[tuple[str, ...]]) -> Reason:
        """Give the best way in which any of some rows of tokens is the word."""
        kinds: defaultdict[ReasonKind, set[str]] = defaultdict(set)
        for row in rows:
            of_each = (kinds_of[form] for kinds_of, form in zip(self._kinds, row, strict=True))
            kinds[max(of_each, key=_ORDER.index)].add(" ".join(row))
        best = min(kinds, key=_ORDER.index)
        return self._exact if best is ReasonKind.EXACT else self._as(best, kinds[best])

    def _as(self, kind: ReasonKind, found: Iterable[str] = ()) -> Reason:
        return Reason(self._typed, kind, tuple(sorted(found)), self.field)


def _text(paragraphs: Sequence[Paragraph], field: str | None) -> _Text:
    tokens = [own.tokens for own in paragraphs if field is None or own.field == field]
    return _Text(tokens, frozenset(chain.from_iterable(tokens)))


def _kinds(token: TypedToken) -> dict[str, ReasonKind]:
    """Tell for each spelling of a token's forms how the token stands where that stands."""
    found = spellings_of_all(token.forms)
    if token.is_pattern:
        return dict.fromkeys(found, ReasonKind.PATTERN)
    kinds = dict.fromkeys(found, ReasonKind.MARKS)
    kinds.update(dict.fromkeys(found & spellings(token.term), ReasonKind.SPELLING))
    typed = unicodedata.normalize("NFC", token.text).lower()
    if typed in found:
        kinds[typed] = ReasonKind.EXACT
    return kinds


def _said(each_time: Sequence[Rows | OneOf], text: _Text) -> set[str]:
    """Give the other ways in which a text says a word; none unless it does so each time."""
    said: set[str] = set()
    for time in each_time:
        if isinstance(time, OneOf):
            found = {way for part in time.parts for way in _said(part, text)}
        else:
            rows = (row for terms in time for row in _rows([*map(spellings, terms)], text))
            found = set(map(" ".join, rows))
        if not found:
            return set()
        said |= found
    return said


def _rows(wanted: Sequence[frozenset[str]], text: _Text) -> set[tuple[str, ...]]:
    """Give the distinct rows of tokens, one of each set, that stand side by side somewhere."""
    of_each = [forms & text.present for forms in wanted]
    if not all(of_each):
        return set()
    if len(of_each) == 1:
        return {(form,) for form in of_each[0]}
    size = len(of_each)
    return {
        tuple(tokens[place : place + size])
        for tokens in text.paragraphs
        for place in range(len(tokens) - size + 1)
        if tokens[place] in of_each[0]
        and all(tokens[place + step] in of_each[step] for step in range(1, size))
    }
