"""Facets, timelines and filters of a set of matches, over all segments.

Where more than half of all articles match, those that do not match are counted in their place, and
taken off the counts of all articles, which are remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from itertools import repeat
from typing import Protocol

import numpy as np

from indexer.columnar.collection import Collection
from indexer.columnar.columns import UNDATED, Columns
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
from indexer.engines.embedded.facet_of_all import FacetOfAll
from indexer.engines.embedded.ordering import most_frequent
from indexer.engines.embedded.rows import rows_of
from indexer.engines.embedded.stories import Stories, Together
from indexer.engines.embedded.story_values import StoryValues
from indexer.engines.embedded.units import EXACT, Calendar
from indexer.engines.query import MatchAll

_LAST = np.iinfo(np.int64).max
_NO_KEYS = np.empty(0, np.int64)


class Countable(Protocol):
    """Something that articles have, in small numbers."""

    def count(self, of_segments: Sequence[Ints]) -> Ints:
        """Count for each number how many of some articles of each segment have it."""


class Counted:
    """Articles that are counted.

    Args:
        articles: Their numbers, ascending.
        together: Those of them that have others of their story among them.
        others: Gives all articles but some, if they are fewer.
    """

    def __init__(
        self, articles: Ints, together: Together, others: Callable[[Ints], Ints | None]
    ) -> None:
        self.articles = articles
        self.together = together
        self._others = others

    @cached_property
    def others(self) -> Ints | None:
        """All articles but these, if they are fewer; many searches count nothing."""
        return self._others(self.articles)


class Counter:
    """Filters and counts articles of a collection. Threads may share it.

    Articles are named by their numbers in the collection, ascending.

    Args:
        collection: The articles.
    """

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._columns = [segment.columns for segment in collection.segments]
        self._bases: list[int] = collection.bases
        self._facets: dict[str, FacetOfAll] = {}
        self._calendars: dict[Interval, Calendar] = {}
        self._of_stories: dict[str | Interval, StoryValues] = {}
        self._date_keys: dict[bool, list[Ints]] = {}
        self._of_all: dict[str | Interval, Ints] = {}

    @cached_property
    def stories(self) -> Stories:
        """The stories of the collection."""
        return Stories(self._collection.stories, partial(self.date_keys, newest_first=False))

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

    def counted(self, articles: Ints) -> Counted:
        """Give what is needed to count some articles."""
        return Counted(articles, self.stories.together(articles), self._others)

    def facet(self, name: str, counted: Counted, selected: Sequence[str], size: int) -> Facet:
        """Count the values that articles have in a facet.

        Args:
            name: Name of the facet.
            counted: The articles.
            selected: Values to list whatever their count.
            size: How many values to list besides.
        """
        whole = self._facets.get(name)
        if whole is None:
            whole = self._facets[name] = FacetOfAll(self._columns, name)
        found = None
        if counted.others is None:
            found = whole.of(self._locals(counted.articles))
            with_missing = found.counts()
        else:
            with_missing = self._counts(name, whole, counted)
        counts, missing = with_missing[:-1], int(with_missing[-1])
        (having,) = (counts != 0).nonzero()
        listed = most_frequent(counts, having, size)
        if selected:
            numbers = {number for value in selected if (number := whole.number(value)) is not None}
            more = np.array(sorted(numbers.difference(listed.tolist())), np.int64)
            listed = np.concatenate([listed, most_frequent(counts, more, len(more))])
        of_listed = counts.take(listed)
        stories = of_listed
        if counted.together.surplus:
            of_together = partial(self._counts_together, whole, counted, with_missing)
            values = self._story_values(name, whole)
            stories = of_listed - values.surplus(counted.together, listed, of_together)
        spelled = whole.spelled(listed.tolist())
        buckets = list(
            rows_of(Bucket, spelled, of_listed.tolist(), stories.tolist(), repeat(False))
        )
        if selected:
            buckets = [one._replace(selected=one.value in selected) for one in buckets]
            known = {bucket.value for bucket in buckets}
            missed = (value for value in selected if value not in known)
            buckets += [Bucket(value, 0, 0, selected=True) for value in missed]
        others = len(having) - int(np.count_nonzero(of_listed))
        having_others = 0
        if others and whole.single:
            having_others = len(counted.articles) - missing - int(of_listed.sum())
        elif others:
            found = found or whole.of(self._locals(counted.articles))
            having_others = found.having_others(listed)
        return Facet(
            name,
            tuple(buckets),
            other_values=others,
            other_articles=having_others,
            missing=missing,
        )

    def timeline(self, counted: Counted, interval: Interval) -> Timeline:
        """Count articles over time.

        Args:
            counted: The articles.
            interval: Width of a bar.
        """
        calendar = self._calendars.get(interval)
        if calendar is None:
            calendar = self._calendars[interval] = Calendar(self._columns, interval)
        of_codes = self._counts(interval, calendar, counted)
        undated, coarser = of_codes[:EXACT].tolist()
        counts = of_codes[EXACT:]
        (units,) = counts.nonzero()
        of_units = counts.take(units)
        stories = of_units
        if counted.together.surplus:
            of_together = partial(self._counts_together, calendar, counted, of_codes, EXACT)
            values = self._story_units(calendar, interval)
            stories = of_units - values.surplus(counted.together, units, of_together)
        columns = (calendar.starts.take(units), of_units, stories)
        bars = rows_of(TimelineBar, *(column.tolist() for column in columns))
        return Timeline(interval, tuple(bars), coarser, undated)

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

    def _counts(self, key: str | Interval, countable: Countable, counted: Counted) -> Ints:
        """Count articles: themselves or, where these are fewer, the others."""
        if counted.others is None:
            return countable.count(self._locals(counted.articles))
        of_all = self._of_all.get(key)
        if of_all is None:
            of_all = self._of_all[key] = countable.count(self._locals(self._articles))
        of_others = countable.count(self._locals(counted.others))
        return of_all - of_others

    def _counts_together(
        self, countable: Countable, counted: Counted, of_all: Ints, first: int = 0
    ) -> Ints:
        """Count those articles that have others of their story among them.

        Args:
            countable: What is counted.
            counted: All articles that are counted.
            of_all: The counts of these.
            first: From which number on counts are given.
        """
        together = counted.together
        if len(together.ranks) * 2 <= len(counted.articles):
            return countable.count(self._locals(together.articles))[first:]
        return (of_all - countable.count(self._locals(together.alone)))[first:]

    def _others(self, articles: Ints) -> Ints | None:
        """Give all articles but some, if they are fewer."""
        if len(articles) * 2 <= len(self._articles):
            return None
        left = self._living.copy()
        left[articles] = False
        return np.flatnonzero(left)

    @cached_property
    def _living(self) -> Bools:
        """For each article of the collection whether it is not deleted."""
        living = np.zeros(self._collection.size, dtype=bool)
        living[self._articles] = True
        return living

    @cached_property
    def _articles(self) -> Ints:
        """All articles that are not deleted."""
        return self._collection.match(MatchAll()).articles

    def _story_values(self, name: str, whole: FacetOfAll) -> StoryValues:
        """Give the values that articles with a reprint have in a facet."""
        known = self._of_stories.get(name)
        if known is None:
            owners, values = [_NO_KEYS], [_NO_KEYS]
            for number, (columns, places, local) in enumerate(self._members()):
                own, codes = columns.facets[name].pairs(local)
                owners.append(places[own])
                values.append(whole.codes(number, codes).astype(np.int64))
            known = self._of_stories[name] = self._paired(owners, values, len(whole))
        return known

    def _story_units(self, calendar: Calendar, interval: Interval) -> StoryValues:
        """Give the years, months or days of the articles with a reprint."""
        known = self._of_stories.get(interval)
        if known is None:
            owners, numbers = [_NO_KEYS], [_NO_KEYS]
            for units, (_, places, local) in zip(calendar.segments, self._members(), strict=True):
                exact, own = units.exact(local)
                owners.append(places[exact])
                numbers.append(own)
            known = self._paired(owners, numbers, len(calendar.starts))
            self._of_stories[interval] = known
        return known

    def _paired(self, owners: Sequence[Ints], values: Sequence[Ints], size: int) -> StoryValues:
        of_all, ranks = np.concatenate(values), np.concatenate(owners)
        order = np.argsort(ranks, kind="stable")
        return StoryValues(self.stories, ranks[order], of_all[order], size)

    def _members(self) -> Iterator[tuple[Columns, Ints, Ints]]:
        """Give for each segment the ranks of its articles that have a reprint, and them."""
        members = self.stories.members
        segments = np.searchsorted(self._bases, members, "right") - 1
        for number, columns in enumerate(self._columns):
            ranks = np.flatnonzero(segments == number)
            yield columns, ranks, members[ranks] - self._bases[number]

    def _locals(self, articles: Ints) -> list[Ints]:
        """Give the numbers of articles in each segment."""
        if len(self._columns) == 1:
            return [articles]
        return [local for _, local in self._by_segment(articles)]

    def _by_segment(self, articles: Ints) -> Iterator[tuple[Columns, Ints]]:
        if len(self._columns) == 1:
            yield self._columns[0], articles
            return
        cuts = np.searchsorted(articles, self._bases)
        for number, columns in enumerate(self._columns):
            yield columns, articles[cuts[number] : cuts[number + 1]] - self._bases[number]
