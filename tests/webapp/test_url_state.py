from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer import FACETS, Interval, Marks, MatchPolicy, Sort
from webapp.url_state import (
    MAX_PAGE,
    MAX_VALUES,
    Problem,
    SearchState,
    has_empty_values,
    read_state,
)


def read(query_string: str) -> tuple[SearchState, tuple[Problem, ...]]:
    return read_state(MultiDict(parse_qsl(query_string, keep_blank_values=True)))


texts = st.text(st.characters(codec="utf-8"), max_size=30)
values = texts.filter(lambda text: text != "")
days = st.dates(date(1800, 1, 1), date(2100, 12, 31))


@st.composite
def states(draw: st.DrawFn) -> SearchState:
    first, last = draw(st.none() | days), draw(st.none() | days)
    if first and last and first > last:
        first, last = last, first
    state = SearchState(
        query=draw(texts),
        filters=draw(
            st.dictionaries(
                st.sampled_from(FACETS), st.lists(values, min_size=1, max_size=3).map(tuple)
            )
        ),
        first_day=first,
        last_day=last,
        match=draw(st.sampled_from(MatchPolicy)),
        marks=draw(st.sampled_from(Marks)),
        abbreviations=draw(st.booleans()),
        collapse=draw(st.booleans()),
        sort=draw(st.sampled_from(Sort)),
        by=draw(st.none() | st.sampled_from(Interval)),
        page=draw(st.integers(1, MAX_PAGE)),
    )
    return read(state.query_string())[0]


@given(states())
def test_every_state_comes_back_from_its_own_address(state: SearchState) -> None:
    assert read(state.query_string()) == (state, ())


def test_the_default_state_has_an_empty_query_string() -> None:
    assert SearchState().query_string() == ""


def test_parameters_stand_in_one_order_and_keep_several_values() -> None:
    state, problems = read(
        "page=2&collapse=0&abbr=0&marks=exact&by=month&sort=newest&to=2021-12-31&from=2021-01-01&tag=t&source=A&source=B&q=x"
    )
    assert not problems
    assert state.query_string() == (
        "q=x&source=A&source=B&tag=t&from=2021-01-01&to=2021-12-31&marks=exact&abbr=0"
        "&collapse=0&sort=newest&by=month&page=2"
    )


def test_decomposed_letters_are_composed() -> None:
    assert read("q=bầu cử")[0] == read("q=bầu cử")[0]


def test_a_month_or_a_year_means_its_ends() -> None:
    state, _ = read("from=2021-04&to=2021")
    assert (state.first_day, state.last_day) == (date(2021, 4, 1), date(2021, 12, 31))


@pytest.mark.parametrize(
    ("query_string", "parameter"),
    [
        ("from=hôm qua", "from"),
        ("to=2021-02-30", "to"),
        ("sort=best", "sort"),
        ("by=week", "by"),
        ("match=some", "match"),
        ("marks=none", "marks"),
        ("abbr=no", "abbr"),
        ("collapse=no", "collapse"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=1_0", "page"),
        ("page=" + "9" * 5000, "page"),
        ("page=١", "page"),
        ("&".join(f"tag={n}" for n in range(MAX_VALUES + 1)), "tag"),
    ],
)
def test_what_has_no_meaning_is_named_and_left_out(query_string: str, parameter: str) -> None:
    state, problems = read(f"q=nước&{query_string}")
    assert [problem.parameter for problem in problems] == [parameter]
    assert state.query == "nước"
    assert len(problems[0].message) < 200


def test_an_exchanged_period_is_offered_the_right_way_round() -> None:
    state, (problem,) = read("from=2022-01-01&to=2021-01-01")
    assert not state.is_narrowed
    assert problem.remedy_state == SearchState(
        first_day=date(2021, 1, 1), last_day=date(2022, 1, 1)
    )


def test_dropping_a_value_keeps_the_others_and_returns_to_the_first_page() -> None:
    state, _ = read("q=x&source=A&source=B&page=3")
    assert state.without_value("source", "A").query_string() == "q=x&source=B"
    assert state.without_value("source", "A").without_value("source", "B").filters == {}


def test_fields_left_empty_are_noticed() -> None:
    assert has_empty_values(MultiDict([("q", "x"), ("from", "")]))
    assert not has_empty_values(MultiDict([("q", "x"), ("utm_source", "")]))


def test_a_cleared_search_keeps_query_and_order_only() -> None:
    state, _ = read("q=x&source=A&from=2021&marks=free&abbr=0&collapse=0&sort=newest&page=4")
    assert state.cleared().query_string() == "q=x&sort=newest"


def test_another_query_is_read_and_filtered_in_the_same_way() -> None:
    state, _ = read("q=x&source=A&marks=exact&page=4")
    assert state.asking("y").query_string() == "q=y&source=A&marks=exact"
