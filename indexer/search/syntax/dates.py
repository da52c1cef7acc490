"""Dates and ranges of dates as they are typed behind `ngày:`, `từ:` and `đến:`."""

from __future__ import annotations

import re

from corpus import PublicationDate, PublicationDateError

RANGE = ".."
"""Stands between the first and the last date of a range."""

_AROUND = " ,;:!?'’)]}"
"""What may follow a date in a sentence and does not belong to it."""

_YEAR_FIRST = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})(?:[/.]([0-9]{1,2}))?")

Range = tuple[PublicationDate | None, PublicationDate | None]


def read_dates(field: str, value: str) -> Range | None:
    """Read the value of a field of dates.

    Args:
        field: `date`, `from` or `to`.
        value: What stands behind the colon, in ASCII where it is a date.

    Returns:
        The first and the last date, `None` for an open end; they may be the wrong way round.
        `None` if the value is no date.
    """
    value = value.strip(_AROUND)
    if not value.endswith(RANGE):
        value = value.removesuffix(".")
    if field == "date" and RANGE in value:
        before, _, after = value.partition(RANGE)
        first = _read(before) if before else None
        last = _read(after) if after else None
        complete = (first or not before) and (last or not after) and (before or after)
        return (first, last) if complete else None
    date = _read(value)
    if date is None:
        return None
    return (None if field == "to" else date, None if field == "from" else date)


def is_reversed(dates: Range) -> bool:
    """Tell whether the last date is wholly before the first one."""
    first, last = dates
    return first is not None and last is not None and last.end <= first.start


def write_dates(dates: Range) -> tuple[str, str]:
    """Give the field and the value that `read_dates` reads as these dates.

    Raises:
        ValueError: Both ends are open.
    """
    first, last = dates
    if first is not None and first == last:
        return "date", first.isoformat()
    if last is None and first is not None:
        return "from", first.isoformat()
    if first is None and last is not None:
        return "to", last.isoformat()
    if first is None or last is None:
        raise ValueError("a range of dates needs at least one of them")
    return "date", f"{first.isoformat()}{RANGE}{last.isoformat()}"


def _read(text: str) -> PublicationDate | None:
    if numbers := _YEAR_FIRST.fullmatch(text):
        text = "-".join(filter(None, numbers.groups()))
    try:
        return PublicationDate.parse(text)
    except PublicationDateError:
        return None
