"""How the articles of an index spread over months, and when there are none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from indexer import Interval, Timeline
from webapp.formatting import interval_end, span
from webapp.url_state import SearchState

_LEVELS: Final = 4
_MONTHS: Final = range(1, 13)


@dataclass(frozen=True, slots=True)
class Month:
    """A month.

    Attributes:
        name: Its full name.
        count: How many articles it has.
        level: How many those are beside other months: 0 for none, up to 4.
        within: Whether it lies between the first and the last article.
        state: The search for its articles.
    """

    name: str
    count: int
    level: int
    within: bool
    state: SearchState


@dataclass(frozen=True, slots=True)
class Coverage:
    """Months by years.

    Attributes:
        years: Each year and its months.
        gaps: The runs of months without any article, in words.
        coarser: How many articles are known to a year only.
        undated: How many have no date.
    """

    years: tuple[tuple[int, tuple[Month, ...]], ...]
    gaps: tuple[str, ...]
    coarser: int
    undated: int


def coverage(timeline: Timeline | None) -> Coverage | None:
    """Lay out a timeline by months; `None` where no month is known."""
    if timeline is None or not timeline.bars:
        return None
    counts = {bar.start: bar.count for bar in timeline.bars}
    first, last = min(counts), max(counts)
    highest = max(counts.values())
    years = tuple(
        (year, tuple(_month(date(year, n, 1), counts, first, last, highest) for n in _MONTHS))
        for year in range(first.year, last.year + 1)
    )
    return Coverage(years, _gaps(sorted(counts)), timeline.coarser, timeline.undated)


def _month(start: date, counts: dict[date, int], first: date, last: date, highest: int) -> Month:
    end = interval_end(start, Interval.MONTH)
    count = counts.get(start, 0)
    level = -(-_LEVELS * count // highest)
    state = SearchState(first_day=start, last_day=end)
    return Month(span(start, end), count, level, first <= start <= last, state)


def _gaps(starts: list[date]) -> tuple[str, ...]:
    gaps = []
    for one, other in pairwise(starts):
        begin = interval_end(one, Interval.MONTH) + timedelta(days=1)
        if begin < other:
            gaps.append(_run(begin, other - timedelta(days=1)))
    return tuple(gaps)


def _run(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return span(first, last)
    opening = span(first, interval_end(first, Interval.MONTH))
    closing = span(last.replace(day=1), last)
    return f"{opening} – {closing}"
