"""Query trees: what the parser hands to an engine.

A leaf is a *term*: one syllable in its normal form, as `indexer.analysis` makes it. Unless a node
names its fields, a term is looked for in every text field of `indexer.schema`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MatchAll:
    """Every article, all with the same score."""


@dataclass(frozen=True, slots=True)
class MatchNone:
    """No article."""


@dataclass(frozen=True, slots=True)
class Term:
    """Articles that hold a syllable."""

    text: str


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Articles that hold any of several forms, which count as one word."""

    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Articles in which words stand one after the other in one paragraph."""

    members: tuple[Term | Synonyms, ...]


@dataclass(frozen=True, slots=True)
class Compound:
    """Articles in which the segmenter saw several syllables as one word.

    `text` is the syllables joined with `_`.
    """

    text: str


@dataclass(frozen=True, slots=True)
class And:
    """Articles that every part matches."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Articles that at least one part matches."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Articles that at least so many of several parts match; an article matches a part once.

    `least` is at least 1; more than there are parts matches nothing.
    """

    least: int
    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that the part does not match."""

    part: Query


@dataclass(frozen=True, slots=True)
class Boosted:
    """Articles that `required` matches; those that `optional` matches too rank higher."""

    required: Query
    optional: Query


Query = (
    MatchAll | MatchNone | Term | Synonyms | Phrase | Compound | And | Or | AtLeast | Not | Boosted
)


def shown_terms(query: Query) -> Iterator[Term | Synonyms | Phrase]:
    """Give the parts of a query whose matches a reader expects to see marked.

    Excluded and merely optional parts are left out.
    """
    match query:
        case Term() | Synonyms() | Phrase():
            yield query
        case And(parts) | Or(parts) | AtLeast(_, parts):
            for part in parts:
                yield from shown_terms(part)
        case Boosted(required, _):
            yield from shown_terms(required)
        case MatchAll() | MatchNone() | Compound() | Not():
            return
