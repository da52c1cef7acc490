"""What is counted, filtered and sorted by: facets and dates of all articles as arrays."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from corpus import Article, Precision
from indexer.engines.base import Interval, Period
from indexer.schema import FACETS, facet_values

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

UNDATED = -1
"""Precision code of an article without a date. Known precisions are 0 (a year) to 3 (a time)."""

_PRECISION_CODES = {Precision.YEAR: 0, Precision.MONTH: 1, Precision.DAY: 2, Precision.TIME: 3}
_NEEDED_PRECISION = {Interval.YEAR: 0, Interval.MONTH: 1, Interval.DAY: 2}


def metadata_row(article: Article) -> bytes:
    """Encode what `Metadata` needs to know of an article."""
    facets = [list(facet_values(article, facet)) for facet in FACETS]
    published = article.published
    dates = (
        [
            int(published.start.timestamp()),
            published.first_day.toordinal(),
            published.last_day.toordinal(),
            _PRECISION_CODES[published.precision],
        ]
        if published
        else None
    )
    return json.dumps([facets, dates], ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """The values of one facet: those of article `i` are `codes[starts[i]:starts[i + 1]]`.

    Attributes:
        values: Distinct values; a code is an index into it.
        codes: Codes of all articles, one article after the other.
        starts: Where the codes of each article begin; one entry more than there are articles.
    """

    values: tuple[str, ...]
    codes: Ints
    starts: Ints

    def owners(self, articles: Ints) -> tuple[Ints, Ints]:
        """Give all (article, code) pairs of the given articles as two arrays.

        Articles are named by their place in `articles`.
        """
        counts = self.starts[articles + 1] - self.starts[articles]
        owners = np.repeat(np.arange(len(articles)), counts)
        within = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
        return owners, self.codes[np.repeat(self.starts[articles], counts) + within]

    def holds(self, articles: Ints, wanted: Iterable[str]) -> Bools:
        """Tell for each article whether it has any of the wanted values."""
        is_wanted = np.zeros(len(self.values), dtype=bool)
        for value in wanted:
            if value in self.values:
                is_wanted[self.values.index(value)] = True
        owners, codes = self.owners(articles)
        holds = np.zeros(len(articles), dtype=bool)
        holds[owners[is_wanted[codes]]] = True
        return holds


@dataclass(frozen=True, slots=True)
class Metadata:
    """Facets and dates of all articles; arrays are indexed by document number.

    Attributes:
        facets: Column of each facet.
        start: Start of the publication date, in seconds since 1970 UTC.
        first_day: First Vietnam day of the publication date, as `date.toordinal` counts.
        last_day: Its last day.
        precision: Its precision code; `UNDATED` where there is none.
    """

    facets: dict[str, FacetColumn]
    start: Ints
    first_day: Ints
    last_day: Ints
    precision: Ints

    @classmethod
    def from_rows(cls, rows: Iterable[bytes]) -> Metadata:
        """Make the arrays from the rows that `metadata_row` encoded, in document order."""
        dates: list[list[int]] = []
        codes: list[list[int]] = [[] for _ in FACETS]
        starts: list[list[int]] = [[0] for _ in FACETS]
        values: list[dict[str, int]] = [{} for _ in FACETS]
        for row in rows:
            facets, date_row = json.loads(row)
            dates.append(date_row or [0, 0, 0, UNDATED])
            for column, names in enumerate(facets):
                known = values[column]
                codes[column] += [known.setdefault(name, len(known)) for name in names]
                starts[column].append(len(codes[column]))
        start, first, last, precision = np.array(dates, np.int64).reshape(-1, 4).T.copy()
        columns = {
            facet: FacetColumn(
                tuple(values[i]), np.array(codes[i], np.int64), np.array(starts[i], np.int64)
            )
            for i, facet in enumerate(FACETS)
        }
        return cls(columns, start, first, last, precision)

    def in_period(self, articles: Ints, period: Period) -> Bools:
        """Tell for each article whether its publication date overlaps a period."""
        inside = np.ones(len(articles), dtype=bool)
        if period.first is not None:
            inside &= self.last_day[articles] >= period.first.toordinal()
        if period.last is not None:
            inside &= self.first_day[articles] <= period.last.toordinal()
        if period != Period():
            inside &= self.precision[articles] != UNDATED
        return inside

    def bars(self, articles: Ints, interval: Interval) -> tuple[list[tuple[date, int]], int, int]:
        """Count articles by year, month or day.

        Returns:
            (first day, count) of each bar that has articles, oldest first; the number of
            articles dated less exactly than the interval; the number of undated articles.
        """
        precision = self.precision[articles]
        undated = int(np.count_nonzero(precision == UNDATED))
        exact = precision >= _NEEDED_PRECISION[interval]
        coarser = len(articles) - undated - int(np.count_nonzero(exact))
        days, counts = np.unique(self.first_day[articles][exact], return_counts=True)
        bars: dict[date, int] = {}
        for ordinal, count in zip(days.tolist(), counts.tolist(), strict=True):
            start = _bar_start(date.fromordinal(ordinal), interval)
            bars[start] = bars.get(start, 0) + count
        return list(bars.items()), coarser, undated


def _bar_start(day: date, interval: Interval) -> date:
    match interval:
        case Interval.YEAR:
            return day.replace(month=1, day=1)
        case Interval.MONTH:
            return day.replace(day=1)
        case Interval.DAY:
            return day
