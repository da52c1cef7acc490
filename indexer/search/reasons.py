"""Why an article matches: how each typed word stands in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from corpus import Article
from indexer.analysis import common_text, spellings, token_texts
from indexer.schema import TEXT_FIELDS, text_of


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
        alternatives: What else it may stand as: terms in a row, each of them.
    """

    typed: str
    tokens: tuple[TypedToken, ...]
    alternatives: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """How one typed word stands in an article.

    Attributes:
        typed: The word as typed.
        kind: How it stands there.
        found: As what, in lower case, where that is not as typed.
    """

    typed: str
    kind: ReasonKind
    found: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give the reason as JSON-ready data."""
        return {"word": self.typed, "kind": self.kind, "found": list(self.found)}


def reasons(article: Article, words: Iterable[TypedWord]) -> tuple[Reason, ...]:
    """Tell for each typed word how it stands in an article."""
    present = _tokens(article)
    return tuple(_reason(word, present) for word in words)


def _reason(word: TypedWord, present: frozenset[str]) -> Reason:
    of_tokens = [_found(token, present) for token in word.tokens]
    kind = max((kind for kind, _ in of_tokens), key=_ORDER.index)
    if kind is ReasonKind.MISSING:
        for terms in word.alternatives:
            spelled = [_as_found((term,), present) for term in terms]
            if all(spelled):
                text = " ".join(found[0] for found in spelled)
                return Reason(word.typed, ReasonKind.ABBREVIATION, (text,))
        return Reason(word.typed, ReasonKind.MISSING)
    if kind is ReasonKind.EXACT:
        return Reason(word.typed, kind)
    if len(of_tokens) == 1:
        return Reason(word.typed, kind, of_tokens[0][1])
    return Reason(word.typed, kind, (" ".join(found[0] for _, found in of_tokens),))


def _found(token: TypedToken, present: frozenset[str]) -> tuple[ReasonKind, tuple[str, ...]]:
    if token.is_pattern:
        found = _as_found(token.forms, present)
        return (ReasonKind.PATTERN, found) if found else (ReasonKind.MISSING, ())
    typed = unicodedata.normalize("NFC", token.text).lower()
    if typed in present:
        return ReasonKind.EXACT, (typed,)
    if found := _as_found((token.term,), present):
        return ReasonKind.SPELLING, found
    if found := _as_found(token.forms, present):
        return ReasonKind.MARKS, found
    return ReasonKind.MISSING, ()


def _as_found(forms: Sequence[str], present: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted({s for form in forms for s in spellings(form)} & present))


def _tokens(article: Article) -> frozenset[str]:
    texts = (text for field in TEXT_FIELDS for text in text_of(article, field))
    return frozenset(token for text in texts for token in token_texts(text, common_text(text)))
