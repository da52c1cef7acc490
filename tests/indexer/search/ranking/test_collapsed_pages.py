"""One hit for each story, over all pages: none twice, none left out."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Article, PublicationDate
from indexer import Index, MatchPolicy, SearchRequest, build_index
from indexer.search.ranking import CANDIDATES
from tests.indexer.reprinted import open_told

COUNT = CANDIDATES + 120


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More articles that hold both words than the second pass looks at, of several scores."""
    folder = tmp_path_factory.mktemp("pages") / "index"
    articles = [
        Article(
            id=str(n),
            title="tin",
            body=("an bàn " * (n % 7) + "bàn x an " * (n % 5 + 1),),
            published=PublicationDate.of_day(2020, 1, n % 28 + 1) if n % 11 else None,
        )
        for n in range(COUNT)
    ]
    build_index(articles, folder)
    return folder


@st.composite
def stories(draw: st.DrawFn) -> dict[str, str]:
    """The story of each article: many small ones, or few with hundreds of articles."""
    most = draw(st.sampled_from((1, 3, 50, 300, 10 * COUNT)))
    seed = draw(st.randoms(use_true_random=False))
    labels = [seed.randrange(most) for _ in range(COUNT)]
    return {str(n): str(labels.index(label)) for n, label in enumerate(labels)}


def all_pages(index: Index, size: int, **options: object) -> Iterator[str]:
    offset = 0
    while hits := index.search(
        SearchRequest("an bàn", offset=offset, size=size, **options)  # type: ignore[arg-type]
    ).hits:
        assert len(hits) <= size
        yield from (hit.id for hit in hits)
        offset += size


def first_of_each(ids: Sequence[str], story_of: dict[str, str]) -> list[str]:
    first: dict[str, str] = {}
    for article_id in ids:
        first.setdefault(story_of[article_id], article_id)
    return list(first.values())


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    story_of=stories(),
    size=st.integers(25, COUNT + 10),
    sort=st.sampled_from(("relevance", "relevance", "newest")),
)
def test_every_story_is_on_one_page_by_its_best_article(
    folder: Path, story_of: dict[str, str], size: int, sort: str
) -> None:
    with open_told(folder, story_of) as index:
        everything = list(all_pages(index, 1000, sort=sort))
        assert sorted(everything) == sorted(story_of)
        found = list(all_pages(index, size, sort=sort, collapse=True))
        assert found == first_of_each(everything, story_of)
        result = index.search(SearchRequest("an bàn", sort=sort, collapse=True))
        assert (result.total, result.stories) == (COUNT, len(set(story_of.values())))


def test_page_that_begins_at_any_story_continues_the_one_before(folder: Path) -> None:
    story_of = {str(n): str(n // 2 * 2) for n in range(COUNT)}
    with open_told(folder, story_of) as index:
        whole = list(all_pages(index, 1000, collapse=True))
        for offset in range(len(whole) + 1):
            asked = SearchRequest("an bàn", collapse=True, offset=offset, size=2)
            assert [hit.id for hit in index.search(asked).hits] == whole[offset : offset + 2]


def test_scores_never_rise_along_the_stories(folder: Path) -> None:
    story_of = {str(n): str(n % 200) for n in range(COUNT)}
    with open_told(folder, story_of) as index:
        hits = index.search(SearchRequest("an bàn", collapse=True, size=1000)).hits
    scores = [hit.score for hit in hits]
    assert len(scores) == 200
    assert scores == sorted(scores, reverse=True)


def test_articles_are_counted_where_it_is_decided_whether_enough_hold_all_words(
    tmp_path: Path,
) -> None:
    bodies = ["một hai ba bốn"] * 10 + ["một hai ba"] * 5
    articles = [Article(id=str(n), title="tin", body=(b,)) for n, b in enumerate(bodies)]
    build_index(articles, tmp_path / "index")
    with open_told(tmp_path / "index", dict.fromkeys(map(str, range(10)), "0")) as index:
        found = index.search(SearchRequest("một hai ba bốn", collapse=True))
    assert (found.match, found.total, found.stories) == (MatchPolicy.ALL, 10, 1)


def test_a_word_that_the_best_article_lacks_is_named(tmp_path: Path) -> None:
    bodies = ["một hai ba bốn", "một hai ba"]
    articles = [Article(id=str(n), title="tin", body=(b,)) for n, b in enumerate(bodies)]
    build_index(articles, tmp_path / "index")
    for story_of, missing in ({"1": "0"}, [()]), ({}, [(), ("bốn",)]):
        with open_told(tmp_path / "index", story_of) as index:
            found = index.search(SearchRequest("một hai ba bốn", collapse=True))
        assert [hit.missing for hit in found.hits] == missing
