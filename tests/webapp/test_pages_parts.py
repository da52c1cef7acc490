"""Paging, timeline and addresses: what the results page is put together from."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.routing import Map, Rule

from indexer import Interval, Timeline, TimelineBar
from webapp.links import ArticleIdConverter, external_url
from webapp.pages.paging import paging
from webapp.pages.timeline import drawable, interval_of, timeline_view
from webapp.url_state import SearchState

_urls = Map(
    [Rule("/bai/<id:article_id>", endpoint="article")],
    converters={"id": ArticleIdConverter},
    merge_slashes=False,
).bind("localhost")


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_every_article_id_has_an_address_that_leads_back_to_it(article_id: str) -> None:
    from urllib.parse import unquote

    path = unquote(_urls.build("article", {"article_id": article_id}))
    assert _urls.match(path) == ("article", {"article_id": article_id})


@pytest.mark.parametrize("article_id", [".", "..", "a/../b", "a//b", "/a", "a/", "~", "~/."])
def test_no_part_of_an_address_is_one_that_browsers_tidy_away(article_id: str) -> None:
    path = _urls.build("article", {"article_id": article_id})
    assert not {"", ".", ".."} & set(path.split("/")[2:])


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "//example.com/",
        "https:///path",
        "http://[bad/",
        "https://a b/",
        "java\nscript:alert(1)",
        "/local",
        "",
    ],
)
def test_only_addresses_of_the_web_are_linked(url: str) -> None:
    assert external_url(url) == ""


def test_an_address_of_the_web_stays_as_it_is() -> None:
    assert external_url("https://báo.example/a?b=1") == "https://báo.example/a?b=1"


@pytest.mark.parametrize(
    ("page", "pages", "numbers"),
    [
        (1, 1, (1,)),
        (1, 9, (1, 2, 3, None, 9)),
        (5, 9, (1, 2, 3, 4, 5, 6, 7, 8, 9)),
        (6, 20, (1, None, 4, 5, 6, 7, 8, None, 20)),
        (99, 9, (1, None, 7, 8, 9)),
    ],
)
def test_pages_near_this_one_and_at_both_ends_are_linked(
    page: int, pages: int, numbers: tuple[int | None, ...]
) -> None:
    assert paging(pages * 10, page, 10).numbers == numbers


def test_an_empty_result_has_one_page() -> None:
    found = paging(0, 1, 10)
    assert (found.pages, found.beyond, found.previous, found.next) == (1, False, None, None)


def _timeline(interval: Interval, *bars: tuple[date, int]) -> Timeline:
    return Timeline(interval, tuple(TimelineBar(start, count, count) for start, count in bars))


def test_empty_months_between_two_bars_have_bars_of_their_own() -> None:
    timeline = _timeline(Interval.MONTH, (date(2020, 11, 1), 2), (date(2021, 2, 1), 1))
    view = timeline_view(timeline, SearchState())
    assert [(bar.label, bar.count) for bar in view.bars] == [
        ("tháng 11/2020", 2),
        ("tháng 12/2020", 0),
        ("tháng 1/2021", 0),
        ("tháng 2/2021", 1),
    ]
    assert [bar.state is None for bar in view.bars] == [False, True, True, False]
    assert [bar.height for bar in view.bars] == [100, 0, 0, 50]


def test_a_bar_leads_from_years_to_months_to_days() -> None:
    state = SearchState("nước")
    assert interval_of(state) is Interval.YEAR
    year = timeline_view(_timeline(Interval.YEAR, (date(2021, 1, 1), 3)), state).bars[0].state
    assert year
    assert year.query_string() == "q=n%C6%B0%E1%BB%9Bc&from=2021-01-01&to=2021-12-31"
    assert interval_of(year) is Interval.MONTH
    month = timeline_view(_timeline(Interval.MONTH, (date(2021, 4, 1), 3)), year).bars[0].state
    assert month
    assert interval_of(month) is Interval.DAY
    view = timeline_view(_timeline(Interval.DAY, (date(2021, 4, 8), 3)), month)
    assert [step.label for step in view.steps] == ["Mọi năm", "năm 2021", "tháng 4/2021"]
    day = view.bars[0].state
    assert day
    assert (day.first_day, day.last_day) == (date(2021, 4, 8), date(2021, 4, 8))
    again = timeline_view(_timeline(Interval.DAY, (date(2021, 4, 8), 3)), day)
    assert again.bars[0].state is None


@pytest.mark.parametrize(
    ("last", "interval"),
    [
        (date(2020, 1, 30), Interval.DAY),
        (date(2020, 1, 31), Interval.MONTH),
        (date(2022, 6, 1), Interval.MONTH),
        (date(2022, 7, 1), Interval.YEAR),
    ],
)
def test_bars_get_wider_where_there_would_be_too_many(last: date, interval: Interval) -> None:
    timeline = _timeline(Interval.DAY, (date(2020, 1, 1), 1), (last, 1))
    assert drawable(timeline, SearchState(), max_bars=30) is interval


@pytest.mark.parametrize(
    ("interval", "count", "state", "suiting"),
    [
        (Interval.YEAR, 2, SearchState(), Interval.MONTH),
        (Interval.MONTH, 2, SearchState(), Interval.DAY),
        (Interval.DAY, 2, SearchState(), Interval.DAY),
        (Interval.YEAR, 1, SearchState(), Interval.YEAR),
        (Interval.YEAR, 2, SearchState(by=Interval.YEAR), Interval.YEAR),
    ],
)
def test_bars_get_finer_where_all_would_stand_in_one_unless_that_is_asked_for(
    interval: Interval, count: int, state: SearchState, suiting: Interval
) -> None:
    timeline = _timeline(interval, (date(2021, 1, 1), count))
    assert drawable(timeline, state, max_bars=400) is suiting
    assert drawable(timeline, state, max_bars=5) is interval


@given(st.integers(1, 400))
def test_names_of_bars_do_not_run_into_each_other(count: int) -> None:
    months = [date(1980 + number // 12, number % 12 + 1, 1) for number in range(count)]
    timeline = _timeline(Interval.MONTH, *((month, 1) for month in months))
    bars = timeline_view(timeline, SearchState()).bars
    named = [place for place, bar in enumerate(bars) if not bar.minor]
    assert 1 <= len(named) <= 12
    # The timeline is 704 pixels wide, and the name of a month 45.
    room = 45 * count / 704
    assert all(after - before >= room for before, after in itertools.pairwise(named))
    # Where bars are wide, every second one at most.
    if count > 12:
        assert all(place % 2 == 0 for place, bar in enumerate(bars) if bar.tick)


def test_where_nothing_has_a_date_there_are_no_widths_to_choose() -> None:
    assert timeline_view(_timeline(Interval.YEAR), SearchState()).widths == ()
    dated = timeline_view(_timeline(Interval.YEAR, (date(2021, 1, 1), 1)), SearchState())
    assert len(dated.widths) == 3
