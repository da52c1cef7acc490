from __future__ import annotations

from datetime import date

import pytest

from corpus import PublicationDate
from webapp import formatting


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (999, "999"), (1234, "1.234"), (1234567, "1.234.567")]
)
def test_numbers_have_a_dot_between_thousands(value: int, text: str) -> None:
    assert formatting.number(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.2, "dưới 1 ms"), (12.4, "12 ms"), (1340, "1,3 giây")]
)
def test_durations_have_a_decimal_comma(value: float, text: str) -> None:
    assert formatting.duration(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (PublicationDate.parse("2021-04-08"), "8/4/2021"),
        (PublicationDate.parse("2021-04-08T23:30:00+07:00"), "8/4/2021"),
        (PublicationDate.parse("2021-04"), "tháng 4/2021"),
        (PublicationDate.parse("2021"), "năm 2021"),
        (None, "không rõ ngày"),
    ],
)
def test_a_publication_date_is_written_at_its_precision(
    value: PublicationDate | None, text: str
) -> None:
    assert formatting.published(value) == text


def test_stories_are_told_where_they_are_fewer_than_articles() -> None:
    assert formatting.counted(1_234, 980) == "1.234 bài, 980 tin"
    assert formatting.counted(1_234, 1_234) == "1.234 bài"
    assert formatting.counted(1_234, 980, approximate=True) == "1.234 bài, khoảng 980 tin"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2021, 1, 1), date(2021, 12, 31), "năm 2021"),
        (date(2019, 1, 1), date(2021, 12, 31), "năm 2019–2021"),
        (date(2024, 2, 1), date(2024, 2, 29), "tháng 2/2024"),
        (date(2024, 2, 1), date(2024, 2, 28), "1/2/2024 – 28/2/2024"),
        (date(2024, 2, 1), date(2024, 2, 1), "1/2/2024"),
        (date(2024, 2, 1), None, "từ 1/2/2024"),
        (None, date(2024, 2, 1), "đến 1/2/2024"),
    ],
)
def test_a_period_has_its_shortest_name(first: date | None, last: date | None, text: str) -> None:
    assert formatting.period(first, last) == text
