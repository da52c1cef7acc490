"""Where Whoosh does not do as it says: why the oracle asks in other words.

A test here that fails is good news: another version of Whoosh does as it says, and the words of
`whoosh_oracle.sound` for it can go.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from whoosh import matching, query
from whoosh.matching.combo import ArrayUnionMatcher
from whoosh.searching import Searcher

from corpus import Article
from indexer.columnar.whoosh_view.index import collection_reader
from tests.indexer.columnar.small_indexes import SmallIndex, written


def _matcher(articles: Sequence[int], score: float = 1.0) -> Any:
    matcher: Any = matching.ListMatcher(list(articles), weights=[score] * len(articles))
    return matcher


def test_and_not_accepts_a_first_article_that_is_excluded() -> None:
    matcher: Any = matching.AndNotMatcher(_matcher([5]), _matcher([3, 5]))
    assert matcher.is_active()
    assert matcher.id() == 5


def test_and_maybe_loses_a_score_when_it_skips() -> None:
    matcher: Any = matching.AndMaybeMatcher(_matcher([1, 7]), _matcher([1, 4, 7]))
    matcher.skip_to(3)
    assert (matcher.id(), matcher.score()) == (7, 1.0)


def test_disjunction_max_takes_the_score_of_another_article() -> None:
    kind: Any = matching.DisjunctionMaxMatcher
    matcher = kind(_matcher([1], 1.0), _matcher([2], 5.0))
    assert (matcher.id(), matcher.score()) == (1, 5.0)


def test_the_union_of_an_or_goes_backwards() -> None:
    kind: Any = ArrayUnionMatcher
    matcher = kind([_matcher([3, 5])], 10)
    matcher.skip_to(5)
    matcher.skip_to(3)
    assert matcher.id() == 3


def test_not_gives_a_deleted_article() -> None:
    matcher: Any = matching.InverseMatcher(_matcher([0]), 2, missing=lambda number: number == 1)
    assert matcher.is_active()
    assert matcher.id() == 1


def test_normalising_an_and_with_every_article_loses_the_rest() -> None:
    both = query.And([query.Every(), query.Term("body", "a")])
    assert both.normalize() == query.Every()


@pytest.mark.parametrize(("pattern", "is_constant"), [("a*", False), ("[ab]", False), ("?", True)])
def test_a_constant_score_depends_on_how_many_terms_there_are(
    pattern: str, is_constant: bool
) -> None:
    articles = [Article(id=text, title="tin", body=(text,)) for text in "abc"]
    with written(SmallIndex([articles], [[False] * 3])) as collection:
        searcher = Searcher(collection_reader(collection))
        results = searcher.search(query.Wildcard("body", pattern))
        assert ({hit.score for hit in results} == {1.0}) == is_constant
