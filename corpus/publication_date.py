"""When an article was published, as precisely as is known.

Newspapers date an article by a day, and sometimes only the month or the year is known (the
address of the article says ``/202104/``, and nothing else does). Such a date is an interval,
and it stays one: nothing here invents a day.

All days are days in Vietnam (Asia/Ho_Chi_Minh), wherever the program runs.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import IntEnum
from typing import Self
from zoneinfo import ZoneInfo

from corpus.date_texts import match_date
from corpus.errors import PublicationDateError

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
"""The zone in which days are counted."""

EARLIEST_YEAR = 1800
LATEST_YEAR = 2100


class Precision(IntEnum):
    """How much of a date is known; a greater value is more precise."""

    YEAR = 1
    MONTH = 2
    DAY = 3
    TIME = 4


@dataclass(frozen=True, slots=True, order=True)
class PublicationDate:
    """A publication date: an interval of time in Vietnam.

    Dates are ordered by their start, and at the same start the coarser one comes first:
    2021 < 2021-01 < 2021-01-01 < 2021-01-01T00:00:00 < 2021-02.

    Most callers use `parse`, `at`, `of_day`, `of_month` or `of_year`. The constructor takes
    any aware moment and moves it back to the start of its second, day, month or year.

    Attributes:
        start: The first moment, in Vietnam time, inclusive.
        precision: How much is known.

    Raises:
        PublicationDateError: If the moment has no time zone, or its year is not between
            1800 and 2100.
    """

    start: datetime
    precision: Precision

    def __post_init__(self) -> None:
        if self.start.tzinfo is None:
            raise PublicationDateError(f"{self.start.isoformat()} has no time zone; give it one")
        _check_year(self.start.year)
        start = self.start.astimezone(VIETNAM).replace(microsecond=0)
        if self.precision < Precision.TIME:
            start = start.replace(hour=0, minute=0, second=0, fold=0)
        if self.precision < Precision.DAY:
            start = start.replace(day=1)
        if self.precision < Precision.MONTH:
            start = start.replace(month=1)
        _check_year(start.year)
        object.__setattr__(self, "start", start)

    @classmethod
    def at(cls, moment: datetime) -> Self:
        """Return the date of a known time, to the second.

        Raises:
            PublicationDateError: If the moment has no time zone or its year is out of range.
        """
        return cls(moment, Precision.TIME)

    @classmethod
    def of_day(cls, year: int, month: int, day: int) -> Self:
        """Return a date known to the day.

        Raises:
            PublicationDateError: If there is no such day or its year is out of range.
        """
        return cls(_moment(year, month, day), Precision.DAY)

    @classmethod
    def of_month(cls, year: int, month: int) -> Self:
        """Return a date known to the month only.

        Raises:
            PublicationDateError: If there is no such month or its year is out of range.
        """
        return cls(_moment(year, month), Precision.MONTH)

    @classmethod
    def of_year(cls, year: int) -> Self:
        """Return a date known to the year only.

        Raises:
            PublicationDateError: If the year is out of range.
        """
        return cls(_moment(year), Precision.YEAR)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a date in ISO form or as Vietnamese newspapers write it.

        `corpus.date_texts` lists the forms. A date has the precision of its text, fractions of
        a second are dropped, and a time without an offset is Vietnam time.

        Raises:
            PublicationDateError: If the text has none of these forms, or names a day or time
                that does not exist.
        """
        parts = match_date(text)
        if parts is None:
            raise PublicationDateError(
                f"{text[:80]!r} is not a date; write 2021, 2021-04, 2021-04-08, "
                "2021-04-08T12:15:00+07:00, 8/4/2021 or 04/2021"
            )
        if parts.month is None:
            return cls.of_year(parts.year)
        if parts.day is None:
            return cls.of_month(parts.year, parts.month)
        if parts.clock is None:
            return cls.of_day(parts.year, parts.month, parts.day)
        zone = VIETNAM if parts.offset is None else _offset(parts.offset)
        return cls.at(_moment(parts.year, parts.month, parts.day, *parts.clock, zone=zone))

    @property
    def end(self) -> datetime:
        """The moment after the last one, exclusive; a known time lasts one second."""
        if self.precision is Precision.TIME:
            return self.start + timedelta(seconds=1)
        after = self.last_day + timedelta(days=1)
        return datetime(after.year, after.month, after.day, tzinfo=VIETNAM)

    @property
    def first_day(self) -> date:
        """The first day on which it may have been, in Vietnam."""
        return self.start.date()

    @property
    def last_day(self) -> date:
        """The last day on which it may have been, in Vietnam, inclusive."""
        first = self.first_day
        if self.precision >= Precision.DAY:
            return first
        if self.precision is Precision.YEAR:
            return first.replace(month=12, day=31)
        # The 1st and 31 days is in the next month, whichever month it is.
        return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    def isoformat(self) -> str:
        """Return the ISO 8601 form at its own precision; `parse` reads it back.

        For example ``2021``, ``2021-04``, ``2021-04-08`` or ``2021-04-08T12:15:00+07:00``.
        """
        if self.precision is Precision.TIME:
            return self.start.isoformat()
        return self.first_day.isoformat()[: _ISO_LENGTH[self.precision]]

    def __str__(self) -> str:
        return self.isoformat()


