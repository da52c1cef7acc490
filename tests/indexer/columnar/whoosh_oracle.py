"""What Whoosh itself answers, where it does as it says.

Some matchers of Whoosh contradict its documentation (each is shown in `test_whoosh_defects`).
`sound` says the same query in a way that does not meet them:

- `AndNotMatcher` accepts a first article that the excluded query has too, if that has an earlier
  one;
- `AndMaybeMatcher` loses scores when it is told to skip;
- `DisjunctionMaxMatcher` takes the greater score even if it is that of another article;
- `ArrayUnionMatcher` goes backwards when it is told to skip, and is what `Or` of three or more
  uses unless told otherwise;
- the score of a `constantscore` query depends on how many terms it has in a segment, and
  Whoosh-Reloaded forgets the boost of one that has one term there;
- `InverseMatcher` may give a deleted article.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from whoosh import matching, query, sorting
from whoosh.query.compound import BinaryQuery
from whoosh.query.terms import MultiTerm
from whoosh.reading import IndexReader
from whoosh.searching import Results, Searcher

from indexer.columnar.collection import Collection
from indexer.columnar.whoosh_queries import AtLeast
from indexer.columnar.whoosh_view.index import collection_reader


def scores(collection: Collection, asked: query.Query) -> dict[int, float]:
    """Give the articles that Whoosh finds, with their scores."""
    with _searched(collection, asked) as (results, reader):
        return {number: score for score, number in results.top_n if not reader.is_deleted(number)}


def facet_counts(collection: Collection, asked: query.Query, name: str) -> dict[str, int]:
    """Count the values that the articles that Whoosh finds have in a facet."""
    facet = sorting.FieldFacet(name, allow_overlap=True)
    with _searched(collection, asked, groupedby=facet) as (results, reader):
        alive = {
            value: sum(not reader.is_deleted(number) for number in numbers)
            for value, numbers in results.groups(name).items()
        }
    return {value: count for value, count in alive.items() if value is not None and count}


@contextmanager
def _searched(
    collection: Collection, asked: query.Query, **options: Any
) -> Iterator[tuple[Results, IndexReader]]:
    automatic = query.Or.matcher_type
    query.Or.matcher_type = query.Or.DEFAULT_MATCHER
    try:
        with Searcher(collection_reader(collection)) as searcher:
            yield searcher.search(sound(asked), limit=None, **options), searcher.reader()
    finally:
        query.Or.matcher_type = automatic


def sound(asked: Any) -> query.Query:
    """Give a query that says the same, and that Whoosh answers as it is meant."""
    if isinstance(asked, query.AndNot):
        return query.Require(sound(asked.a), query.Not(sound(asked.b)))
    if isinstance(asked, query.AndMaybe):
        both = query.And([sound(asked.a), sound(asked.b)])
        return query.Or([both, query.Require(sound(asked.a), query.Not(sound(asked.b)))])
    if isinstance(asked, query.DisjunctionMax):
        return _Greatest([sound(child) for child in asked.subqueries], asked.boost)
    if isinstance(asked, MultiTerm):
        node: Any = asked
        plain = node.with_boost(1.0)
        plain.constantscore = False
        if node.constantscore:
            return query.ConstantScoreQuery(plain, node.boost)
        return query.Or([plain, query.NullQuery], node.boost)
    if isinstance(asked, query.Or):
        children = [sound(child) for child in asked.subqueries]
        return query.Or(children, asked.boost, scale=asked.scale)
    if isinstance(asked, query.And | AtLeast | BinaryQuery):
        return cast("query.Query", asked.apply(sound))
    if isinstance(asked, query.Not | query.ConstantScoreQuery):
        return cast("query.Query", asked.apply(sound))
    return cast("query.Query", asked)


class _Greatest(query.DisjunctionMax):
    def _matcher(self, subs: Any, searcher: Any, context: Any) -> Any:
        matchers = [child.matcher(searcher, context) for child in subs]
        greatest = functools.reduce(_GreatestMatcher, matchers)
        return matching.WrappingMatcher(greatest, self.boost)


class _GreatestMatcher(matching.UnionMatcher):
    def score(self) -> float:
        here: int = self.id()  # type: ignore[no-untyped-call]
        best: float = max(m.score() for m in (self.a, self.b) if m.is_active() and m.id() == here)
        return best
