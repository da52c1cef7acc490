"""How much must match and in what order, asked of real indexes of made-up articles."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus import Article, PublicationDate
from indexer import Index, MatchPolicy, RequestError, SearchRequest, build_index, open_index
from indexer.search.ranking import CANDIDATES

Build = Callable[[list[Article]], Index]


def texts(*bodies: str) -> list[Article]:
    return [Article(id=str(n), title="tin", body=(body,)) for n, body in enumerate(bodies)]


@pytest.fixture
def opened() -> Iterator[list[Index]]:
    indexes: list[Index] = []
    yield indexes
    for index in indexes:
        index.close()


@pytest.fixture
def index_of(tmp_path: Path, opened: list[Index]) -> Build:
    def build(articles: list[Article]) -> Index:
        folder = tmp_path / str(len(opened))
        build_index(articles, folder)
        opened.append(open_index(folder))
        return opened[-1]

    return build


NINE = texts(*["một hai ba bốn"] * 9, *["một hai ba"] * 20, *["một hai"] * 5)
TEN = texts(*["một hai ba bốn"] * 10, *["một hai ba"] * 20, *["một hai"] * 5)


def test_ten_articles_with_all_words_are_enough(index_of: Build) -> None:
    found = index_of(TEN).search(SearchRequest("một hai ba bốn"))
    assert (found.match, found.total, found.with_all) == (MatchPolicy.ALL, 10, 10)


def test_fewer_bring_those_with_most_words_and_say_so(index_of: Build) -> None:
    found = index_of(NINE).search(SearchRequest("một hai ba bốn"))
    assert (found.match, found.total) == (MatchPolicy.MOST, 29)
    assert (found.with_all, found.with_most) == (9, 29)


def test_filters_apply_before_counting_what_is_enough(index_of: Build) -> None:
    dated = [
        Article(
            id=a.id,
            title=a.title,
            body=a.body,
            published=PublicationDate.of_day(2020 + int(a.id) % 2, 1, 1),
        )
        for a in TEN
    ]
    index = index_of(dated)
    asked = SearchRequest("một hai ba bốn", published_from="2021", published_to="2021")
    assert index.search(SearchRequest("một hai ba bốn")).match is MatchPolicy.ALL
    found = index.search(asked)
    assert (found.match, found.with_all) == (MatchPolicy.MOST, 5)


@pytest.mark.parametrize("query", ["một", "một năm", "một hai năm"])
def test_all_of_up_to_three_words_must_match(index_of: Build, query: str) -> None:
    found = index_of(TEN).search(SearchRequest(query))
    assert found.match is MatchPolicy.ALL
    assert found.total == (35 if query == "một" else 0)


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_order_by_date_demands_all_words_unless_asked_for_most(index_of: Build, sort: str) -> None:
    index = index_of(NINE)
    assert index.search(SearchRequest("một hai ba bốn", sort=sort)).total == 9
    most = index.search(SearchRequest("một hai ba bốn", sort=sort, match="most", size=40))
    assert (most.match, most.total) == (MatchPolicy.MOST, 29)
    assert [hit.missing for hit in most.hits] == [()] * 9 + [("bốn",)] * 20


def test_any_word_is_enough_where_that_is_asked_for(index_of: Build) -> None:
    found = index_of(TEN).search(SearchRequest("bốn năm", match="any"))
    assert (found.match, found.total, found.with_all) == (MatchPolicy.ANY, 10, 0)
    assert found.hits[0].missing == ("năm",)


def test_hit_names_the_words_that_it_lacks_as_typed(index_of: Build) -> None:
    index = index_of(texts("một hai ba bốn 3,5 tấn", "một hai ba 5 tấn 3"))
    found = index.search(SearchRequest("MỘT hai BA Bốn 3,5", size=5))
    assert {hit.id: hit.missing for hit in found.hits} == {"0": (), "1": ("Bốn", "3,5")}


def test_nothing_is_found_where_no_article_holds_most_words(index_of: Build) -> None:
    found = index_of(TEN).search(SearchRequest("một hai năm sáu bảy"))
    assert (found.total, found.hits, found.with_all, found.with_most) == (0, (), 0, 0)


def test_phrase_binds_under_every_policy(index_of: Build) -> None:
    index = index_of(texts("một hai ba bốn năm", "hai một ba bốn năm", "ba bốn năm một hai"))
    for match in MatchPolicy:
        found = index.search(SearchRequest('"một hai" ba bốn năm sáu', match=match))
        assert {hit.id for hit in found.hits} <= {"0", "2"}
    assert index.search(SearchRequest('"một hai" ba bốn năm sáu')).total == 2


def test_neighbours_of_the_query_rank_first_where_they_are_neighbours(index_of: Build) -> None:
    index = index_of(texts("xanh đường lá phố cây", "lá đường phố xanh cây", "xanh phố cây đường"))
    for query in ("đường phố", "duong pho"):
        assert index.search(SearchRequest(query)).hits[0].id == "1"


def test_rare_and_frequent_syllables_count_alike_where_an_article_begins(index_of: Build) -> None:
    far = " lá" * 20
    index = index_of(texts(f"một{far} hai", f"hai{far} một", *["hai"] * 5))
    rare_first, frequent_first = index.search(SearchRequest("một hai")).hits
    assert rare_first.score == pytest.approx(frequent_first.score)


def test_article_that_begins_with_more_of_the_query_ranks_first(index_of: Build) -> None:
    far = " lá" * 20
    index = index_of(texts(f"cây{far} một{far} hai", f"một{far} hai{far} cây"))
    assert [hit.id for hit in index.search(SearchRequest("một hai")).hits] == ["1", "0"]


def test_readings_of_a_bare_query_are_equal_evidence(index_of: Build) -> None:
    index = index_of(texts("đường phố", "dương phó", "duong pho", "đương phở"))
    scores = {hit.id: hit.score for hit in index.search(SearchRequest("duong pho")).hits}
    assert len(scores) == 4
    assert scores["1"] == pytest.approx(scores["3"])


def test_bare_words_that_meet_by_chance_are_not_enough(index_of: Build) -> None:
    scattered = "phở x dương x đông x đức x"
    together = "đường phố đông đúc"
    few = index_of(texts(*[scattered] * 30, "đường phố đông"))
    found = few.search(SearchRequest("duong pho dong duc"))
    assert (found.match, found.with_all, found.with_most) == (MatchPolicy.MOST, 30, 31)
    enough = index_of(texts(*[scattered] * 30, *[together] * 10, "đường phố đông"))
    found = enough.search(SearchRequest("duong pho dong duc"))
    assert (found.match, found.total) == (MatchPolicy.ALL, 40)


def test_syllables_that_meet_by_chance_are_not_enough(index_of: Build) -> None:
    scattered = "công x an x xã x hội x phường"
    together = "công an x xã x hội x phường"
    few = index_of(texts(*[scattered] * 30, *[together] * 9, "công an xã hội"))
    found = few.search(SearchRequest("công an xã hội phường"))
    assert (found.match, found.with_all, found.with_most) == (MatchPolicy.MOST, 39, 40)
    enough = index_of(texts(*[scattered] * 30, *[together] * 10, "công an xã hội"))
    found = enough.search(SearchRequest("công an xã hội phường"))
    assert (found.match, found.total) == (MatchPolicy.ALL, 40)


def test_pages_cross_the_border_of_the_second_pass(index_of: Build) -> None:
    count = CANDIDATES + 60
    bodies = ("an bàn " * (n % 7) + "bàn x an " * (n % 5 + 1) for n in range(count))
    index = index_of(texts(*bodies))
    for size in (7, 90, 299, 301, 1000):
        hits = [
            hit
            for offset in range(0, count + size, size)
            for hit in index.search(SearchRequest("an bàn", offset=offset, size=size)).hits
        ]
        assert sorted(int(hit.id) for hit in hits) == list(range(count))
        scores = [hit.score for hit in hits]
        assert scores == sorted(scores, reverse=True)


def test_recent_articles_come_first_where_that_is_asked_for(index_of: Build) -> None:
    years = (2001, 2003, 2002)
    dated = [Article(id=str(y), title="tin", published=PublicationDate.of_year(y)) for y in years]
    index = index_of(dated)
    plain = index.search(SearchRequest("tin"))
    assert [hit.id for hit in plain.hits] == ["2001", "2003", "2002"]
    recent = index.search(SearchRequest("tin", recency=0.5, recency_half_life=10_000))
    assert [hit.id for hit in recent.hits] == ["2003", "2002", "2001"]


@pytest.mark.parametrize(
    "wrong",
    [{"match": "some"}, {"recency": -0.1}, {"recency": 2}, {"recency_half_life": 0}],
    ids=str,
)
def test_value_without_meaning_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(RequestError) as refusal:
        SearchRequest(**wrong)  # type: ignore[arg-type]
    assert refusal.value.option == next(iter(wrong))


def test_recency_changes_the_order_and_not_what_is_found(index_of: Build) -> None:
    together, apart = "công an xã hội x phường", "công x an x xã x hội x phường"
    old, new = PublicationDate.of_year(2001), PublicationDate.of_year(2024)
    articles = [
        Article(id=f"{n} {year.isoformat()}", title="tin", body=(body,), published=year)
        for body, year, count in ((together, old, 20), (apart, new, CANDIDATES))
        for n in range(count)
    ]
    articles.append(Article(id="lacks one", title="tin", body=("công an xã hội",)))
    index = index_of(articles)
    found = [
        index.search(SearchRequest("công an xã hội phường", recency=recency, recency_half_life=90))
        for recency in (0, 1)
    ]
    assert [one.match for one in found] == [MatchPolicy.ALL] * 2
    assert [one.total for one in found] == [20 + CANDIDATES] * 2
