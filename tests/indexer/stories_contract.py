"""What every engine must say of articles that tell the same story."""

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, PublicationDate
from indexer.engines.base import MAX_OTHERS, Bucket, Interval, Period, Sort, TimelineBar
from indexer.engines.query import MatchAll, Query, Synonyms, Term
from indexer.schema import FACETS
from tests.indexer import oracle
from tests.indexer import strategies as draw
from tests.indexer.asking import article, ids, request
from tests.indexer.built_engines import BuiltEngines
from tests.indexer.strategies import few_examples

Told = tuple[list[Article], list[int]]

queries: st.SearchStrategy[Query] = (
    st.just(MatchAll()) | st.just(Synonyms(draw.SYLLABLES)) | draw.leaves
)


class StoriesContract(BuiltEngines):
    """The tests."""

    @few_examples
    @given(told=draw.told(), query=queries, filters=draw.filters, period=draw.periods)
    def test_stories_are_counted_exactly_in_all_in_values_and_in_bars(
        self, told: Told, query: Query, filters: dict[str, tuple[str, ...]], period: Period
    ) -> None:
        articles, stories = told
        story_of = oracle.told(articles, stories)
        asked = request(query, filters=filters, period=period, facets=FACETS)
        with self.build(articles, stories=stories) as engine:
            found = engine.search(asked)
            timelines = [
                engine.search(request(query, filters=filters, period=period, timeline=interval))
                for interval in Interval
            ]
        kept = oracle.kept(articles, asked)
        assert (found.total, found.stories) == (len(kept), len({story_of[a.id] for a in kept}))
        for name, facet in found.facets.items():
            counted = oracle.counted(articles, asked, name)
            for bucket in facet.buckets:
                own = {
                    story_of[a.id] for a in counted if bucket.value in oracle.values_of(a, name)
                }
                assert bucket.stories == len(own)
        for interval, result in zip(Interval, timelines, strict=True):
            by_story = defaultdict(list)
            for a in kept:
                by_story[story_of[a.id]].append(a)
            starts = [s for own in by_story.values() for s in oracle.bars(own, interval)[0]]
            assert result.timeline is not None
            counts = {bar.start: bar.stories for bar in result.timeline.bars}
            assert counts == {start: starts.count(start) for start in starts}

    def test_stories_are_counted_however_their_articles_are_mixed(self) -> None:
        year = PublicationDate.of_year(2021)
        texts = [article(n, source="A", published=year) for n in range(12)]
        asked = request(facets=("source",), timeline=Interval.YEAR)
        with self.build(texts, stories=[0, 1, 2] * 4) as engine:
            found = engine.search(asked)
        assert found.facets["source"].buckets == (Bucket("A", 12, 3),)
        assert found.timeline is not None
        assert found.timeline.bars == (TimelineBar(date(2021, 1, 1), 12, 3),)

    @pytest.mark.parametrize("sort", Sort)
    @few_examples
    @given(told=draw.told(), query=queries, filters=draw.filters)
    def test_collapsed_hits_are_the_first_of_each_story_and_counts_stay(
        self, told: Told, query: Query, filters: dict[str, tuple[str, ...]], sort: Sort
    ) -> None:
        articles, stories = told
        story_of = oracle.told(articles, stories)
        options = {"filters": filters, "sort": sort, "facets": FACETS, "timeline": Interval.MONTH}
        with self.build(articles, stories=stories) as engine:
            whole = engine.search(request(query, **options))
            collapsed = engine.search(request(query, collapse=True, **options))
            first: dict[str, str] = {}
            for article_id in ids(engine, whole):
                first.setdefault(story_of[article_id], article_id)
            assert ids(engine, collapsed) == list(first.values())
        assert (collapsed.total, collapsed.stories) == (whole.total, len(first))
        assert (collapsed.facets, collapsed.timeline) == (whole.facets, whole.timeline)

    @pytest.mark.parametrize("sort", Sort)
    @few_examples
    @given(told=draw.told(), size=st.integers(1, 4))
    def test_collapsed_pages_put_together_are_the_whole_list(
        self, told: Told, size: int, sort: Sort
    ) -> None:
        articles, stories = told
        asked = Synonyms(draw.SYLLABLES)
        with self.build(articles, stories=stories) as engine:
            whole = ids(engine, engine.search(request(asked, sort=sort, collapse=True)))
            pages: list[str] = []
            for offset in range(0, len(articles), size):
                page = request(asked, sort=sort, collapse=True, offset=offset, size=size)
                pages += ids(engine, engine.search(page))
        assert pages == whole
        assert len(whole) == len(set(stories))

    @few_examples
    @given(told=draw.told(), query=queries, filters=draw.filters, collapse=st.booleans())
    def test_hit_names_its_story_and_the_other_matches_of_it(
        self, told: Told, query: Query, filters: dict[str, tuple[str, ...]], collapse: bool
    ) -> None:
        articles, stories = told
        story_of = oracle.told(articles, stories)
        asked = request(query, filters=filters, collapse=collapse)
        kept = {a.id for a in oracle.kept(articles, asked)}
        with self.build(articles, stories=stories) as engine:
            found = engine.search(asked)
            for hit, article_id in zip(found.hits, ids(engine, found), strict=True):
                (story,) = engine.articles([hit.story])
                others = [a.id for a in engine.articles(hit.others)]
                members = oracle.members(articles, story_of, article_id)
                assert story.id == story_of[article_id]
                assert others == [m for m in members if m in kept and m != article_id]
                assert hit.similar == len(others)

    @few_examples
    @given(told=draw.told())
    def test_story_has_its_earliest_article_first_then_the_others_by_date(
        self, told: Told
    ) -> None:
        articles, stories = told
        story_of = oracle.told(articles, stories)
        with self.build(articles, stories=stories) as engine:
            for a in articles:
                found = [member.id for member in engine.story(a.id)]
                assert found == oracle.members(articles, story_of, a.id)

    @pytest.mark.parametrize("article_id", ["nowhere", "", "\ud800"])
    def test_what_is_no_article_is_of_no_story(self, article_id: str) -> None:
        with self.build([article(0)]) as engine:
            assert list(engine.story(article_id)) == []

    def test_hit_counts_all_others_and_names_the_first_ones(self) -> None:
        texts = [article(n) for n in range(MAX_OTHERS + 5)]
        with self.build(texts, stories=[0] * len(texts)) as engine:
            (last,) = engine.search(request(Term("an"), offset=MAX_OTHERS + 4)).hits
            (first,) = engine.search(request(Term("an"), collapse=True)).hits
            assert first.similar == last.similar == MAX_OTHERS + 4
            named = [a.id for a in engine.articles(first.others)]
            assert named == [f"id-{n}" for n in range(1, MAX_OTHERS + 1)]
            assert [a.id for a in engine.articles(last.others)] == ["id-0", *named[:-1]]

    @few_examples
    @given(articles=draw.corpora(), query=queries)
    def test_without_reprints_each_article_is_a_story(
        self, articles: list[Article], query: Query
    ) -> None:
        with self.build(articles) as engine:
            whole = engine.search(request(query, facets=FACETS))
            assert engine.search(request(query, facets=FACETS, collapse=True)) == whole
            assert whole.stories == whole.total
            assert all(hit.story == hit.ref and not hit.similar for hit in whole.hits)
            for a in articles:
                assert list(engine.story(a.id)) == [a]
