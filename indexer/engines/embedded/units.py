"""Years, months or days of publication in a segment, as small numbers that are fast to count."""

from __future__ import annotations

from datetime import date

import numpy as np

from indexer.columnar.columns import UNDATED, Columns
from indexer.columnar.postings import Ints
from indexer.columnar.terms import smallest_unsigned
from indexer.engines.base import Interval

UNITS = {Interval.YEAR: "M8[Y]", Interval.MONTH: "M8[M]", Interval.DAY: "M8[D]"}
"""NumPy's names of the years, months and days since 1970."""

_NEEDED_PRECISION = {Interval.YEAR: 1, Interval.MONTH: 2, Interval.DAY: 3}
_EPOCH = date(1970, 1, 1).toordinal()
_KNOWN = 2


class Units:
    """The year, month or day of each article of a segment, as a small number.

    0 stands for no date, 1 for one that is not known so exactly; the oldest unit has 2.

    Args:
        columns: The columns of the segment.
        interval: What a unit is.

    Attributes:
        first: The oldest unit, counted from 1970.
    """

    def __init__(self, columns: Columns, interval: Interval) -> None:
        days = (columns.first_day.astype(np.int64) - _EPOCH).astype("M8[D]")
        units = days.astype(UNITS[interval]).astype(np.int64)
        exact = columns.precision >= _NEEDED_PRECISION[interval]
        self.first = int(units[exact].min()) if exact.any() else 0
        numbers = np.where(exact, units - self.first + _KNOWN, columns.precision != UNDATED)
        self._size = int(numbers.max(initial=0)) + 1
        self._numbers = numbers.astype(smallest_unsigned(self._size))

    def count(self, articles: Ints) -> list[int]:
        """Count articles: those without a date, those known less exactly, those of each unit."""
        least = max(self._size, _KNOWN)
        counts: list[int] = np.bincount(self._numbers[articles], minlength=least).tolist()
        return counts

    def exact(self, articles: Ints) -> tuple[Ints, Ints]:
        """Give the places of articles whose unit is known, and that unit, counted from 1970."""
        numbers = self._numbers[articles].astype(np.int64)
        places = np.flatnonzero(numbers >= _KNOWN)
        return places, numbers[places] - _KNOWN + self.first
