"""What every engine must give to the second pass of ranking, and to what is above engines."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, PublicationDate
from indexer.engines.base import Recency
from indexer.engines.query import Term
from tests.indexer import oracle
from tests.indexer import strategies as draw
from tests.indexer.asking import article, ids, request
from tests.indexer.built_engines import BuiltEngines
from tests.indexer.strategies import few_examples


class SecondPassContract(BuiltEngines):
    """The tests."""

    @few_examples
    @given(
        articles=draw.corpora(),
        words=st.lists(draw.syllables, min_size=1, max_size=4, unique=True),
    )
    def test_occurrences_are_all_places_of_all_forms(
        self, articles: list[Article], words: list[str]
    ) -> None:
        asked = [tuple(words[:2]), *((word,) for word in words[2:])]
        with self.build(articles) as engine:
            refs = [hit.ref for hit in engine.search(request()).hits[::-1]]
            found = engine.occurrences(refs, asked)
            in_order = engine.articles(refs)
        expected = Counter(
            (place, word, field)
            for place, a in enumerate(in_order)
            for field, texts in enumerate(oracle.fields_of(a))
            for text in texts
            for syllable in text
            for word, forms in enumerate(asked)
            if syllable in forms
        )
        columns = (found.articles.tolist(), found.words.tolist(), found.fields.tolist())
        assert Counter(zip(*columns, strict=True)) == expected
        assert found.lengths.tolist() == [
            [sum(map(len, texts)) for texts in oracle.fields_of(a)] for a in in_order
        ]

    def test_positions_of_neighbours_are_one_apart_and_those_of_other_texts_far(self) -> None:
        text = article(0, "an bàn", lead="an đa bàn", body=("bàn", "an bàn"))
        with self.build([text]) as engine:
            (hit,) = engine.search(request()).hits
            found = engine.occurrences([hit.ref], [("an",), ("bàn",)])
        of_an, of_ban = (found.positions[found.words == word].tolist() for word in (0, 1))
        apart = sorted(b - a for a in of_an for b in of_ban if abs(b - a) < 50)
        assert apart == [1, 1, 2]
        assert min(of_an) == 0

    def test_nothing_occurs_in_no_article(self) -> None:
        with self.build([article(0)]) as engine:
            assert len(engine.occurrences([], [("an",)]).positions) == 0
            assert list(engine.articles([])) == []

    def test_compounds_that_read_the_same_without_marks(self) -> None:
        titles = ["Đường-1", "Dương-1", "đường 1", "Đường-2"]
        with self.build([article(n, title) for n, title in enumerate(titles)]) as engine:
            assert sorted(engine.compounds("duong_1")) == ["dương_1", "đường_1"]
            assert list(engine.compounds("duong")) == []

    def test_recent_articles_are_preferred_where_that_is_asked_for(self) -> None:
        texts = [
            article(0, published=PublicationDate.of_day(2001, 1, 1)),
            article(1),
            article(2, published=PublicationDate.of_day(2020, 1, 1)),
            article(3, published=PublicationDate.of_month(2021, 1)),
        ]
        recency = Recency(date(2021, 1, 1), half_life=366, weight=0.5)
        with self.build(texts) as engine:
            plain = engine.search(request(Term("an")))
            found = engine.search(request(Term("an"), recency=recency))
            assert ids(engine, plain) == ["id-0", "id-1", "id-2", "id-3"]
            assert ids(engine, found) == ["id-3", "id-1", "id-2", "id-0"]
        factors = [1.5, 1.0, 1.0, 0.5]
        assert [hit.recency for hit in found.hits] == pytest.approx(factors, abs=1e-3)
        expected = [plain.hits[0].score * factor for factor in factors]
        assert [hit.score for hit in found.hits] == pytest.approx(expected, rel=1e-3)
