"""Query trees: what the parser hands to an engine.

A leaf is a *term*: one syllable in its normal form, as `indexer.analysis` makes it. Unless it is
part of a `Within`, a term is looked for in every text field of `indexer.schema`.

How near words stand is counted in syllables of one paragraph. The next word is at distance 1, with
no other word between. Nothing reaches from one paragraph or field into another.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from indexer.analysis import PARAGRAPH_GAP
from indexer.schema import FACETS, TEXT_FIELDS

FARTHEST: Final = PARAGRAPH_GAP - 1
"""The greatest slop of a phrase and the greatest distance of a `Near`.

Paragraphs lie further apart than this, so that no engine has to know where they end.
"""


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
    """Articles in which words stand one after the other in one paragraph.

    There must be one place for each member, each after the place of the member before it, and at
    most `slop` words that are none of these between the first place and the last. It scores what
    its members score together.

    Attributes:
        members: The words; at least one.
        slop: From 0 to `FARTHEST`.

    Raises:
        ValueError: There is no member, or the slop is out of range.
    """

    members: tuple[Term | Synonyms, ...]
    slop: int = 0

    def __post_init__(self) -> None:
        if not self.members:
            raise ValueError("a phrase needs a word")
        if not 0 <= self.slop <= FARTHEST:
            raise ValueError(f"the slop of a phrase is from 0 to {FARTHEST}, not {self.slop}")


@dataclass(frozen=True, slots=True)
class Near:
    """Articles in which words or phrases stand near each other in one paragraph, in any order.

    Take all places of all members in a paragraph, and cut that row wherever a place begins more
    than `distance` after the end of everything before it. One of the pieces must have a place of
    every member, and of each two members places of which one ends before the other begins: a word
    near itself must stand there twice. So of two members one begins at most `distance` after the
    other one ends. The article scores what all words of the members score together.

    Attributes:
        members: The words, and phrases without slop; at least one.
        distance: From 1, which is next to each other, to `FARTHEST`.

    Raises:
        ValueError: There is no member, a phrase has a slop, or the distance is out of range.
    """

    members: tuple[Term | Synonyms | Phrase, ...]
    distance: int

    def __post_init__(self) -> None:
        if not self.members:
            raise ValueError("nearness needs a word")
        if any(isinstance(member, Phrase) and member.slop for member in self.members):
            raise ValueError("a phrase near something must have no slop")
        if not 1 <= self.distance <= FARTHEST:
            raise ValueError(f"a distance is from 1 to {FARTHEST}, not {self.distance}")


@dataclass(frozen=True, slots=True)
class Compound:
    """Articles in which the segmenter saw several syllables as one word.

    `text` is the syllables joined with `_`.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Compounds:
    """Articles that hold any of several compounds, which count as one word.

    Each is written like the text of a `Compound`.
    """

    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HasValue:
    """Articles that have any of several values in a facet, exactly so spelled; without a score.

    Raises:
        ValueError: There is no such facet.
    """

    facet: str
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.facet not in FACETS:
            raise ValueError(f"there is no facet {self.facet!r}; facets are {', '.join(FACETS)}")


@dataclass(frozen=True, slots=True)
class Published:
    """Articles whose publication date overlaps a span of Vietnam days; without a score.

    The rule is that of `indexer.engines.base.Period`: both ends are inclusive, `None` leaves an
    end open, and undated articles match only where both are open.
    """

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class And:
    """Articles that every part matches; their scores are added up."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Articles that at least one part matches; the scores of those that do are added up."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Articles that at least one part matches; only the greatest of the scores counts.

    For readings of one word or expression, which may differ in length and weight: an abbreviation
    and what it stands for are no two things to find.
    """

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Articles that at least so many of several parts match; an article matches a part once.

    The scores of those that match are added up. `least` is at least 1; more than there are parts
    matches nothing.
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


@dataclass(frozen=True, slots=True)
class Weighted:
    """Articles that the part matches; their scores are multiplied by `weight`.

    Raises:
        ValueError: The weight is negative or not a finite number.
    """

    part: Query
    weight: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.weight) and self.weight >= 0):
            raise ValueError(f"a weight is a number from 0 on, not {self.weight}")


@dataclass(frozen=True, slots=True)
class Within:
    """Articles that the part matches, if its words are looked for only in some text fields.

    All words of the part are meant, excluded ones too; one `Within` in another leaves the fields
    that both name. A word scores by its weighted frequency in these fields; how much it tells
    (its idf) and the length of the article stay those of all fields, so that a word is as rare in
    a title as it is anywhere.

    Raises:
        ValueError: There is no such field.
    """

    fields: tuple[str, ...]
    part: Query

    def __post_init__(self) -> None:
        for field in self.fields:
            if field not in TEXT_FIELDS:
                raise ValueError(
                    f"there is no text field {field!r}; fields are {', '.join(TEXT_FIELDS)}"
                )


Query = (
    MatchAll
    | MatchNone
    | Term
    | Synonyms
    | Phrase
    | Near
    | Compound
    | Compounds
    | HasValue
    | Published
    | And
    | Or
    | Either
    | AtLeast
    | Not
    | Boosted
    | Weighted
    | Within
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of a query whose matches a reader expects to see marked.

    Attributes:
        part: The part.
        fields: The text fields in which it is looked for.
    """

    part: Term | Synonyms | Phrase | Near
    fields: frozenset[str]


def shown_terms(query: Query, fields: frozenset[str] = frozenset(TEXT_FIELDS)) -> Iterator[Shown]:
    """Give the parts of a query whose matches a reader expects to see marked.

    Excluded and merely optional parts are left out, and what no text of an article shows.

    Args:
        query: The query.
        fields: The text fields in which it is looked for.
    """
    match query:
        case Term() | Synonyms() | Phrase() | Near():
            yield Shown(query, fields)
        case And(parts) | Or(parts) | Either(parts) | AtLeast(_, parts):
            for part in parts:
                yield from shown_terms(part, fields)
        case Boosted(part, _) | Weighted(part, _):
            yield from shown_terms(part, fields)
        case Within(own, part):
            yield from shown_terms(part, fields.intersection(own))
        case MatchAll() | MatchNone() | Compound() | Compounds() | Not():
            return
        case HasValue() | Published():
            return
