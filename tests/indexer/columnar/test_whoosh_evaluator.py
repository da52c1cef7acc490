"""What the contract does not say: depth, boosts that Whoosh forgets, mistakes, whole answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from whoosh import query
from whoosh.query.spans import SpanFirst, SpanNear, SpanNear2

from corpus import Article
from indexer import build_index
from indexer.columnar.collection import Collection
from indexer.columnar.whoosh_queries import AtLeast, GroupPhrase, SynonymGroup, WhooshEvaluator
from indexer.engines.base import EngineRequest, Interval, Period
from indexer.engines.embedded import EmbeddedEngine
from indexer.engines.query import MatchNone
from indexer.store.snapshot import open_snapshot
from tests.indexer.columnar import whoosh_oracle
from tests.indexer.columnar.small_indexes import SmallIndex, written

A, B, C = (query.Term("body", text) for text in "abc")


@pytest.fixture(scope="module")
def collection() -> Iterator[Collection]:
    texts = ["a", "b", "a b", "b a", "a x b", "c", "a b c", "a a"]
    articles = [
        Article(id=str(number), title="tin", body=(text,)) for number, text in enumerate(texts)
    ]
    with written(SmallIndex([articles[:5], articles[5:]], [[False] * 5, [False] * 3])) as opened:
        yield opened


def _found(collection: Collection, asked: query.Query) -> dict[int, float]:
    articles, scores = WhooshEvaluator(collection).match(asked)
    return dict(zip(articles.tolist(), scores.tolist(), strict=True))


@pytest.mark.parametrize("kind", [query.And, query.Or])
def test_trees_may_be_hundreds_of_queries_deep(collection: Collection, kind: type) -> None:
    deep: query.Query = A
    for _ in range(200):
        deep = kind([deep, query.Every()])
    assert set(_found(collection, deep)) == set(_found(collection, kind([A, query.Every()])))


def test_a_boost_counts_on_a_compound_of_one_query_too(collection: Collection) -> None:
    plain = _found(collection, A)
    for kind in (query.And, query.Or, query.DisjunctionMax):
        boosted = _found(collection, kind([A], boost=2.0))
        assert boosted == pytest.approx({number: 2 * score for number, score in plain.items()})


def test_a_constant_score_does_not_depend_on_how_many_terms_there_are(
    collection: Collection,
) -> None:
    for pattern in ("a*", "[ab]", "[abcx]"):
        assert set(_found(collection, query.Wildcard("body", pattern, boost=3.0)).values()) == {3}


def test_at_least_two_of_three(collection: Collection) -> None:
    assert set(_found(collection, AtLeast(2, [A, B, C]))) == {2, 3, 4, 6}
    assert _found(collection, AtLeast(4, [A, B, C])) == {}
    with pytest.raises(ValueError, match="at least one"):
        AtLeast(0, [A])


def test_the_same_query_counts_as_often_as_it_is_named(collection: Collection) -> None:
    assert set(_found(collection, AtLeast(2, [A, A]))) == set(_found(collection, A))


def test_a_synonym_group_of_one_form_is_a_term(collection: Collection) -> None:
    assert _found(collection, SynonymGroup("body", ["a"])) == _found(collection, A)


def test_a_group_phrase_accepts_any_form_of_each_word(collection: Collection) -> None:
    ab, bc = SynonymGroup("body", ["a", "b"]), SynonymGroup("body", ["b", "c"])
    assert set(_found(collection, GroupPhrase([ab, bc]))) == {2, 6}
    assert set(_found(collection, GroupPhrase([ab, bc], slop=2))) == {2, 4, 6}
    with pytest.raises(ValueError, match="one field"):
        GroupPhrase([ab, SynonymGroup("title", ["b"])])


@pytest.mark.parametrize(
    "asked",
    [
        SpanFirst(A, limit=0),
        SpanNear(A, B, slop=2, ordered=False),
        SpanNear2([A, B], mindist=0),
        query.Sequence([A, B]),
        query.Ordered([A, B]),
        query.Or([A, B, C], scale=0.9),
    ],
)
def test_what_has_no_part_of_its_own_is_left_to_whoosh(
    collection: Collection, asked: query.Query
) -> None:
    assert _found(collection, asked) == pytest.approx(whoosh_oracle.scores(collection, asked))


def test_a_subclass_is_left_to_its_own_matcher(collection: Collection) -> None:
    class Nothing(query.Term):
        def matcher(self, searcher: object, context: object = None) -> object:  # type: ignore[override]
            return query.NullQuery.matcher(searcher, context)

    assert _found(collection, Nothing("body", "a")) == {}


@pytest.mark.parametrize(
    "asked",
    [
        query.Term("no field", "a"),
        query.Term("url", "a"),
        query.Term("published", "not a date"),
        query.Phrase("no field", ["a", "b"]),
        query.Prefix("no field", "a"),
        query.Every("no field"),
        query.NumericRange("no field", 1, 2),
    ],
)
def test_a_field_that_is_not_searched_holds_nothing(
    collection: Collection, asked: query.Query
) -> None:
    assert _found(collection, asked) == {}


def test_a_range_of_numbers_in_a_field_without_numbers_is_a_mistake(
    collection: Collection,
) -> None:
    with pytest.raises(query.QueryError, match="source has no numbers"):
        _found(collection, query.NumericRange("source", 1, 2))


def test_an_engine_answers_a_request_with_a_query_of_whoosh(tmp_path: Path) -> None:
    articles = [
        Article(id=str(n), title="tin", source="AB"[n % 2], section="cd"[n // 2]) for n in range(4)
    ]
    build_index(articles, tmp_path / "index")
    request = EngineRequest(
        query=MatchNone(),
        filters={"source": ("A",)},
        period=Period(),
        facets=("source", "section"),
        timeline=Interval.MONTH,
        size=1,
    )
    with open_snapshot(tmp_path / "index") as snapshot:
        engine = EmbeddedEngine(snapshot)
        found = engine.search_whoosh(query.Term("title", "tin"), request)
        (hit,) = engine.articles([hit.ref for hit in found.hits])
    assert found.total == 2
    assert hit.id == "0"
    sources, sections = found.facets["source"].buckets, found.facets["section"].buckets
    assert [(bucket.value, bucket.count) for bucket in sources] == [("A", 2), ("B", 2)]
    assert [(bucket.value, bucket.count) for bucket in sections] == [("c", 1), ("d", 1)]
    assert found.timeline
    assert found.timeline.undated == 2
