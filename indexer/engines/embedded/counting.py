"""Facets, timelines and filters of a set of matches, over all segments."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter as Counts
from collections.abc import Iterator, Sequence
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.collection import Collection
from indexer.columnar.columns import UNDATED, Columns
from indexer.columnar.facet_column import FacetValues
from indexer.columnar.matching import Bools, Floats
from indexer.columnar.postings import Ints
from indexer.engines.base import (
    Bucket,
    Facet,
    Interval,
    Period,
    Recency,
    Timeline,
    TimelineBar,
)
from indexer.engines.embedded.ordering import first_places
from indexer.engines.embedded.stories import Stories, Together
from indexer.engines.embedded.units import UNITS, Units

_LAST = np.iinfo(np.int64).max
_NO_KEYS = np.empty(0, np.int64)
_REMEMBERED = 5_000


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
        self._units: dict[Interval, list[Units]] = {}
        self._date_keys: dict[bool, list[Ints]] = {}
        self._earliest = collection.stories

    @cached_property
    def stories(self) -> Stories:
        """The stories of the collection."""
        return Stories(self._earliest, partial(self.date_keys, newest_first=False))

    def holds(self, articles: Ints, facet: str, wanted: Sequence[str]) -> Bools:
        """Tell for each article whether it has any of the wanted values of a facet."""
        masks = [
            columns.facets[facet].holds(local, wanted)
            for columns, local in self._by_segment(articles)
        ]
        return np.concatenate([*masks, np.empty(0, dtype=bool)])

    def in_period(self, articles: Ints, period: Period) -> Bools:
        """Tell for each article whether its publication date overlaps a period."""
        masks = [
            columns.overlaps(local, period.first, period.last)
            for columns, local in self._by_segment(articles)
        ]
        return np.concatenate([*masks, np.empty(0, dtype=bool)])

    def facet(
        self, name: str, articles: Ints, together: Together, selected: Sequence[str], size: int
    ) -> Facet:
        """Count the values that articles have in a facet.

        Args:
            name: Name of the facet.
            articles: The articles.
            together: Those of them that have others of their story among them.
            selected: Values to list whatever their count.
            size: How many values to list besides.
        """
        whole = self._facets.get(name)
        if whole is None:
            whole = self._facets[name] = _GlobalFacet(self._columns, name)
        found = [columns.facets[name].of(local) for columns, local in self._by_segment(articles)]
        counts = whole.summed([values.counts() for values in found])
        present = np.flatnonzero(counts != 0)
        # Values are numbered in their order, which decides between equal counts.
        listed = present[first_places(-counts[present], size)].tolist()
        chosen = {whole.number(value) for value in selected} - {None, *listed}
        listed += sorted(chosen, key=lambda code: (-counts[code], code))
        stories = counts
        if len(together.articles):
            stories = counts - self._surplus_by_value(name, whole, together)
        buckets = [
            Bucket(value := whole.value(code), count, of_stories, value in selected)
            for code, count, of_stories in zip(
                listed, counts[listed].tolist(), stories[listed].tolist(), strict=True
            )
        ]
        if selected:
            known = {bucket.value for bucket in buckets}
            missed = (value for value in selected if value not in known)
            buckets += [Bucket(value, 0, 0, selected=True) for value in missed]
        unlisted = counts > 0
        unlisted[listed] = False
        others = int(np.count_nonzero(unlisted))
        return Facet(
            name,
            tuple(buckets),
            other_values=others,
            other_articles=whole.having(found, unlisted, counts) if others else 0,
            missing=sum(values.missing() for values in found),
        )

    def timeline(self, articles: Ints, together: Together, interval: Interval) -> Timeline:
        """Count articles over time.

        Args:
            articles: The articles.
            together: Those of them that have others of their story among them.
            interval: Width of a bar.
        """
        known = self._units.get(interval)
        if known is None:
            known = self._units[interval] = [Units(c, interval) for c in self._columns]
        bars: Counts[int] = Counts()
        coarser = undated = 0
        for units, (_, local) in zip(known, self._by_segment(articles), strict=True):
            undated_here, coarser_here, *counts = units.count(local)
            undated += undated_here
            coarser += coarser_here
            bars.update({units.first + n: count for n, count in enumerate(counts) if count})
        surplus = self._surplus_over_time(known, together)
        numbers = np.array(sorted(bars), np.int64)
        starts = numbers.astype(UNITS[interval]).astype("M8[D]").tolist()
        return Timeline(
            interval,
            tuple(
                TimelineBar(start, bars[number], bars[number] - surplus[number])
                for start, number in zip(starts, numbers.tolist(), strict=True)
            ),
            coarser,
            undated,
        )

    def recency(self, articles: Ints, wanted: Recency) -> Floats:
        """Give the factor of the recency of each article (see `Recency`)."""
        factors = [np.empty(0, np.float32)]
        today = wanted.today.toordinal()
        for columns, local in self._by_segment(articles):
            ages = np.maximum(today - columns.last_day[local].astype(np.float32), 0)
            halved = np.exp2(-ages / np.float32(wanted.half_life))
            factor = 1 + np.float32(wanted.weight) * (2 * halved - 1)
            factors.append(np.where(columns.precision[local] == UNDATED, np.float32(1), factor))
        return np.concatenate(factors)

    def date_keys(self, articles: Ints, *, newest_first: bool) -> Ints:
        """Give a number for each article that sorts it by its date, undated ones last."""
        known = self._date_keys.get(newest_first)
        if known is None:
            sign = -1 if newest_first else 1
            known = self._date_keys[newest_first] = [
                np.where(columns.precision == UNDATED, _LAST, columns.date_start * sign)
                for columns in self._columns
            ]
        pieces = [
            keys[local] for keys, (_, local) in zip(known, self._by_segment(articles), strict=True)
        ]
        return pieces[0] if len(pieces) == 1 else np.concatenate([*pieces, _NO_KEYS])

    def _surplus_by_value(self, name: str, whole: _GlobalFacet, together: Together) -> Ints:
        """Give for each value of a facet how many more articles than stories have it."""
        owners, values = [_NO_KEYS], [_NO_KEYS]
        for number, (columns, places, local) in enumerate(self._scattered(together.articles)):
            own, codes = columns.facets[name].pairs(local)
            owners.append(places[own])
            values.append(whole.codes(number, codes).astype(np.int64))
        return together.surplus_by(np.concatenate(values), np.concatenate(owners), len(whole))

    def _surplus_over_time(self, known: Sequence[Units], together: Together) -> Counts[int]:
        """Give for each year, month or day how many more articles than stories it has."""
        owners, numbers = [_NO_KEYS], [_NO_KEYS]
        for units, (_, places, local) in zip(
            known, self._scattered(together.articles), strict=True
        ):
            exact, own = units.exact(local)
            owners.append(places[exact])
            numbers.append(own)
        in_all = np.concatenate(numbers)
        if not len(in_all):
            return Counts()
        oldest, newest = int(in_all.min()), int(in_all.max())
        surplus = together.surplus_by(in_all - oldest, np.concatenate(owners), newest - oldest + 1)
        return Counts({oldest + int(n): int(surplus[n]) for n in np.flatnonzero(surplus)})

    def _scattered(self, articles: Ints) -> Iterator[tuple[Columns, Ints, Ints]]:
        """Give for each segment the places of its articles among some in any order, and them."""
        if len(self._columns) == 1:
            yield self._columns[0], np.arange(len(articles)), articles
            return
        segments = np.searchsorted(self._bases, articles, "right") - 1
        for number, columns in enumerate(self._columns):
            places = np.flatnonzero(segments == number)
            yield columns, places, articles[places] - self._bases[number]

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
        self._spelled: dict[int, str] = {}

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

    def summed(self, of_segments: Sequence[Ints]) -> Ints:
        """Add up the counts of the values of each segment."""
        maps = self._merged[1]
        if not maps and len(of_segments) == 1:
            return of_segments[0]
        counts = np.zeros(len(self), np.int64)
        for of_segment, numbers in zip(of_segments, maps, strict=True):
            counts[numbers] += of_segment
        return counts

    def having(self, found: Sequence[FacetValues], wanted: Bools, counts: Ints) -> int:
        """Count the articles that have any of the wanted values.

        Args:
            found: The values of the articles of each segment.
            wanted: For each value whether it is wanted.
            counts: For each value how many articles have it.
        """
        if all(values.single() for values in found):
            return int(counts[wanted].sum())
        maps = self._merged[1]
        return sum(
            int(np.count_nonzero(values.having(wanted[maps[n]] if maps else wanted)))
            for n, values in enumerate(found)
        )

    def codes(self, segment: int, codes: NDArray[np.integer]) -> NDArray[np.integer]:
        """Give global numbers for the codes of a segment."""
        maps = self._merged[1]
        return maps[segment][codes] if maps else codes

    def value(self, number: int) -> str:
        """Give a value by its number."""
        # The frequent values come up in almost every search.
        value = self._spelled.get(number)
        if value is None:
            if len(self._spelled) >= _REMEMBERED:
                self._spelled.clear()
            value = self._spelled[number] = self._merged[0][number].decode()
        return value

    def number(self, value: str) -> int | None:
        """Give the number of a value."""
        values, encoded = self._merged[0], value.encode()
        place = bisect_left(values, encoded)
        return place if place < len(values) and values[place] == encoded else None
