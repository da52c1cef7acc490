"""The forms in which dates are written: ISO 8601, Vietnamese newspapers, feeds and scripts.

Accepted are, with a day before a month wherever both are numbers:

- ``2021``, ``2021-04``, ``2021-04-08``, ``2021-04-08T05:15:00Z``, ``2021-04-08 12:15+07:00``
- ``8/4/2021``, ``04/2021``, with ``/``, ``-`` or ``.`` between the numbers, and
  ``8 tháng 4 năm 2021``, ``tháng 4 năm 2021``
- a weekday or ``ngày`` before a day, a time on either side of it, ``GMT+7`` at the end:
  ``Thứ năm, 8/4/2021 | 17:30 (GMT+7)``, ``17h30, ngày 8/4/2021``
- ``Thu, 08 Apr 2021 17:30:00 +0700`` (RFC 822, feeds) and
  ``Thu Apr 08 2021 17:30:00 GMT+0700 (Indochina Time)`` (JavaScript)
"""

import re
from dataclasses import dataclass
from unicodedata import normalize


@dataclass(frozen=True, slots=True)
class DateParts:
    """What a text says of a date; nothing is known of whether there is such a day.

    Attributes:
        year: The year.
        month: The month from 1, if it is told.
        day: The day of the month, if it is told.
        clock: Hour, minute and second, if they are told.
        offset: What the text says of the zone, such as ``Z``, ``+07:00`` or ``GMT+7``.
    """

    year: int
    month: int | None = None
    day: int | None = None
    clock: tuple[int, int, int] | None = None
    offset: str | None = None


def match_date(text: str) -> DateParts | None:
    """Return what a text says of a date, or `None` if it is in none of the forms."""
    if len(text) > _LONGEST_TEXT:
        return None
    text = normalize("NFC", text.strip())
    for form in _FORMS:
        if match := form.fullmatch(text):
            return _parts(match.groupdict())
    return None


def _parts(group: dict[str, str | None]) -> DateParts:
    month, hour = group.get("month"), group.get("hour")
    if name := group.get("month_name"):
        month = str(_MONTHS.index(name.lower()) + 1)
    day = group.get("day")
    clock = (int(hour), int(group["minute"] or 0), int(group["second"] or 0)) if hour else None
    return DateParts(
        int(group["year"] or 0),
        int(month) if month else None,
        int(day) if day else None,
        clock,
        group.get("offset"),
    )


# Longer texts are not even looked at: what is read may be anything.
_LONGEST_TEXT = 100

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_CLOCK = r"""
    (?P<hour>[0-9]{1,2}) [:hH] (?P<minute>[0-9]{2})
    (?: : (?P<second>[0-9]{2}) (?: [.,] [0-9]+ )? )?
"""
_OFFSET = r"""
    (?: \s* \(?
        (?P<offset>
            Z | GMT | UTC | (?:GMT|UTC)? [+-] [0-9]{1,2} (?: :? [0-9]{2} (?: :[0-9]{2} )? )?
        )
    \)? )?
"""
_ISO = rf"""
    (?P<year>[0-9]{{4}})
    (?: - (?P<month>[0-9]{{1,2}})
        (?: - (?P<day>[0-9]{{1,2}}) (?: (?: T | \s+ ) {_CLOCK} {_OFFSET} )? )?
    )?
"""
_BETWEEN = r"(?: \s* [,|–-] \s* | \s+ )"
_WEEKDAY = rf"(?: (?: thứ \s \w+ | chủ \s nhật ) (?: {_BETWEEN} )? )?"
_NUMBERS = r"""
    (?P<day>[0-9]{1,2}) (?P<mark>[/.-]) (?P<month>[0-9]{1,2}) (?P=mark) (?P<year>[0-9]{4})
"""
_WORDS = r"""
    (?P<day>[0-9]{1,2}) \s+ tháng \s+ (?P<month>[0-9]{1,2})
    (?: \s+ năm \s+ | ,? \s+ ) (?P<year>[0-9]{4})
"""
_DAYS = tuple(rf"{_WEEKDAY} (?: ngày \s+ )? {day}" for day in (_NUMBERS, _WORDS))
_MONTH_NAME = rf"(?P<month_name>{'|'.join(_MONTHS)})"
_FEED = rf"""
    (?: [a-z]{{3}} ,? \s+ )? (?P<day>[0-9]{{1,2}}) \s+ {_MONTH_NAME} \s+ (?P<year>[0-9]{{4}})
    (?: \s+ {_CLOCK} {_OFFSET} )?
"""
_SCRIPT = rf"""
    [a-z]{{3}} \s+ {_MONTH_NAME} \s+ (?P<day>[0-9]{{1,2}}) \s+ (?P<year>[0-9]{{4}})
    (?: \s+ {_CLOCK} {_OFFSET} (?: \s+ \( [^()]* \) )? )?
"""
_FORMS = tuple(
    re.compile(form, re.VERBOSE | re.IGNORECASE)
    for form in (
        _ISO,
        *(rf"{day} (?: {_BETWEEN} {_CLOCK} {_OFFSET} )?" for day in _DAYS),
        *(rf"{_CLOCK} {_BETWEEN} {day} {_OFFSET}" for day in _DAYS),
        r"(?: tháng \s+ )? (?P<month>[0-9]{1,2}) [/.-] (?P<year>[0-9]{4})",
        r"tháng \s+ (?P<month>[0-9]{1,2}) (?: \s+ năm \s+ | ,? \s+ ) (?P<year>[0-9]{4})",
        _FEED,
        _SCRIPT,
    )
)
