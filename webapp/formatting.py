"""Numbers, dates and durations as readers of the page's language write them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date

from corpus import PublicationDate
from indexer import Interval
from webapp.language import gettext, language, ngettext

_VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")


def number(value: int) -> str:
    """Write a whole number with a dot between thousands, `1.234`; in English with a comma."""
    written = f"{value:,}"
    return written if language() == "en" else written.replace(",", ".")


def articles(count: int) -> str:
    """Write how many articles there are: `35 bài`."""
    return ngettext("%(number)s bài", "%(number)s bài", count, number=number(count))


def stories(count: int, *, approximate: bool = False) -> str:
    """Write how many stories there are: `28 tin`, or `khoảng 49.800 tin`."""
    told = ngettext("%(number)s tin", "%(number)s tin", count, number=number(count))
    return f"{gettext('khoảng')} {told}" if approximate else told


def counted(article_count: int, story_count: int, *, approximate: bool = False) -> str:
    """Write how many articles there are, and how many stories where some are reprints."""
    told = articles(article_count)
    if story_count == article_count:
        return told
    return f"{told}, {stories(story_count, approximate=approximate)}"


def unit(article_count: int, story_count: int) -> str:
    """Write what a number of articles that stands alone counts: `bài`, `bài, 28 tin`."""
    word = ngettext("bài", "bài", article_count)
    return word if story_count == article_count else f"{word}, {stories(story_count)}"


def duration(milliseconds: float) -> str:
    """Write how long something took: `12 ms`, `1,3 giây`."""
    if milliseconds < 1:
        return gettext("dưới 1 ms")
    if milliseconds < 1_000:
        return f"{milliseconds:.0f} ms"
    seconds = f"{milliseconds / 1_000:.1f}"
    if language() != "en":
        seconds = seconds.replace(".", ",")
    return gettext("%(seconds)s giây", seconds=seconds)


def day(value: date) -> str:
    """Write a day: `8/4/2021`, in English `8 Apr 2021`."""
    if language() == "en":
        return format_date(value, "d MMM y", locale="en")
    return f"{value.day}/{value.month}/{value.year}"


def day_in_vietnam(value: datetime) -> str:
    """Write the day that it is in Vietnam at a point of time."""
    return day(value.astimezone(_VIETNAM).date())


def published(value: PublicationDate | None) -> str:
    """Write a publication date as exactly as it is known, in the middle of a sentence."""
    if value is None:
        return gettext("không rõ ngày")
    return span(value.first_day, value.last_day)


def span(first: date, last: date) -> str:
    """Write a run of days by the shortest name it has: a day, a month, a year, or its ends."""
    if first == last:
        return day(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        if first.year == last.year:
            return gettext("năm %(year)s", year=first.year)
        return gettext("năm %(first)s–%(last)s", first=first.year, last=last.year)
    if first == first.replace(day=1) and last == month_end(first):
        if language() == "en":
            return format_date(first, "MMMM y", locale="en")
        return f"tháng {first.month}/{first.year}"
    return f"{day(first)} – {day(last)}"


def period(first: date | None, last: date | None) -> str:
    """Write a period that may be open at either end."""
    if first and last:
        return span(first, last)
    if first:
        return gettext("từ %(day)s", day=day(first))
    if last:
        return gettext("đến %(day)s", day=day(last))
    return gettext("mọi ngày")


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
