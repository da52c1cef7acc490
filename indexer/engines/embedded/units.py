"""Years, months or days of publication, as small numbers that are fast to count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from indexer.columnar.columns import UNDATED, Columns
from indexer.columnar.postings import Ints
from indexer.columnar.terms import smallest_unsigned
from indexer.engines.base import Interval

_UNITS = {Interval.YEAR: "M8[Y]", Interval.MONTH: "M8[M]", Interval.DAY: "M8[D]"}
"""NumPy's names of the years, months and days since 1970."""

_NEEDED_PRECISION = {Interval.YEAR: 1, Interval.MONTH: 2, Interval.DAY: 3}
_EPOCH = date(1970, 1, 1).toordinal()


class Calendar:
    """The years, months or days from the oldest article of a collection to its newest.

    Args:
        of_segments: The columns of each segment.
        interval: What a unit is.

    Attributes:
        starts: The first day of each unit, a `datetime64`.
        segments: The units of each segment, numbered as in `starts`.
    """

    def __init__(self, of_segments: Sequence[Columns], interval: Interval) -> None:
        self.segments = [_Units(columns, interval) for columns in of_segments]
        dated = [units for units in self.segments if units.size]
        first = min((units.first for units in dated), default=0)
        end = max((units.first + units.size for units in dated), default=0)
        for units in self.segments:
            units.offset = units.first - first
        self.starts = np.arange(first, end).astype(_UNITS[interval]).astype("M8[D]")

    def count(self, of_segments: Sequence[Ints]) -> Ints:
        """Count some articles of each segment.

        Returns:
            How many have no date, how many one that is known less exactly, and from `EXACT` on how
            many there are of each unit.
        """
        counts = np.zeros(EXACT + len(self.starts), np.int64)
        for units, articles in zip(self.segments, of_segments, strict=True):
            of_segment = units.count(articles)
            counts[:EXACT] += of_segment[:EXACT]
            first = EXACT + units.offset
            counts[first : first + units.size] += of_segment[EXACT:]
        return counts


_UNDATED, _COARSER, EXACT = range(3)


class _Units:
    """The year, month or day of each article of a segment, as a small number.

    `_UNDATED` stands for no date, `_COARSER` for one that is not known so exactly; the oldest unit
    has `EXACT`.

    Args:
        columns: The columns of the segment.
        interval: What a unit is.

    Attributes:
        first: The oldest unit, counted from 1970.
        size: How many units there are, from the oldest to the newest.
        offset: The number of the oldest one among the units of all segments.
    """

    def __init__(self, columns: Columns, interval: Interval) -> None:
        days = (columns.first_day.astype(np.int64) - _EPOCH).astype("M8[D]")
        units = days.astype(_UNITS[interval]).astype(np.int64)
        exact = columns.precision >= _NEEDED_PRECISION[interval]
        self.first = int(units[exact].min()) if exact.any() else 0
        coarse = np.where(columns.precision == UNDATED, _UNDATED, _COARSER)
        numbers = np.where(exact, units - self.first + EXACT, coarse)
        largest = int(numbers.max(initial=_COARSER))
        self.size = largest - _COARSER
        self.offset = 0
        self._numbers = numbers.astype(smallest_unsigned(largest))

    def count(self, articles: Ints) -> Ints:
        """Count articles: those without a date, those known less exactly, those of each unit."""
        return np.bincount(self._numbers.take(articles), minlength=EXACT + self.size)

    def exact(self, articles: Ints) -> tuple[Ints, Ints]:
        """Give the places of articles whose unit is known, and its number in the collection."""
        numbers = self._numbers[articles].astype(np.int64)
        places = np.flatnonzero(numbers >= EXACT)
        return places, numbers[places] - EXACT + self.offset