def checked_date(
    value: object, *, now: datetime | None = None
) -> tuple[PublicationDate | None, str]:
    """Read a date that a record gives, and say what is wrong with it instead of raising.

    A date in the future is no date: an article cannot be from a day that is to come, and one
    wrong year would stretch every timeline. Nor is one before 1900, or 1 January 1970, which
    systems write for a time that they do not have.

    Args:
        value: A text that `PublicationDate.parse` reads; a year; a Unix time in seconds or
            milliseconds; a moment, which without a zone is UTC, as BSON means it; or `None`.
        now: The present moment; the clock's if `None`.

    Returns:
        The date, or `None`, and what is wrong, or an empty text.
    """
    if value is None or value == "":
        return None, ""
    try:
        date = _read(value)
    except (PublicationDateError, OverflowError) as error:
        return None, str(error)
    if date is None:
        return None, f"{str(value)[:80]!r} is not a date"
    if date.start.year < _EARLIEST_YEAR_OF_A_RECORD:
        return None, f"{date} cannot be: it is before {_EARLIEST_YEAR_OF_A_RECORD}"
    if date.precision >= Precision.DAY and date.first_day == _DAY_OF_NO_DATE:
        return None, f"{date} stands for no date: it is where computers begin to count"
    if date.start > (now or datetime.now(VIETNAM)):
        return None, f"{date} is in the future"
    return date, ""


def _read(value: object) -> PublicationDate | None:
    match value:
        case PublicationDate():
            return value
        case str():
            return PublicationDate.parse(value) if value.strip() else None
        case datetime():
            return PublicationDate.at(value if value.tzinfo else value.replace(tzinfo=UTC))
        case date():
            return PublicationDate.of_day(value.year, value.month, value.day)
        case bool():
            return None
        case int() | float():
            return _of_number(value)
    return None


def _of_number(number: float) -> PublicationDate | None:
    if number in range(EARLIEST_YEAR, LATEST_YEAR + 1):
        return PublicationDate.of_year(int(number))
    seconds = number / 1000 if number > _LATEST_UNIX_TIME else number
    if not _EARLIEST_UNIX_TIME <= seconds <= _LATEST_UNIX_TIME:
        return None
    return PublicationDate.at(datetime.fromtimestamp(seconds, UTC))


# From November 1997, when Vietnam came onto the web, to the year 2100; smaller numbers are
# ids, and greater ones milliseconds.
_EARLIEST_UNIX_TIME = 878_000_000
_LATEST_UNIX_TIME = 4_102_000_000

_EARLIEST_YEAR_OF_A_RECORD = 1900
_DAY_OF_NO_DATE = date(1970, 1, 1)

_ISO_LENGTH = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}


def _moment(
    year: int,
    month: int = 1,
    day: int = 1,
    hour: int = 0,
    minute: int = 0,
    second: int = 0,
    zone: ZoneInfo | timezone = VIETNAM,
) -> datetime:
    _check_year(year)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError as error:
        raise PublicationDateError(f"there is no such day or time: {error}") from error


def _check_year(year: int) -> None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise PublicationDateError(
            f"the year {year} is not between {EARLIEST_YEAR} and {LATEST_YEAR}"
        )


def _offset(text: str) -> timezone:
    """Read ``Z``, ``GMT``, ``+07``, ``+0700``, ``+07:00`` or ``GMT+7``."""
    text = text.upper().removeprefix("GMT").removeprefix("UTC")
    if text in ("", "Z"):
        return timezone(timedelta(0))
    sign = -1 if text[0] == "-" else 1
    hours, _, rest = text[1:].partition(":")
    if len(hours) > 2:
        hours, rest = hours[:-2], hours[-2:]
    minutes, _, seconds = rest.partition(":")
    shift = timedelta(hours=int(hours), minutes=int(minutes or 0), seconds=int(seconds or 0))
    if shift >= timedelta(days=1):
        raise PublicationDateError(f"{text} is not an offset from UTC; write +07:00")
    return timezone(sign * shift)
