"""What the library says of articles that tell the same story."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import Article, PublicationDate
from indexer import MAX_OTHERS, Index, RequestError, SearchRequest, Story, build_index
from tests.indexer.reprinted import open_told


def day(number: int) -> PublicationDate:
    return PublicationDate.of_day(2021, 4, number)


ARTICLES = (
    Article(id="b", title="Bão đổ bộ", source="Báo B", published=day(3)),
    Article(id="a", title="Bão vào bờ", source="Báo A", published=day(2)),
    Article(id="c", title="Bão vào đất liền", source="Báo B"),
    Article(id="d", title="Bão tan", source="Báo A", published=day(9)),
)
STORY_OF = {"b": "a", "c": "a"}


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    build_index(ARTICLES, tmp_path / "index")
    with open_told(tmp_path / "index", STORY_OF) as index:
        yield index


def test_all_articles_are_hits_unless_collapsing_is_asked_for(index: Index) -> None:
    found = index.search(SearchRequest("bão"))
    assert (found.total, found.stories, len(found.hits)) == (4, 2, 4)
    assert {hit.id: hit.similar for hit in found.hits} == {"a": 2, "b": 2, "c": 2, "d": 0}
    assert {hit.id: hit.earliest for hit in found.hits} == {
        "a": True,
        "b": False,
        "c": False,
        "d": True,
    }
    assert all(hit.others == () for hit in found.hits)


def test_collapsed_hit_has_the_others_in_order_of_publication(index: Index) -> None:
    found = index.search(SearchRequest("bão", collapse=True, sort="newest"))
    assert (found.total, found.stories) == (4, 2)
    assert [hit.id for hit in found.hits] == ["d", "b"]
    assert [[a.id for a in hit.others] for hit in found.hits] == [[], ["a", "c"]]
    assert [hit.similar for hit in found.hits] == [0, 2]


def test_only_articles_that_match_are_similar(index: Index) -> None:
    found = index.search(
        SearchRequest("bão", collapse=True, filters={"source": ("Báo B",)}, sort="newest")
    )
    (hit,) = found.hits
    assert (hit.id, hit.similar, hit.earliest) == ("b", 1, False)
    assert [a.id for a in hit.others] == ["c"]


@pytest.mark.parametrize("collapse", [False, True])
def test_values_and_bars_count_articles_and_stories(index: Index, collapse: bool) -> None:
    asked = SearchRequest("bão", facets=("source",), timeline="month", collapse=collapse)
    found = index.search(asked)
    counts = {b.value: (b.count, b.stories) for b in found.facets["source"].buckets}
    assert counts == {"Báo A": (2, 2), "Báo B": (2, 1)}
    assert found.timeline is not None
    assert [(bar.count, bar.stories) for bar in found.timeline.bars] == [(3, 2)]


@pytest.mark.parametrize("article_id", ["a", "b", "c"])
def test_story_has_its_articles_in_order_of_publication(index: Index, article_id: str) -> None:
    story = index.story(article_id)
    assert story is not None
    assert [a.id for a in story.articles] == ["a", "b", "c"]
    assert story.earliest == ARTICLES[1]


@pytest.mark.parametrize(
    ("first", "second", "certain"),
    [
        ("2021-04-02", "2021-04-03", True),
        ("2021-04-02", "2021-04-02", False),
        ("2021-04", "2021-04-02", False),
        ("2021-04", "2021-05-01", True),
        ("2021", "2022", True),
        ("2021-04-02", "2021-04-02T09:00+07:00", False),
        ("2021-04-02T08:00+07:00", "2021-04-02T09:00+07:00", True),
        ("2021-04-02T08:00+07:00", "2021-04-02T08:00+07:00", False),
        ("2021-04-02", None, False),
        (None, None, False),
    ],
)
def test_earliest_article_is_certain_where_dates_leave_no_doubt(
    first: str | None, second: str | None, certain: bool
) -> None:
    dates = [PublicationDate.parse(text) if text else None for text in (first, second)]
    story = Story(tuple(Article(title="Bão", published=known) for known in dates))
    assert story.certain is certain


def test_article_without_a_reprint_is_a_story_of_its_own(index: Index) -> None:
    story = index.story("d")
    assert story is not None
    assert story.articles == (ARTICLES[3],)


def test_what_is_not_in_the_index_has_no_story(index: Index) -> None:
    assert index.story("z") is None


def test_result_and_story_are_plain_data(index: Index) -> None:
    asked = SearchRequest("bão", facets=("source",), timeline="year", collapse=True, sort="newest")
    result = json.loads(json.dumps(index.search(asked).to_dict()))
    assert (result["total"], result["stories"]) == (4, 2)
    assert result["facets"]["source"][1] == {"value": "Báo B", "count": 2, "stories": 1}
    assert result["timeline"] == [{"start": "2021-01-01", "count": 3, "stories": 2}]
    _, hit = result["hits"]
    assert (hit["earliest"], hit["similar"]) == (False, 2)
    assert hit["others"][0] == {
        "id": "a",
        "title": "Bão vào bờ",
        "url": "",
        "source": "Báo A",
        "section": "",
        "published": "2021-04-02",
    }
    story = index.story("c")
    assert story is not None
    told = json.loads(json.dumps(story.to_dict()))
    assert (told["earliest"], told["certain"]) == ("a", False)
    assert [a["id"] for a in told["articles"]] == ["a", "b", "c"]


def test_hit_names_no_more_others_than_it_says(tmp_path: Path) -> None:
    count = MAX_OTHERS + 3
    articles = [Article(id=str(n), title="Bão") for n in range(count)]
    build_index(articles, tmp_path / "index")
    with open_told(tmp_path / "index", dict.fromkeys(map(str, range(count)), "0")) as index:
        (hit,) = index.search(SearchRequest("bão", collapse=True)).hits
        story = index.story("0")
    assert (hit.similar, len(hit.others)) == (count - 1, MAX_OTHERS)
    assert story is not None
    assert len(story.articles) == count


def test_collapsing_is_asked_for_by_true_or_false() -> None:
    with pytest.raises(RequestError) as refusal:
        SearchRequest(collapse="no")  # type: ignore[arg-type]
    assert refusal.value.option == "collapse"
