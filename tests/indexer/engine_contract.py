"""What every engine must do, whatever it stores and wherever it runs.

A test module of an engine makes a class `Test…` of `EngineContract` that says how to build one.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, PublicationDate
from indexer.analysis import normal_form
from indexer.engines.base import (
    Bucket,
    Interval,
    Period,
    Sort,
)
from indexer.engines.query import (
    And,
    Boosted,
    Compound,
    Compounds,
    Either,
    HasValue,
    MatchAll,
    MatchNone,
    Not,
    Or,
    Phrase,
    Query,
    Synonyms,
    Term,
)
from indexer.schema import FACETS
from tests.indexer import oracle
from tests.indexer import strategies as draw
from tests.indexer.asking import article, ids, request, scores
from tests.indexer.completing_contract import CompletingContract
from tests.indexer.nearness_contract import NearnessContract
from tests.indexer.scanning_contract import ScanningContract
from tests.indexer.scoring_contract import SINGLE_PRECISION, ScoringContract
from tests.indexer.second_pass_contract import SecondPassContract
from tests.indexer.stories_contract import StoriesContract
from tests.indexer.strategies import few_examples
from tests.indexer.terms_contract import TermsContract

EVERY_FORM = Synonyms(draw.SYLLABLES)
"""Matches every drawn article, with scores that differ."""


class EngineContract(
    CompletingContract,
    NearnessContract,
    ScanningContract,
    ScoringContract,
    SecondPassContract,
    StoriesContract,
    TermsContract,
):
    """The tests; an engine's own class gives `build`."""

    # Which articles match

    @pytest.mark.parametrize(
        "queries",
        [
            pytest.param(draw.terms, id="term"),
            pytest.param(draw.synonyms, id="synonyms"),
            pytest.param(draw.phrases, id="phrase"),
            pytest.param(draw.conjunctions(draw.leaves), id="and"),
            pytest.param(draw.disjunctions(draw.leaves), id="or"),
            pytest.param(draw.negations(draw.leaves), id="not"),
            pytest.param(draw.boosted(draw.leaves), id="boosted"),
            pytest.param(draw.loose_phrases, id="loose phrase"),
            pytest.param(draw.neighbours, id="near"),
            pytest.param(draw.within(draw.leaves), id="within"),
            pytest.param(draw.within(draw.within(draw.neighbours)), id="within within"),
            pytest.param(draw.weighted(draw.leaves), id="weighted"),
            pytest.param(draw.readings(draw.leaves), id="either"),
            pytest.param(draw.least_matches(draw.leaves), id="at least"),
            pytest.param(draw.valued, id="value"),
            pytest.param(draw.published, id="published"),
            pytest.param(st.just(MatchAll()), id="all"),
            pytest.param(st.just(MatchNone()), id="none"),
            pytest.param(draw.trees, id="nested"),
        ],
    )
    @few_examples
    @given(data=st.data(), articles=draw.corpora())
    def test_node_matches_what_its_docstring_says(
        self, data: st.DataObject, articles: list[Article], queries: st.SearchStrategy[Query]
    ) -> None:
        with self.build(articles) as engine:
            for query in data.draw(st.lists(queries, min_size=1, max_size=8)):
                found = engine.search(request(query))
                expected = {a.id for a in articles if oracle.matches(a, query)}
                assert set(ids(engine, found)) == expected, query

    @few_examples
    @given(articles=draw.corpora(), query=draw.trees, filters=draw.filters, period=draw.periods)
    def test_total_is_exact_whatever_the_page(
        self,
        articles: list[Article],
        query: Query,
        filters: dict[str, tuple[str, ...]],
        period: Period,
    ) -> None:
        asked = request(query, filters=filters, period=period, size=1)
        with self.build(articles) as engine:
            assert engine.search(asked).total == len(oracle.kept(articles, asked))

    @pytest.mark.parametrize("text", ["\ud800", "", " ", "*"])
    def test_what_is_no_term_is_found_nowhere(self, text: str) -> None:
        asked = (Term(text), Compound(text), HasValue("source", (text,)), Synonyms((text, text)))
        with self.build([article(0, source="A")]) as engine:
            assert engine.search(request(Or(asked))).total == 0

    def test_conjunction_of_nothing_is_everything(self) -> None:
        with self.build([article(0)]) as engine:
            assert engine.search(request(And(()))).total == 1
            assert engine.search(request(Or(()))).total == 0
            assert engine.search(request(Either(()))).total == 0

    def test_compound_matches_where_syllables_are_one_word(self) -> None:
        with self.build([article(0, "Covid-19"), article(1, "covid 19")]) as engine:
            assert ids(engine, engine.search(request(Compound("covid_19")))) == ["id-0"]

    @pytest.mark.parametrize("text", ["x" * 70_000, "đ" * 70_000, "𝔘𝔫𝔦𝔠𝔬𝔡𝔢" * 9_000])
    def test_very_long_term_is_found(self, text: str) -> None:
        with self.build([article(0, body=(text,))]) as engine:
            assert engine.search(request(Term(normal_form(text)))).total == 1

    @few_examples
    @given(articles=draw.corpora(min_size=4), filters=draw.filters)
    def test_filters_take_any_value_of_a_facet_and_all_facets(
        self, articles: list[Article], filters: dict[str, tuple[str, ...]]
    ) -> None:
        with self.build(articles) as engine:
            found = engine.search(request(filters=filters))
            assert set(ids(engine, found)) == {a.id for a in articles if oracle.passes(a, filters)}

    @few_examples
    @given(articles=draw.corpora(min_size=4), period=draw.periods)
    def test_period_keeps_dates_that_overlap_it(
        self, articles: list[Article], period: Period
    ) -> None:
        with self.build(articles) as engine:
            found = engine.search(request(period=period))
            inside = {a.id for a in articles if oracle.in_period(a, period)}
            assert set(ids(engine, found)) == inside

    @pytest.mark.parametrize(
        ("first", "last", "inside"),
        [
            (date(2021, 4, 30), date(2021, 5, 2), True),
            (date(2021, 3, 1), date(2021, 4, 1), True),
            (date(2021, 5, 1), None, False),
            (None, date(2021, 3, 31), False),
            (None, None, True),
        ],
    )
    def test_month_is_in_a_period_that_touches_one_of_its_days(
        self, first: date | None, last: date | None, inside: bool
    ) -> None:
        with self.build([article(0, published=PublicationDate.of_month(2021, 4))]) as engine:
            assert engine.search(request(period=Period(first, last))).total == inside

    # Counts

    @few_examples
    @given(
        articles=draw.corpora(min_size=4),
        query=st.just(MatchAll()) | draw.leaves,
        filters=draw.filters,
        period=draw.periods,
        size=st.integers(0, 3),
    )
    def test_facet_counts_ignore_their_own_filter_only(
        self,
        articles: list[Article],
        query: Query,
        filters: dict[str, tuple[str, ...]],
        period: Period,
        size: int,
    ) -> None:
        asked = request(query, filters=filters, period=period, facets=FACETS, facet_size=size)
        with self.build(articles) as engine:
            facets = engine.search(asked).facets
        for name in FACETS:
            of_articles = [
                oracle.values_of(a, name) for a in oracle.counted(articles, asked, name)
            ]
            counts = Counter(value for values in of_articles for value in values)
            selected = filters.get(name, ())
            expected = {
                bucket.value: Bucket(
                    bucket.value,
                    counts[bucket.value],
                    counts[bucket.value],
                    bucket.value in selected,
                )
                for bucket in facets[name].buckets
            }
            assert list(facets[name].buckets) == list(expected.values())

    @few_examples
    @given(articles=draw.corpora(min_size=4), filters=draw.filters, size=st.integers(0, 3))
    def test_facet_lists_its_most_frequent_values_then_the_selected_ones(
        self, articles: list[Article], filters: dict[str, tuple[str, ...]], size: int
    ) -> None:
        asked = request(filters=filters, facets=FACETS, facet_size=size)
        with self.build(articles) as engine:
            facets = engine.search(asked).facets
        for name in FACETS:
            of_articles = [
                oracle.values_of(a, name) for a in oracle.counted(articles, asked, name)
            ]
            counts = Counter(value for values in of_articles for value in values)
            buckets = facets[name].buckets
            top = buckets[: min(size, len(counts))]
            more = buckets[len(top) :]
            assert [b.count for b in top] == sorted(counts.values(), reverse=True)[: len(top)]
            assert all(bucket.selected for bucket in more)
            assert set(filters.get(name, ())) <= {bucket.value for bucket in buckets}

    @few_examples
    @given(articles=draw.corpora(min_size=4), filters=draw.filters, size=st.integers(0, 3))
    def test_facet_says_what_it_does_not_list(
        self, articles: list[Article], filters: dict[str, tuple[str, ...]], size: int
    ) -> None:
        asked = request(filters=filters, facets=FACETS, facet_size=size)
        with self.build(articles) as engine:
            facets = engine.search(asked).facets
        for name, facet in facets.items():
            of_articles = [
                oracle.values_of(a, name) for a in oracle.counted(articles, asked, name)
            ]
            listed = {bucket.value for bucket in facet.buckets}
            unlisted = [set(values) - listed for values in of_articles]
            assert facet.other_values == len(set().union(*unlisted))
            assert facet.other_articles == sum(map(bool, unlisted))
            assert facet.missing == sum(not values for values in of_articles)

    def test_selected_value_is_listed_at_zero(self) -> None:
        asked = request(filters={"source": ("B",)}, facets=("source",))
        with self.build([article(0, source="A")]) as engine:
            buckets = engine.search(asked).facets["source"].buckets
        assert buckets == (Bucket("A", 1, 1), Bucket("B", 0, 0, selected=True))

    def test_facets_come_in_the_order_asked_for(self) -> None:
        with self.build([article(0)]) as engine:
            facets = engine.search(request(facets=("tag", "source"))).facets
        assert list(facets) == ["tag", "source"]

    @pytest.mark.parametrize("interval", Interval)
    @few_examples
    @given(articles=draw.corpora(min_size=4), filters=draw.filters, period=draw.periods)
    def test_timeline_counts_each_match_once(
        self,
        articles: list[Article],
        filters: dict[str, tuple[str, ...]],
        period: Period,
        interval: Interval,
    ) -> None:
        asked = request(filters=filters, period=period, timeline=interval)
        with self.build(articles) as engine:
            timeline = engine.search(asked).timeline
        assert timeline is not None
        found = {bar.start: bar.count for bar in timeline.bars}
        expected = oracle.bars(oracle.kept(articles, asked), interval)
        assert (found, timeline.coarser, timeline.undated) == expected
        assert list(found) == sorted(found)

    def test_no_timeline_unless_asked_for(self) -> None:
        with self.build([article(0)]) as engine:
            assert engine.search(request()).timeline is None

    # Order and pages

    @pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
    @few_examples
    @given(articles=draw.corpora(min_size=4))
    def test_order_by_date_has_undated_last_and_ties_as_in_the_corpus(
        self, articles: list[Article], sort: Sort
    ) -> None:
        with self.build(articles) as engine:
            found = engine.search(request(sort=sort))
            assert ids(engine, found) == [a.id for a in oracle.by_date(articles, sort)]

    @few_examples
    @given(articles=draw.corpora(min_size=4), query=draw.trees)
    def test_order_by_relevance_is_by_score_then_as_in_the_corpus(
        self, articles: list[Article], query: Query
    ) -> None:
        places = {a.id: place for place, a in enumerate(articles)}
        with self.build(articles) as engine:
            found = engine.search(request(query))
            in_order = zip(found.hits, ids(engine, found), strict=True)
            keys = [(-hit.score, places[article_id]) for hit, article_id in in_order]
        assert keys == sorted(keys)

    @pytest.mark.parametrize("sort", Sort)
    @few_examples
    @given(articles=draw.corpora(min_size=4), size=st.integers(1, 4))
    def test_pages_put_together_are_the_whole_list(
        self, articles: list[Article], size: int, sort: Sort
    ) -> None:
        with self.build(articles) as engine:
            whole = ids(engine, engine.search(request(EVERY_FORM, sort=sort)))
            pages: list[str] = []
            for offset in range(0, len(articles), size):
                page = request(EVERY_FORM, sort=sort, offset=offset, size=size)
                pages += ids(engine, engine.search(page))
        assert pages == whole
        assert sorted(whole) == sorted(a.id for a in articles)

    @pytest.mark.parametrize("offset", [3, 10**30])
    def test_page_behind_the_last_hit_is_empty(self, offset: int) -> None:
        with self.build([article(0), article(1)]) as engine:
            found = engine.search(request(offset=offset))
        assert (found.total, found.hits) == (2, ())

    def test_optional_match_ranks_higher(self) -> None:
        texts = [article(0, "an ban"), article(1, "an đa"), article(2, "an ban")]
        with self.build(texts) as engine:
            found = engine.search(request(Boosted(Term("an"), Term("đa"))))
            assert ids(engine, found) == ["id-1", "id-0", "id-2"]

    def test_compounds_are_one_word_however_many_readings_they_have(self) -> None:
        texts = [article(0, "Covid-19"), article(1, "Covid-20"), article(2, "covid 19")]
        both = Compounds(("covid_19", "covid_20"))
        with self.build(texts) as engine:
            found = engine.search(request(both))
            assert ids(engine, found) == ["id-0", "id-1"]
            assert found.hits[0].score == found.hits[1].score
            assert engine.search(request(Compounds(("covid_21",)))).total == 0

    def test_title_counts_more_than_body(self) -> None:
        texts = [article(0, "ban", body=("an",)), article(1, "an", body=("ban",))]
        with self.build(texts) as engine:
            assert ids(engine, engine.search(request(Term("an")))) == ["id-1", "id-0"]

    # Superseded articles

    @few_examples
    @given(
        articles=draw.corpora(min_size=2, repeated_ids=True), query=draw.leaves, more=draw.trees
    )
    def test_superseded_articles_leave_no_trace(
        self, articles: list[Article], query: Query, more: Query
    ) -> None:
        last = {a.id: place for place, a in enumerate(articles)}
        superseded = [place for place, a in enumerate(articles) if last[a.id] != place]
        remaining = [a for place, a in enumerate(articles) if last[a.id] == place]
        with self.build(articles, superseded) as engine, self.build(remaining) as fresh:
            assert engine.article_count() == len(remaining)
            for asked in (
                request(query, facets=FACETS, timeline=Interval.MONTH),
                request(more, facets=FACETS, timeline=Interval.MONTH),
                request(facets=FACETS, timeline=Interval.YEAR),
            ):
                found, expected = engine.search(asked), fresh.search(asked)
                assert found.total == expected.total
                assert (found.facets, found.timeline) == (expected.facets, expected.timeline)
                wanted = scores(fresh, expected)
                assert scores(engine, found) == pytest.approx(wanted, rel=SINGLE_PRECISION)
            for bare in ("an", "ban", "da"):
                assert list(engine.forms(bare)) == list(fresh.forms(bare))
            assert engine.frequencies(draw.SYLLABLES) == fresh.frequencies(draw.SYLLABLES)
            for pattern in ("*", "b*", "?n"):
                for marks_ignored in (False, True):
                    terms = engine.expand(pattern, 4, bare=marks_ignored)
                    assert terms == fresh.expand(pattern, 4, bare=marks_ignored)
            for facet in FACETS:
                assert engine.values(facet) == fresh.values(facet)
            for a in remaining:
                assert engine.article(a.id) == a

    # Threads

    def test_threads_that_share_an_engine_get_the_answers_of_one(self) -> None:
        texts = [
            article(n, " ".join(draw.SYLLABLES[n % 6 :]), source=draw.VALUES[n % 4])
            for n in range(60)
        ]
        asked = [
            request(query, facets=("source",), size=5)
            for term in map(Term, draw.SYLLABLES)
            for query in (term, And((Term("đa"), Not(term))), Phrase((term, Term("đa"))))
        ]
        with self.build(texts) as engine:
            alone = [engine.search(one) for one in asked]
            with ThreadPoolExecutor(4) as pool:
                together = list(pool.map(engine.search, asked * 5))
        assert together == alone * 5
