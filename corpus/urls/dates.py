"""The day or month of publication, as far as the path of an address says it.

What counts is where a number stands: a folder of its own, or the end of the last segment,
where systems put the number of an article. Numbers inside a headline are events, prices and
lottery draws, and never count.

Article numbers that are the time at which an article was entered come in three forms, each
followed by nothing but an ending such as ``.htm``:

========================  =====================================================
``20211009130813666``     year, month, day, hour, minute, then up to 6 digits
``169211023081530224``    3 digits of the site, then ``yymmddHHMMSS`` and milliseconds;
                          some sites write ``yyddmm``, and known ones milliseconds
                          below 100 in two digits
``42021410153012345``     1 to 3 digits, then year, day, month, hour, minute, second and
                          milliseconds, none with a leading zero
========================  =====================================================

The last two can often be read in several ways: what is common to all of them is taken
(2021-04-10 and 2021-04-01 give 2021-04, 2021-04-10 and 2021-10-04 give 2021).

Not dates: Unix times (many counters began at one), .NET ticks, numbers of 8 digits that are
no folder or the only number of the address, days that a path ends with, times on the first
minute of a day (an import began its count there), what lies before the web or in the future.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from corpus.errors import PublicationDateError
from corpus.publication_date import VIETNAM, PublicationDate
from corpus.urls.sites import known_sites

# No Vietnamese newspaper was on the web before the country was (November 1997).
_FIRST_YEAR_ON_THE_WEB = 1997

_YEAR, _MONTH, _DAY = "(?P<year>(?:19|20)[0-9]{2})", "(?P<month>[0-9]{2})", "(?P<day>[0-9]{2})"
_LOOSE_MONTH, _LOOSE_DAY = "(?P<month>[0-9]{1,2})", "(?P<day>[0-9]{1,2})"
_MARK = "(?P<mark>[-._])"

# A folder that is a date by itself: 202110, 2021-10, 2021-10-04, 4-10-2021.
_FOLDER = tuple(
    re.compile(form)
    for form in (
        f"{_YEAR}{_MONTH}",
        f"{_YEAR}-{_MONTH}",
        f"{_YEAR}{_MARK}{_LOOSE_MONTH}(?P=mark){_LOOSE_DAY}",
        f"{_LOOSE_DAY}{_MARK}{_LOOSE_MONTH}(?P=mark){_YEAR}",
    )
)
# A folder of 8 digits may be an article's number, unless the article has another one.
_DIGITS_OF_A_DAY = tuple(
    re.compile(form) for form in (f"{_YEAR}{_MONTH}{_DAY}", f"{_DAY}{_MONTH}{_YEAR}")
)
_NUMBER_OF_AN_ARTICLE = re.compile(r"(?:[0-9]{4,}|-(?=[a-z]*[0-9])[0-9a-f]{6,})(?:\.\w+)?$")
# Folders one below the other: 2021/10/4, 2021/10, 2021/1004, 2021-10/04, nam2006/thang4. A path
# that ends with its day is no article but the page of that day: a calendar's, a lottery draw's.
_FOLDERS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"/{_YEAR}/{_LOOSE_MONTH}(?!/[0-9]{{1,2}}(?:\.[a-z]+)?$)(?:/{_LOOSE_DAY})?(?=/)",
        rf"/nam-?{_YEAR}/thang-?{_LOOSE_MONTH}(?:/ngay-?{_LOOSE_DAY})?(?=/)",
        rf"/{_YEAR}/{_MONTH}{_DAY}(?=/)",
        rf"/{_YEAR}-{_MONTH}/{_DAY}(?=/)",
    )
)

_LAST_NUMBER = re.compile(r"(?<![0-9])([0-9]{12,20})(?:\.[a-z]{2,5})?$")
_STAMP = re.compile(rf"{_YEAR}{_MONTH}{_DAY}(?!0000)(?:[01][0-9]|2[0-3])[0-5][0-9][0-9]{{0,6}}")
# Written since 2021. The first digits of .NET ticks (636 to 639 for our years) are no site's.
_SITE_STAMP = re.compile(
    r"(?!63[6-9])[1-9][0-9]{2}(?P<year>2[1-9]|[3-9][0-9])(?P<first>[0-9]{2})(?P<second>[0-9]{2})"
    r"(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9](?P<milliseconds>[0-9]{3}|[1-9][0-9])"
)
_DIGITS_OF_MILLISECONDS = 3
_UNIX_TIME = re.compile("1[0-9]{12}(?:[0-9]{3}){0,2}")
# The day, then a letter and the number: 20211020i6106333.
_DAY_AND_NUMBER = re.compile(
    rf"(?<![0-9]){_YEAR}{_MONTH}{_DAY}[a-z][0-9]{{3,}}(?:\.[a-z]{{2,5}})?$"
)


def date_in(host: str, segments: Sequence[str]) -> PublicationDate | None:
    """Return the date that a path gives, or `None`.

    Args:
        host: The host, in lower case.
        segments: The parts of the path between slashes, none empty.
    """
    now = datetime.now(VIETNAM)
    found = [
        date
        for parts in _parts(host, segments)
        if (date := _date(*parts)) and _is_possible(date, now)
    ]
    return _agreed(found)


_Parts = tuple[int, int | None, int | None]
_Day = tuple[int, int, int]


def _parts(host: str, segments: Sequence[str]) -> Iterator[_Parts]:
    """Yield year, month and day of everything in the path that is a date by its form."""
    if not segments:
        return
    *folders, last = segments
    last = last.lower()
    forms = _FOLDER
    if _NUMBER_OF_AN_ARTICLE.search(last):
        forms += _DIGITS_OF_A_DAY
    for folder in folders:
        yield from _matched(form.fullmatch(folder) for form in forms)
    path = "/" + "/".join(segments)
    yield from _matched(form.search(path) for form in _FOLDERS)
    yield from _matched([_DAY_AND_NUMBER.search(last)])
    if (number := _LAST_NUMBER.search(last)) and not known_sites().counts_in_stamps(host):
        yield from _of_number(host, number[1])


def _matched(
    matches: Iterator[re.Match[str] | None] | list[re.Match[str] | None],
) -> Iterator[_Parts]:
    for match in matches:
        if match:
            part = match.groupdict()
            day = part.get("day")
            yield int(part["year"]), int(part["month"]), int(day) if day else None


def _of_number(host: str, digits: str) -> Iterator[_Parts]:
    """Yield the date of an article's number that is a time; see the table above."""
    if match := _STAMP.fullmatch(digits):
        yield from _matched([match])
    elif not _UNIX_TIME.fullmatch(digits):
        days = {*_loose_days(digits), *_days_of_site_stamp(host, digits)}
        if days:
            yield _common(days)


