"""Query classes that Whoosh lacks. Whoosh's searcher runs them, slowly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from whoosh.matching import ListMatcher, Matcher, WrappingMatcher
from whoosh.query import And, Query
from whoosh.query.compound import CompoundQuery
from whoosh.query.spans import SpanNear2

from indexer.columnar.whoosh_queries.synonyms import SynonymMatcher


class AtLeast(CompoundQuery):
    """Articles that at least so many of several queries match; their scores are added up.

    Whoosh's `Or` has an argument for it, `minmatch`, which does nothing.

    Args:
        least: How many.
        subqueries: The queries.
        boost: Factor of the score.
    """

    JOINT = " ATLEAST "
    intersect_merge = False

    def __init__(self, least: int, subqueries: Sequence[Query], boost: float = 1.0) -> None:
        if least < 1:
            raise ValueError(f"at least one of the queries must match, not {least}")
        super().__init__(list(subqueries), boost)
        self.least = least

    def __repr__(self) -> str:
        return f"AtLeast({self.least}, {self.subqueries!r}, boost={self.boost})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AtLeast) and super().__eq__(other) and self.least == other.least

    def __hash__(self) -> int:
        return super().__hash__() ^ hash(self.least)

    def apply(self, fn: Any) -> AtLeast:
        """Give the same query over changed queries."""
        return AtLeast(self.least, [fn(query) for query in self.subqueries], self.boost)

    def normalize(self) -> Query:
        """Normalise the queries; none of them may be merged or dropped, as they are counted."""
        return self.apply(lambda query: query.normalize())

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """Give a matcher that has read everything."""
        counts: dict[int, int] = {}
        scores: dict[int, float] = {}
        for query in self.subqueries:
            matcher = query.matcher(searcher, context)
            while matcher.is_active():
                article = matcher.id()
                counts[article] = counts.get(article, 0) + 1
                scores[article] = scores.get(article, 0.0) + matcher.score()
                matcher.next()
        found = sorted(article for article, count in counts.items() if count >= self.least)
        return ListMatcher(found, weights=[scores[article] * self.boost for article in found])


class SynonymGroup(Query):
    """Articles that hold any of several forms in a field; the forms count as one word.

    Their frequencies are added up, and the idf follows from how many articles hold any of them.

    Args:
        fieldname: The field.
        forms: The forms.
        boost: Factor of the score.
    """

    def __init__(self, fieldname: str, forms: Sequence[str], boost: float = 1.0) -> None:
        self.fieldname = fieldname
        self.forms = tuple(dict.fromkeys(forms))
        self.boost = boost

    def __repr__(self) -> str:
        return f"SynonymGroup({self.fieldname!r}, {self.forms!r}, boost={self.boost})"

    def __str__(self) -> str:
        return f"{self.fieldname}:({'|'.join(self.forms)})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SynonymGroup) and (
            (self.fieldname, self.forms, self.boost) == (other.fieldname, other.forms, other.boost)
        )

    def __hash__(self) -> int:
        return hash((self.fieldname, self.forms, self.boost))

    def has_terms(self) -> bool:
        """Tell that there are terms."""
        return True

    def terms(self, phrases: bool = False) -> Iterator[tuple[str, str]]:  # noqa: ARG002
        """Give the terms."""
        return ((self.fieldname, form) for form in self.forms)

    def estimate_size(self, ixreader: Any) -> int:
        """Give the most articles that can match."""
        if self.fieldname not in ixreader.schema:
            return 0
        return sum(ixreader.doc_frequency(self.fieldname, form) for form in self.forms)

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:  # noqa: ARG002
        """Give a matcher that has read the postings of all forms."""
        return SynonymMatcher.make(searcher, self.fieldname, self.forms, self.boost)


class GroupPhrase(Query):
    """Articles in which words, each in any of several forms, stand near each other.

    Args:
        members: The words; all of one field.
        slop: The greatest distance of a word from the stretch that those before it span.
        ordered: Whether each word must come after those before it.
        boost: Factor of the score.
    """

    def __init__(
        self,
        members: Sequence[SynonymGroup],
        slop: int = 1,
        ordered: bool = True,
        boost: float = 1.0,
    ) -> None:
        if len({member.fieldname for member in members}) != 1:
            raise ValueError("the members of a phrase must be of one field")
        self.members = tuple(members)
        self.slop = slop
        self.ordered = ordered
        self.boost = boost

    def __repr__(self) -> str:
        return (
            f"GroupPhrase({self.members!r}, slop={self.slop}, ordered={self.ordered}, "
            f"boost={self.boost})"
        )

    def __str__(self) -> str:
        return f'"{" ".join(map(str, self.members))}"~{self.slop}'

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GroupPhrase) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[object, ...]:
        return self.members, self.slop, self.ordered, self.boost

    def is_leaf(self) -> bool:
        """Tell that there are members."""
        return False

    def children(self) -> Iterator[Query]:
        """Give the members."""
        return iter(self.members)

    def field(self) -> str:
        """Give the field of all members."""
        return self.members[0].fieldname

    def estimate_size(self, ixreader: Any) -> int:
        """Give the most articles that can match."""
        return int(And(self.members).estimate_size(ixreader))

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """Give Whoosh's matcher for words near each other, over our words."""
        members = [member.matcher(searcher, context) for member in self.members]
        near = SpanNear2.SpanNear2Matcher(members, slop=self.slop, ordered=self.ordered)
        return near if self.boost == 1.0 else WrappingMatcher(near, self.boost)
