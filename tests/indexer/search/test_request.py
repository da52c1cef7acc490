from datetime import UTC, date, datetime
from typing import Any

import pytest

from indexer import MAX_FACET_SIZE, MAX_SIZE, RequestError, SearchRequest, Sort


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("filters", {"colour": ["red"]}),
        ("filters", {"source": "A"}),
        ("facets", ("colour",)),
        ("facet_size", -1),
        ("facet_size", MAX_FACET_SIZE + 1),
        ("offset", -1),
        ("size", -1),
        ("size", MAX_SIZE + 1),
        ("timeout", 0),
        ("timeout", float("nan")),
        ("timeout", "1"),
        ("sort", "best"),
        ("timeline", "week"),
        ("published_from", "yesterday"),
        ("published_to", "2021-02-30"),
        ("published_to", datetime(2021, 4, 8)),  # noqa: DTZ001 - that is what is wrong with it
    ],
)
def test_value_without_meaning_is_refused_by_the_name_of_its_option(
    option: str, value: Any
) -> None:
    with pytest.raises(RequestError, match=rf"^{option}: ") as refusal:
        SearchRequest(**{option: value})
    assert refusal.value.option == option


def test_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(RequestError, match=r"^published_from: .*exchange the two"):
        SearchRequest(published_from="2021-05", published_to="2021-04")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("8/4/2021", date(2021, 4, 8), date(2021, 4, 8)),
    ],
)
def test_coarse_day_is_the_first_or_the_last_of_its_time(
    text: str, first: date, last: date
) -> None:
    period = SearchRequest(published_from=text, published_to=text).period
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize("empty", [None, "", "  "])
def test_empty_day_leaves_that_end_open(empty: str | None) -> None:
    assert SearchRequest(published_from=empty).period.first is None


def test_filter_without_values_filters_nothing() -> None:
    assert SearchRequest(filters={"source": []}).filters == {}


def test_repeated_names_count_once() -> None:
    request = SearchRequest(filters={"tag": ["a", "a"]}, facets=("tag", "tag"))
    assert (request.filters, request.facets) == ({"tag": ("a",)}, ("tag",))


def test_filter_values_are_composed() -> None:
    assert SearchRequest(filters={"source": ["a\u0301"]}).filters == {"source": ("á",)}


def test_sort_may_be_text() -> None:
    assert SearchRequest(sort="newest").sort is Sort.NEWEST


def test_moment_is_on_its_day_in_vietnam() -> None:
    period = SearchRequest(published_from=datetime(2021, 4, 7, 20, tzinfo=UTC)).period
    assert period.first == date(2021, 4, 8)


@pytest.mark.parametrize(
    "wrong",
    [
        {"query": None},
        {"size": 1.5},
        {"size": "10"},
        {"offset": True},
        {"filters": None},
        {"filters": {"source": [None]}},
        {"facets": "source"},
        {"published_from": 2021},
    ],
    ids=str,
)
def test_option_of_a_wrong_type_is_refused_by_its_name(wrong: dict[str, Any]) -> None:
    with pytest.raises(RequestError) as refusal:
        SearchRequest(**wrong)
    assert refusal.value.option == next(iter(wrong))
