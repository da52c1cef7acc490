"""How every engine scores what it finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article
from indexer.engines.query import (
    AtLeast,
    Either,
    HasValue,
    Or,
    Phrase,
    Published,
    Query,
    Term,
    Weighted,
    Within,
)
from tests.indexer import oracle
from tests.indexer import strategies as draw
from tests.indexer.asking import article, ids, request, scores
from tests.indexer.built_engines import BuiltEngines
from tests.indexer.scoring_oracle import ScoringOracle
from tests.indexer.strategies import few_examples

SINGLE_PRECISION = 1e-5
"""How far equal scores may be apart, relatively: they are sums of numbers of 24 bits, whose steps
are 1.2e-7 of their size, and a drawn tree adds up fewer than 50 of them. All are positive, so
nothing is lost in a difference."""


class ScoringContract(BuiltEngines):
    """The tests."""

    @pytest.mark.parametrize(
        "queries",
        [
            pytest.param(draw.terms, id="term"),
            pytest.param(draw.synonyms, id="synonyms"),
            pytest.param(draw.loose_phrases, id="phrase"),
            pytest.param(draw.neighbours, id="near"),
            pytest.param(draw.within(draw.leaves), id="within"),
            pytest.param(draw.weighted(draw.leaves), id="weighted"),
            pytest.param(draw.readings(draw.weighted(draw.leaves)), id="either"),
            pytest.param(draw.least_matches(draw.leaves), id="at least"),
            pytest.param(draw.trees, id="nested"),
        ],
    )
    @few_examples
    @given(data=st.data(), articles=draw.corpora())
    def test_score_is_that_of_the_formula(
        self, data: st.DataObject, articles: list[Article], queries: st.SearchStrategy[Query]
    ) -> None:
        expected = ScoringOracle(articles)
        with self.build(articles) as engine:
            for query in data.draw(st.lists(queries, min_size=1, max_size=8)):
                wanted = {
                    a.id: expected.score(a, query) for a in articles if oracle.matches(a, query)
                }
                found = scores(engine, engine.search(request(query)))
                assert found == pytest.approx(wanted, rel=SINGLE_PRECISION), query

    def test_part_that_matches_by_several_readings_scores_by_the_best_one(self) -> None:
        full = Phrase((Term("ủy"), Term("ban")))
        short, long = article(0, "ubnd"), article(1, "ubnd ủy ban")
        either = Either((Term("ubnd"), Weighted(full, 0.5)))
        with self.build([short, long, article(2, "khác")]) as engine:
            found = scores(engine, engine.search(request(either)))
            readings = scores(engine, engine.search(request(Term("ubnd"))))
            others = scores(engine, engine.search(request(Weighted(full, 0.5))))
        assert found["id-0"] == readings["id-0"]
        assert found["id-1"] == max(readings["id-1"], others["id-1"])

    @pytest.mark.parametrize("query", [HasValue("source", ("A",)), Published(), Published(None)])
    def test_value_and_date_have_no_score(self, query: Query) -> None:
        with self.build([article(0, source="A")]) as engine:
            assert scores(engine, engine.search(request(query))) == {"id-0": 0}

    def test_word_in_a_searched_field_counts_alone(self) -> None:
        texts = [article(0, "an", body=("đa",)), article(1, "an", body=("an",))]
        with self.build(texts) as engine:
            found = engine.search(request(Within(("title",), Term("an"))))
        assert len({hit.score for hit in found.hits}) == 1

    def test_article_with_more_of_the_parts_ranks_higher(self) -> None:
        texts = [article(0, "an x"), article(1, "an đa"), article(2, "y x")]
        parts = (Term("an"), Term("đa"))
        with self.build(texts) as engine:
            for query in (Or(parts), AtLeast(1, parts)):
                assert ids(engine, engine.search(request(query))) == ["id-1", "id-0"]
