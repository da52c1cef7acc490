"""What every engine tells of single articles, terms and values."""

from collections import Counter
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article
from indexer.engines.base import Bucket, Expansion
from indexer.schema import FACETS
from tests.indexer import oracle
from tests.indexer import strategies as draw
from tests.indexer.asking import article, request
from tests.indexer.built_engines import BuiltEngines
from tests.indexer.strategies import BARE, SYLLABLES, few_examples

patterns = st.text("anbđàă*?", max_size=4)
bare_patterns = st.text("anbd*?", max_size=4)


class TermsContract(BuiltEngines):
    """The tests."""

    @few_examples
    @given(articles=draw.corpora())
    def test_article_comes_back_as_it_was(self, articles: list[Article]) -> None:
        with self.build(articles) as engine:
            assert [engine.article(a.id) for a in articles] == articles
            assert engine.article_count() == len(articles)

    @pytest.mark.parametrize("unknown", ["", "id-1", "ID-0", "id-0 ", "𝔘", "\ud800"])
    def test_unknown_id_gives_no_article(self, unknown: str) -> None:
        with self.build([article(0)]) as engine:
            assert engine.article(unknown) is None

    @few_examples
    @given(articles=draw.corpora())
    def test_forms_are_the_terms_of_all_fields_with_that_bare_form(
        self, articles: list[Article]
    ) -> None:
        present = holding(articles)
        with self.build(articles) as engine:
            for wanted in ("an", "ban", "da", "missing"):
                expected = sorted(word for word in present if BARE[word] == wanted)
                assert sorted(engine.forms(wanted)) == expected

    @few_examples
    @given(articles=draw.corpora(), words=st.lists(draw.syllables | st.just("missing")))
    def test_frequency_is_the_number_of_articles_with_the_term(
        self, articles: list[Article], words: list[str]
    ) -> None:
        counts = holding(articles)
        with self.build(articles) as engine:
            assert list(engine.frequencies(words)) == [counts[word] for word in words]

    @few_examples
    @given(
        articles=draw.corpora(),
        asked=st.lists(patterns, max_size=10),
        limit=st.integers(0, len(SYLLABLES)),
    )
    def test_pattern_gives_the_most_frequent_terms_that_match(
        self, articles: list[Article], asked: list[str], limit: int
    ) -> None:
        counts = holding(articles)
        with self.build(articles) as engine:
            for pattern in asked:
                found = [word for word in counts if fnmatchcase(word, pattern)]
                found.sort(key=lambda word: (-counts[word], word.encode()))
                expected = Expansion(tuple(found[:limit]), len(found))
                assert engine.expand(pattern, limit) == expected

    @few_examples
    @given(articles=draw.corpora(), asked=st.lists(bare_patterns, max_size=10))
    def test_bare_pattern_ignores_marks(self, articles: list[Article], asked: list[str]) -> None:
        counts = holding(articles)
        with self.build(articles) as engine:
            for pattern in asked:
                expected = {word for word in counts if fnmatchcase(BARE[word], pattern)}
                found = engine.expand(pattern, len(SYLLABLES), bare=True)
                assert (set(found.terms), found.total) == (expected, len(expected))

    @pytest.mark.parametrize("bare", [False, True])
    def test_pattern_with_many_wildcards_takes_no_long_time(self, bare: bool) -> None:
        with self.build([article(0, "x" * 5_000)]) as engine:
            assert engine.expand("*x" * 30 + "?y", 10, bare=bare).total == 0

    @pytest.mark.parametrize(
        ("pattern", "total"),
        [("c*", 3), ("?", 1), ("[c]*", 0), ("c.t", 0), ("", 0), ("\ud800*", 0)],
    )
    def test_only_star_and_question_mark_are_wildcards(self, pattern: str, total: int) -> None:
        with self.build([article(0, "cat c cot")]) as engine:
            assert engine.expand(pattern, 10).total == total

    @few_examples
    @given(articles=draw.corpora())
    def test_values_are_those_of_all_articles_most_frequent_first(
        self, articles: list[Article]
    ) -> None:
        with self.build(articles) as engine:
            for facet in FACETS:
                counts = Counter(v for a in articles for v in oracle.values_of(a, facet))
                expected = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
                assert list(engine.values(facet)) == [Bucket(v, n, n) for v, n in expected]

    def test_half_a_character_is_selected_as_a_value_that_nothing_has(self) -> None:
        asked = request(filters={"source": ("\ud800",)}, facets=("source",))
        with self.build([article(0, source="A")]) as engine:
            found = engine.search(asked)
        assert found.total == 0
        assert Bucket("\ud800", 0, 0, selected=True) in found.facets["source"].buckets


def holding(articles: list[Article]) -> Counter[str]:
    """For each term the number of articles that hold it."""
    return Counter(
        word
        for a in articles
        for word in {word for words in oracle.paragraphs_of(a) for word in words}
    )
