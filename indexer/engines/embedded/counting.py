"""Facets, timelines and filters of a set of matches, over all segments."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.collection import Collection
from indexer.columnar.columns import UNDATED, Columns
from indexer.columnar.matching import Bools
from indexer.columnar.postings import Ints
from indexer.engines.base import Bucket, Facet, Interval, Period, Timeline, TimelineBar

_NEEDED_PRECISION = {Interval.YEAR: 1, Interval.MONTH: 2, Interval.DAY: 3}
_UNITS = {Interval.YEAR: "M8[Y]", Interval.MONTH: "M8[M]", Interval.DAY: "M8[D]"}
_EPOCH = date(1970, 1, 1).toordinal()


class Counter:
    """Filters and counts articles of a collection. Threads may share it.

    Articles are named by their numbers in the collection, ascending.

    Args:
        collection: The articles.
    """

    def __init__(self, collection: Collection) -> None:
        self._columns = [segment.columns for segment in collection.segments]
        self._bases: list[int] = collection.bases
        self._facets: dict[str, _GlobalFacet] = {}

    def holds(self, articles: Ints, facet: str, wanted: Sequence[str]) -> Bools:
        """Tell for each article whether it has any of the wanted values of a facet."""
        masks = [
            columns.facets[facet].holds(local, wanted)
            for columns, local in self._by_segment(articles)
        ]
        return np.concatenate([*masks, np.empty(0, dtype=bool)])

    def in_period(self, articles: Ints, period: Period) -> Bools:
        """Tell for each article whether its publication date overlaps a period."""
        if period == Period():
            return np.ones(len(articles), dtype=bool)
        masks = []
        for columns, local in self._by_segment(articles):
            inside = columns.precision[local] != UNDATED
            if period.first is not None:
                inside &= columns.last_day[local] >= period.first.toordinal()
            if period.last is not None:
                inside &= columns.first_day[local] <= period.last.toordinal()
            masks.append(inside)
        return np.concatenate([*masks, np.empty(0, dtype=bool)])

    def facet(self, name: str, articles: Ints, selected: Sequence[str], size: int) -> Facet:
        """Count the values that articles have in a facet.

        Args:
            name: Name of the facet.
            articles: The articles.
            selected: Values to list whatever their count.
            size: How many values to list besides.
        """
        whole = self._facets.get(name)
        if whole is None:
            whole = self._facets[name] = _GlobalFacet(self._columns, name)
        counts = np.zeros(len(whole), np.int64)
        pairs = []
        missing = 0
        for number, (columns, local) in enumerate(self._by_segment(articles)):
            owners, codes = columns.facets[name].pairs(local)
            codes = whole.codes(number, codes)
            pairs.append((owners, codes))
            counts += np.bincount(codes, minlength=len(whole))
            missing += len(local) - _distinct(owners)
        present = np.flatnonzero(counts)
        # Values are numbered in their order, which decides between equal counts.
        ranked = present[np.argsort(-counts[present], kind="stable")]
        listed = ranked[:size].tolist()
        chosen = {whole.number(value) for value in selected} - {None, *listed}
        listed += sorted(chosen, key=lambda code: (-counts[code], code))
        buckets = [
            Bucket(value := whole.value(code), int(counts[code]), value in selected)
            for code in listed
        ]
        known = {bucket.value for bucket in buckets}
        buckets += [Bucket(value, 0, selected=True) for value in selected if value not in known]
        unlisted = np.ones(len(whole), dtype=bool)
        unlisted[listed] = False
        return Facet(
            name,
            tuple(buckets),
            other_values=int(np.count_nonzero(unlisted[present])),
            other_articles=sum(_distinct(owners[unlisted[codes]]) for owners, codes in pairs),
            missing=missing,
        )

    def timeline(self, articles: Ints, interval: Interval) -> Timeline:
        """Count articles over time."""
        days = [np.empty(0, np.int64)]
        coarser = undated = 0
        for columns, local in self._by_segment(articles):
            precision = columns.precision[local]
            exact = precision >= _NEEDED_PRECISION[interval]
            undated_here = int(np.count_nonzero(precision == UNDATED))
            undated += undated_here
            coarser += len(local) - int(np.count_nonzero(exact)) - undated_here
            days.append(columns.first_day[local[exact]].astype(np.int64))
        units = (np.concatenate(days) - _EPOCH).astype("M8[D]").astype(_UNITS[interval])
        numbers = units.astype(np.int64)
        bars: list[TimelineBar] = []
        if len(numbers):
            first = int(numbers.min())
            counts = np.bincount(numbers - first)
            places = np.flatnonzero(counts)
            starts = (places + first).astype(_UNITS[interval]).astype("M8[D]").tolist()
            bars = [
                TimelineBar(start, count)
                for start, count in zip(starts, counts[places].tolist(), strict=True)
            ]
        return Timeline(interval, tuple(bars), coarser, undated)

    def dates(self, articles: Ints) -> tuple[Ints, Bools]:
        """Give the start of each article's date in seconds, and whether it has none."""
        starts = [np.empty(0, np.int64)]
        undated = [np.empty(0, dtype=bool)]
        for columns, local in self._by_segment(articles):
            starts.append(columns.date_start[local])
            undated.append(columns.precision[local] == UNDATED)
        return np.concatenate(starts), np.concatenate(undated)

    def _by_segment(self, articles: Ints) -> Iterator[tuple[Columns, Ints]]:
        if len(self._columns) == 1:
            yield self._columns[0], articles
            return
        cuts = np.searchsorted(articles, self._bases)
        for number, columns in enumerate(self._columns):
            yield columns, articles[cuts[number] : cuts[number + 1]] - self._bases[number]


class _GlobalFacet:
    """The values of a facet in all segments, numbered in their order."""

    def __init__(self, columns: Sequence[Columns], name: str) -> None:
        self._dictionaries = [of_segment.facets[name].values for of_segment in columns]

    def __len__(self) -> int:
        return len(self._merged[0])

    @cached_property
    def _merged(self) -> tuple[Sequence[bytes], list[NDArray[np.int64]]]:
        if len(self._dictionaries) == 1:
            return self._dictionaries[0], []
        values = sorted({value for dictionary in self._dictionaries for value in dictionary})
        numbers = {value: number for number, value in enumerate(values)}
        maps = [
            np.array([numbers[value] for value in dictionary], np.int64)
            for dictionary in self._dictionaries
        ]
        return values, maps

    def codes(self, segment: int, codes: NDArray[np.integer]) -> NDArray[np.integer]:
        """Give global numbers for the codes of a segment."""
        maps = self._merged[1]
        return maps[segment][codes] if maps else codes

    def value(self, number: int) -> str:
        """Give a value by its number."""
        return self._merged[0][number].decode()

    def number(self, value: str) -> int | None:
        """Give the number of a value."""
        values, encoded = self._merged[0], value.encode()
        place = bisect_left(values, encoded)
        return place if place < len(values) and values[place] == encoded else None


def _distinct(owners: Ints) -> int:
    """Count the different numbers of an ascending array."""
    return int(np.count_nonzero(np.diff(owners, prepend=-1)))
