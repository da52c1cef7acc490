"""Whoosh queries to parts.

Boosts are carried down to the leaves: scores are sums and maxima of what the leaves give. A class
that is not listed here, subclasses of the listed ones included, is left to its own matcher.

Where Whoosh's matchers contradict its documentation or each other, the documentation is followed:

- A boost counts wherever it stands; Whoosh forgets that of an `And` or `Or` of one query.
- A `constantscore` query with any number of terms has its boost as score; Whoosh gives the sum of
  the scores for one or two terms, and 1 for more.
- `AndNot`, `AndMaybe` and `DisjunctionMax` do what they say also where Whoosh's matchers stand on
  different articles, which these confuse.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from whoosh import query
from whoosh.query.spans import SpanNear2, SpanOr

from indexer.columnar.combining import AtLeastPart, ConstantPart, GreatestPart
from indexer.columnar.evaluation import (
    AndPart,
    BoostedPart,
    NonePart,
    NotPart,
    OrPart,
    Part,
    SearchedGroup,
)
from indexer.columnar.field_parts import FieldWordPart
from indexer.columnar.matching import Scratch
from indexer.columnar.proximity import GREATEST_SLOP, Nearness, PhrasePart
from indexer.columnar.segment import Segment
from indexer.columnar.whoosh_queries.classes import AtLeast, GroupPhrase, SynonymGroup
from indexer.columnar.whoosh_queries.column_parts import ColumnParts
from indexer.columnar.whoosh_queries.slow import MatcherPart
from indexer.columnar.whoosh_queries.statistics import FieldStatistics, group_and_field

Idfs = dict[tuple[str, tuple[bytes, ...]], float]


class Compiler:
    """Makes the parts of a query for one segment.

    Args:
        segment: The segment.
        number: Its number in the collection.
        statistics: Statistics of the collection.
        idfs: Those that the query has needed so far.
        searcher: A Whoosh searcher of the segment.
        scratch: Work space of the running query.
    """

    def __init__(
        self,
        segment: Segment,
        number: int,
        statistics: FieldStatistics,
        idfs: Idfs,
        searcher: Any,
        scratch: Scratch,
    ) -> None:
        self._segment = segment
        self._number = number
        self._statistics = statistics
        self._idfs = idfs
        self._searcher = searcher
        self._schema = searcher.schema
        self._scratch = scratch
        self._columns = ColumnParts(segment, searcher.reader())
        self._groups: dict[str, SearchedGroup] = {}
        self._makers: dict[type, Callable[[Any, float], Part]] = {
            query.Term: self._term,
            query.And: self._and,
            query.Or: self._or,
            query.DisjunctionMax: self._greatest,
            query.Not: lambda node, boost: ConstantPart(self._not(node.query), boost),
            query.AndNot: lambda node, boost: AndPart(
                [self.part(node.a, boost), self._not(node.b)]
            ),
            query.Require: self._require,
            query.AndMaybe: self._and_maybe,
            query.Every: self._every,
            type(query.NullQuery): lambda *_: NonePart(),
            query.ConstantScoreQuery: lambda node, boost: ConstantPart(
                self.part(node.child), node.score * boost
            ),
            query.Phrase: self._phrase,
            SpanNear2: self._span_near,
            SpanOr: self._span_or,
            query.Prefix: self._prefix,
            query.Wildcard: self._pattern,
            query.Regex: self._pattern,
            query.FuzzyTerm: self._expansion,
            query.Variations: self._expansion,
            query.TermRange: self._expansion,
            query.NumericRange: self._range,
            query.DateRange: self._range,
            AtLeast: self._at_least,
            SynonymGroup: self._synonyms,
            GroupPhrase: self._group_phrase,
        }

    def part(self, node: query.Query, boost: float = 1.0) -> Part:
        """Make the part of a query.

        Args:
            node: The query.
            boost: Factor of its scores.
        """
        self._scratch.deadline.check()
        maker = self._makers.get(type(node))
        if maker is None:
            return MatcherPart(node, self._searcher, boost, self._scratch)
        return maker(node, boost)

    def _and(self, node: query.And, boost: float) -> Part:
        parts = [self.part(child, boost * node.boost) for child in node.subqueries]
        return AndPart(parts) if parts else NonePart()

    def _or(self, node: query.Or, boost: float) -> Part:
        if node.scale:
            return MatcherPart(node, self._searcher, boost, self._scratch)
        parts = [self.part(child, boost * node.boost) for child in node.subqueries]
        return OrPart(parts, self._scratch)

    def _greatest(self, node: query.DisjunctionMax, boost: float) -> Part:
        parts = [self.part(child, boost * node.boost) for child in node.subqueries]
        return GreatestPart(parts, self._scratch)

    def _at_least(self, node: AtLeast, boost: float) -> Part:
        parts = [self.part(child, boost * node.boost) for child in node.subqueries]
        return AtLeastPart(node.least, parts, self._scratch)

    def _not(self, node: query.Query) -> Part:
        return NotPart(self.part(node), len(self._scratch))

    def _require(self, node: query.Require, boost: float) -> Part:
        return AndPart([self.part(node.a, boost), ConstantPart(self.part(node.b), 0.0)])

    def _and_maybe(self, node: query.AndMaybe, boost: float) -> Part:
        return BoostedPart(self.part(node.a, boost), self.part(node.b, boost))

    def _every(self, node: query.Every, boost: float) -> Part:
        return self._everything(node.fieldname, boost * node.boost)

    def _everything(self, name: str | None, boost: float) -> Part:
        if name is not None and name not in self._schema:
            return NonePart()
        return ConstantPart(self._columns.every(name), boost)

    def _range(self, node: query.NumericRange, boost: float) -> Part:
        if node.fieldname not in self._schema:
            return NonePart()
        return self._columns.range(node, boost * node.boost)

    def _term(self, node: query.Term, boost: float) -> Part:
        encoded = self._encoded(node.fieldname, node.text)
        if encoded is None:
            return NonePart()
        return self._value(node.fieldname, encoded, boost * node.boost)

    def _value(self, name: str, encoded: bytes, boost: float) -> Part:
        if group_and_field(name):
            return self._word(name, (encoded,), boost)
        # Whoosh gives a value that has no length the weight 1 as its score.
        return ConstantPart(self._columns.term(name, encoded), boost)

    def _synonyms(self, node: SynonymGroup, boost: float) -> Part:
        forms = [self._encoded(node.fieldname, form) for form in node.forms]
        known = tuple(form for form in forms if form is not None)
        if not known or not group_and_field(node.fieldname):
            return MatcherPart(node, self._searcher, boost, self._scratch)
        return self._word(node.fieldname, known, boost * node.boost)

    def _phrase(self, node: query.Phrase, boost: float) -> Part:
        if node.fieldname not in self._schema:
            return NonePart()
        if not group_and_field(node.fieldname) or not node.words:
            return MatcherPart(node, self._searcher, boost, self._scratch)
        words = [self._encoded(node.fieldname, word) for word in node.words]
        known = [(word,) for word in words if word is not None]
        if len(known) < len(words):
            return NonePart()
        return self._near(node.fieldname, known, node, True, 1, boost * node.boost)

    def _group_phrase(self, node: GroupPhrase, boost: float) -> Part:
        name = node.field()
        members = []
        for member in node.members:
            forms = [self._encoded(name, form) for form in member.forms]
            members.append(tuple(form for form in forms if form is not None))
        plain = all(member.boost == 1.0 for member in node.members)
        if not (group_and_field(name) and plain and all(members)):
            return MatcherPart(node, self._searcher, boost, self._scratch)
        return self._near(name, members, node, node.ordered, 1, boost * node.boost)

    def _span_near(self, node: SpanNear2, boost: float) -> Part:
        names = {child.fieldname for child in node.qs if type(child) is query.Term}
        plain = all(type(child) is query.Term and child.boost == 1.0 for child in node.qs)
        if not (plain and len(names) == 1 and node.mindist >= 1):
            return MatcherPart(node, self._searcher, boost, self._scratch)
        (name,) = names
        words = [self._encoded(name, child.text) for child in node.qs]
        if None in words or not group_and_field(name):
            return MatcherPart(node, self._searcher, boost, self._scratch)
        known = [(word,) for word in words if word is not None]
        return self._near(name, known, node, node.ordered, node.mindist, boost)

    def _near(
        self,
        name: str,
        members: Sequence[tuple[bytes, ...]],
        node: Any,
        ordered: bool,
        least: int,
        boost: float,
    ) -> Part:
        found = group_and_field(name)
        if found is None:
            return NonePart()
        group, field = found
        words = [self._word(name, forms, boost) for forms in members]
        nearness = Nearness(min(node.slop, GREATEST_SLOP), ordered, least, (field,))
        return PhrasePart(self._group(group, field), words, nearness)

    def _span_or(self, node: SpanOr, boost: float) -> Part:
        if all(type(child) is query.Term for child in node.subqs):
            return OrPart([self.part(child, boost) for child in node.subqs], self._scratch)
        return MatcherPart(node, self._searcher, boost, self._scratch)

    def _prefix(self, node: query.Prefix, boost: float) -> Part:
        found = group_and_field(node.fieldname)
        if not node.text or found is None:
            return self._pattern(node, boost)
        terms = self._segment.groups[found[0]].terms
        prefix = self._encoded(node.fieldname, node.text) or b""
        return self._any_of(node, [terms[n] for n in terms.prefix_range(prefix)], boost)

    def _pattern(self, node: Any, boost: float) -> Part:
        if node.text in _EVERYTHING[type(node)]:
            return self._everything(node.fieldname, boost * node.boost)
        return self._expansion(node, boost)

    def _expansion(self, node: Any, boost: float) -> Part:
        if node.fieldname not in self._schema:
            return NonePart()
        found = (text for _, text in node.expanded_terms(self._searcher.reader()) if text)
        terms = [self._encoded(node.fieldname, text) for text in found]
        return self._any_of(node, [term for term in terms if term is not None], boost)

    def _any_of(self, node: Any, terms: Sequence[bytes], boost: float) -> Part:
        boost *= node.boost
        if not node.constantscore:
            return OrPart(
                [self._value(node.fieldname, term, boost) for term in terms], self._scratch
            )
        if not group_and_field(node.fieldname):
            parts = [self._value(node.fieldname, term, 0.0) for term in terms]
            return ConstantPart(OrPart(parts, self._scratch), boost)
        return ConstantPart(self._forms(node.fieldname, terms, 0.0), boost)

    def _word(self, name: str, forms: tuple[bytes, ...], boost: float) -> FieldWordPart:
        key = name, forms
        if key not in self._idfs:
            self._idfs[key] = self._statistics.idf(name, forms)
        return self._forms(name, forms, self._idfs[key] * boost)

    def _forms(self, name: str, forms: Sequence[bytes], weight: float) -> FieldWordPart:
        found = group_and_field(name)
        if found is None:
            raise KeyError(name)
        self._scratch.deadline.check()
        searched = self._group(*found)
        numbers = map(searched.group.terms.number, forms)
        postings = [searched.group.postings(n) for n in numbers if n is not None]
        return FieldWordPart(searched, postings, weight)

    def _group(self, group: str, field: int) -> SearchedGroup:
        key = f"{group}/{field}"
        if key not in self._groups:
            columns = self._segment.groups[group]
            self._groups[key] = SearchedGroup(
                columns,
                columns.frequencies[:, field].astype("f4"),
                self._statistics.norms(self._number, field),
                self._scratch,
            )
        return self._groups[key]

    def _encoded(self, name: str, text: Any) -> bytes | None:
        """Give a term as the index holds it, or `None` where the field cannot have it."""
        if name not in self._schema or not self._schema[name].indexed:
            return None
        try:
            encoded: bytes = self._schema[name].to_bytes(text)
        except ValueError:
            return None
        return encoded


_EVERYTHING: dict[type, tuple[str, ...]] = {
    query.Prefix: ("",),
    query.Wildcard: ("*",),
    query.Regex: (".*",),
}
"""Patterns that stand for every article with anything in the field."""