def _days_of_site_stamp(host: str, digits: str) -> Iterator[_Day]:
    """Yield every day that a number in the second form can mean."""
    match = _SITE_STAMP.fullmatch(digits)
    month_is_first = known_sites().writes_month_before_day(host)
    # A number that is shorter may be many things, but not on the sites that are known.
    if not match or (len(match["milliseconds"]) < _DIGITS_OF_MILLISECONDS and not month_is_first):
        return
    year, first, second = 2000 + int(match["year"]), int(match["first"]), int(match["second"])
    if _is_possible_day(year, first, second):
        yield year, first, second
    if not month_is_first and _is_possible_day(year, second, first):
        yield year, second, first


def _loose_days(digits: str) -> Iterator[_Day]:
    """Yield every day that a number in the third form can mean."""
    for skipped in (1, 2, 3):
        if digits[0] == "0" or digits[skipped : skipped + 2] != "20":
            continue
        year = int(digits[skipped : skipped + 4])
        rest = digits[skipped + 4 :]
        for day_length in (1, 2):
            for month_length in (1, 2):
                day, rest_of_day = rest[:day_length], rest[day_length:]
                month, clock = rest_of_day[:month_length], rest_of_day[month_length:]
                if not _is_clock(clock) or "0" in (day[:1], month[:1]):
                    continue
                if _is_possible_day(year, int(month or 0), int(day or 0)):
                    yield year, int(month), int(day)


_CLOCK = re.compile("(?:1?[0-9]|2[0-3])(?:[1-5]?[0-9])(?:[1-5]?[0-9])(?:0|[1-9][0-9]{0,2})")


def _is_clock(digits: str) -> bool:
    """Tell whether digits are hour, minute, second and milliseconds without leading zeros."""
    return bool(_CLOCK.fullmatch(digits))


def _common(days: set[_Day]) -> _Parts:
    years, months = {day[0] for day in days}, {day[:2] for day in days}
    year, month, number = min(days)
    if len(days) == 1:
        return year, month, number
    if len(months) == 1:
        return year, month, None
    return (year if len(years) == 1 else 0), None, None


def _date(year: int, month: int | None, day: int | None) -> PublicationDate | None:
    try:
        if month is None:
            return PublicationDate.of_year(year)
        if day is None:
            return PublicationDate.of_month(year, month)
        return PublicationDate.of_day(year, month, day)
    except PublicationDateError:
        return None


def _is_possible_day(year: int, month: int, day: int) -> bool:
    date = _date(year, month, day)
    return date is not None and _is_possible(date, datetime.now(VIETNAM))


def _is_possible(date: PublicationDate, now: datetime) -> bool:
    return date.start.year >= _FIRST_YEAR_ON_THE_WEB and date.start <= now


def _agreed(dates: list[PublicationDate]) -> PublicationDate | None:
    """Return the most precise date if it lies within all the others."""
    ordered = sorted(dates, key=lambda found: found.precision, reverse=True)
    if not ordered:
        return None
    best = ordered[0]
    agree = all(found.start <= best.start and best.end <= found.end for found in ordered)
    return best if agree else None
