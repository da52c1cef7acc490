"""Numbers, dates and durations as Vietnamese readers write them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from corpus import PublicationDate
from indexer import Interval

_VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")


def number(value: int) -> str:
    """Write a whole number with a dot between thousands: `1.234`."""
    return f"{value:,}".replace(",", ".")


def counted(articles: int, stories: int) -> str:
    """Write how many articles there are, and how many stories where some are reprints."""
    told = f"{number(articles)} bài"
    return told if stories == articles else f"{told}, {number(stories)} tin"


def duration(milliseconds: float) -> str:
    """Write how long something took: `12 ms`, `1,3 giây`."""
    if milliseconds < 1:
        return "dưới 1 ms"
    if milliseconds < 1_000:
        return f"{milliseconds:.0f} ms"
    return f"{milliseconds / 1_000:.1f} giây".replace(".", ",")


def day(value: date) -> str:
    """Write a day: `8/4/2021`."""
    return f"{value.day}/{value.month}/{value.year}"


def day_in_vietnam(value: datetime) -> str:
    """Write the day that it is in Vietnam at a point of time."""
    return day(value.astimezone(_VIETNAM).date())


def published(value: PublicationDate | None) -> str:
    """Write a publication date as exactly as it is known, in the middle of a sentence."""
    if value is None:
        return "không rõ ngày"
    return span(value.first_day, value.last_day)


def span(first: date, last: date) -> str:
    """Write a run of days by the shortest name it has: a day, a month, a year, or its ends."""
    if first == last:
        return day(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        same = first.year == last.year
        return f"năm {first.year}" if same else f"năm {first.year}–{last.year}"
    if first == first.replace(day=1) and last == month_end(first):
        return f"tháng {first.month}/{first.year}"
    return f"{day(first)} – {day(last)}"


def period(first: date | None, last: date | None) -> str:
    """Write a period that may be open at either end."""
    if first and last:
        return span(first, last)
    if first:
        return f"từ {day(first)}"
    if last:
        return f"đến {day(last)}"
    return "mọi ngày"


def month_end(value: date) -> date:
    """Give the last day of the month in which a day lies."""
    return value.replace(day=monthrange(value.year, value.month)[1])


def interval_end(start: date, interval: Interval) -> date:
    """Give the last day of the year, month or day that begins with `start`."""
    match interval:
        case Interval.YEAR:
            return start.replace(month=12, day=31)
        case Interval.MONTH:
            return month_end(start)
        case Interval.DAY:
            return start
