"""The timeline of a results page: bars, the gaps between them, and where each leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from indexer import Interval, Timeline, TimelineBar
from webapp.formatting import day, interval_end, period, span
from webapp.labels import interval_label
from webapp.language import gettext
from webapp.url_state import SearchState

_COARSER: Final = {Interval.DAY: Interval.MONTH, Interval.MONTH: Interval.YEAR}
_FINER: Final = {Interval.YEAR: (Interval.MONTH, 12), Interval.MONTH: (Interval.DAY, 31)}
"""The next finer width, and how many bars of it one bar holds."""

_MAX_TICKS: Final = 12
_MONTHS_UNTIL: Final = timedelta(days=3 * 366)
_DAYS_UNTIL: Final = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class Bar:
    """A year, month or day.

    Attributes:
        label: Its full name, in the middle of a sentence: `tháng 4/2021`.
        tick: The short name that stands below it; empty where its neighbour's is enough.
        minor: Whether that name is left out where bars are narrow.
        count: How many results it has.
        stories: How many different stories those tell.
        height: Height of its bar, from 0 to 100.
        state: The same search within it; `None` where that would show nothing new.
    """

    label: str
    tick: str
    minor: bool
    count: int
    stories: int
    height: float
    state: SearchState | None


@dataclass(frozen=True, slots=True)
class Step:
    """A link out of a period: all years, a year, a month; or a width of bars."""

    label: str
    state: SearchState
    current: bool


@dataclass(frozen=True, slots=True)
class TimelineView:
    """Bars and what surrounds them.

    Attributes:
        interval: Width of the bars.
        bars: The bars, oldest first; every year, month or day between two bars has one.
        steps: From all years down to the period shown.
        widths: The widths to choose from.
        coarser: How many results are known to a wider date only.
        undated: How many have no date.
        highest: The highest count.
        narrower: The width that was asked for but has too many bars to draw.
    """

    interval: Interval
    bars: tuple[Bar, ...]
    steps: tuple[Step, ...]
    widths: tuple[Step, ...]
    coarser: int
    undated: int
    highest: int
    narrower: Interval | None


def interval_of(state: SearchState) -> Interval:
    """Give the width of bars that suits a period, unless the state names one."""
    if state.by:
        return state.by
    if not (state.first_day and state.last_day):
        return Interval.YEAR
    length = state.last_day - state.first_day
    if length <= _DAYS_UNTIL:
        return Interval.DAY
    return Interval.MONTH if length <= _MONTHS_UNTIL else Interval.YEAR


def drawable(timeline: Timeline, state: SearchState, max_bars: int) -> Interval:
    """Give the width of bars that suits what was counted.

    It is a wider one where there are too many bars, and a finer one where all would stand in one
    bar, unless the state asks for that.

    Args:
        timeline: The counts.
        state: The search they belong to.
        max_bars: How many bars are too many.
    """
    interval = timeline.interval
    if timeline.bars:
        first, last = timeline.bars[0].start, timeline.bars[-1].start
        if not state.by and first == last and timeline.bars[0].count > 1 and interval in _FINER:
            finer, most = _FINER[interval]
            return finer if most < max_bars else interval
        while interval in _COARSER and _distance(first, last, interval) >= max_bars:
            interval = _COARSER[interval]
    return interval


def _distance(first: date, last: date, interval: Interval) -> int:
    if interval is Interval.DAY:
        return (last - first).days
    return 12 * (last.year - first.year) + last.month - first.month


def timeline_view(timeline: Timeline, state: SearchState) -> TimelineView:
    """Lay out the timeline of a result.

    Args:
        timeline: The counts.
        state: The search they belong to.
    """
    interval = timeline.interval
    counted = _with_gaps(timeline.bars, interval)
    highest = max((bar.count for bar in counted), default=0)
    named = _named(len(counted))
    bars = []
    for place, bar in enumerate(counted):
        last = interval_end(bar.start, interval)
        here = (bar.start, last) == (state.first_day, state.last_day)
        bars.append(
            Bar(
                label=span(bar.start, last),
                tick=_tick(bar.start, interval) if place in named or place % 2 == 0 else "",
                minor=place not in named,
                count=bar.count,
                stories=bar.stories,
                height=round(max(100 * bar.count / highest, 2), 1) if bar.count else 0,
                state=None if here or not bar.count else state.within(bar.start, last),
            )
        )
    return TimelineView(
        interval=interval,
        bars=tuple(bars),
        steps=_steps(state),
        widths=tuple(
            Step(interval_label(width), state.drawn_by(width).at_page(1), width is interval)
            for width in Interval
            if bars
        ),
        coarser=timeline.coarser,
        undated=timeline.undated,
        highest=highest,
        narrower=state.by if state.by and state.by is not interval else None,
    )


def _named(count: int) -> range:
    """Give the places of the bars whose names stand below them even where bars are narrow.

    They are far enough from each other and from both ends for names to have room. Where bars are
    wide every second one has its name too, so these are even as well.
    """
    every = max(-(-count // _MAX_TICKS), 1)
    if every > 1:
        every += every % 2
    return range(every // 4 * 2, count - every // 2, every)


def _with_gaps(bars: tuple[TimelineBar, ...], interval: Interval) -> tuple[TimelineBar, ...]:
    if not bars:
        return ()
    known = {bar.start: bar for bar in bars}
    starts = _starts(bars[0].start, bars[-1].start, interval)
    return tuple(known.get(start, TimelineBar(start, 0, 0)) for start in starts)


def _starts(first: date, last: date, interval: Interval) -> Iterator[date]:
    start = first
    while start < last:
        yield start
        start = interval_end(start, interval) + timedelta(days=1)
    yield last


def _tick(start: date, interval: Interval) -> str:
    match interval:
        case Interval.YEAR:
            return str(start.year)
        case Interval.MONTH:
            return f"{start.month}/{start.year}"
        case Interval.DAY:
            return f"{start.day}/{start.month}"


def _steps(state: SearchState) -> tuple[Step, ...]:
    first, last = state.first_day, state.last_day
    if not (first or last):
        return ()
    steps = [Step(gettext("Mọi năm"), state.within(None, None), current=False)]
    if first and last and first.year == last.year:
        year = date(first.year, 1, 1)
        for start, interval in ((year, Interval.YEAR), (first.replace(day=1), Interval.MONTH)):
            end = interval_end(start, interval)
            if (start, end) != (first, last) and start <= first and last <= end:
                steps.append(Step(span(start, end), state.within(start, end), current=False))
    label = day(first) if first and first == last else period(first, last)
    return (*steps, Step(label, state, current=True))
