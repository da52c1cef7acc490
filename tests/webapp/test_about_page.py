"""The page that tells what the index holds."""

from __future__ import annotations

import re
from datetime import date

from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from indexer import Interval, Timeline, TimelineBar
from tests.webapp.test_search_page import headlines, links, text_of
from webapp.pages.coverage import coverage

_months = st.dates(date(1990, 1, 1), date(2030, 12, 31)).map(lambda day: day.replace(day=1))


def _timeline(counts: dict[date, int]) -> Timeline:
    bars = tuple(TimelineBar(start, count, count) for start, count in sorted(counts.items()))
    return Timeline(Interval.MONTH, bars, 0, 0)


def test_it_tells_articles_stories_papers_and_what_has_no_date(odd: FlaskClient) -> None:
    text = text_of(odd.get("/kho-bai").text)
    assert "Bài 5" in text
    assert "Báo 2" in text
    assert "2 bài không rõ ngày" in text
    assert "1 bài chỉ rõ đến năm" in text


def test_months_without_articles_between_others_are_shown_and_named(odd: FlaskClient) -> None:
    html = odd.get("/kho-bai").text
    assert "Không có bài nào: tháng 5/2021 – tháng 1/2024." in text_of(html)
    assert len(re.findall(r'class="level-0 gap"', html)) == 33
    assert 'aria-label="tháng 5/2021: 0 bài"' in html


def test_months_and_papers_lead_to_their_articles(odd: FlaskClient) -> None:
    found = links(odd.get("/kho-bai").text)
    month = next(href for href, text in found if "from=2024-02-01" in href)
    assert headlines(odd.get(month).text) == ["Bài mới"]
    paper = next(href for href, text in found if text == "Tin Mới")
    assert set(headlines(odd.get(paper).text)) == {"Bài mới", "Một tháng"}


@given(st.dictionaries(_months, st.integers(1, 10**6), min_size=1))
def test_every_article_and_every_gap_is_in_the_table(counts: dict[date, int]) -> None:
    found = coverage(_timeline(counts))
    assert found
    months = [month for _, row in found.years for month in row]
    assert sum(month.count for month in months) == sum(counts.values())
    assert all((month.level > 0) == (month.count > 0) for month in months)
    assert max(month.level for month in months) == 4
    inner = [month for month in months if month.within]
    assert inner[0].count
    assert inner[-1].count
    assert bool(found.gaps) == any(not month.count for month in inner)


def test_without_dates_there_is_no_table() -> None:
    assert coverage(_timeline({})) is None
    assert coverage(None) is None
