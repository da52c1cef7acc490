"""The terms and postings of each Whoosh field of a segment.

A field group holds one posting for a term in an article, whatever fields it stands in; a Whoosh
field sees those in which the term stands in that field, and counts positions from its own start.
Facets, dates and ids have no postings at all: theirs are made from the columns when asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from whoosh.fields import NUMERIC
from whoosh.util.times import datetime_to_long

from corpus import VIETNAM
from indexer.columnar.columns import UNDATED, Columns
from indexer.columnar.facet_column import FacetColumn
from indexer.columnar.matching import Bools
from indexer.columnar.postings import FieldGroup, Ints, Postings
from indexer.columnar.segment import Segment
from indexer.schema import FACETS, TEXT_FIELDS, WORDS_SUFFIX

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class FieldPostings(NamedTuple):
    """The postings of a term in one field.

    Attributes:
        articles: Article numbers, ascending; deleted ones included.
        frequencies: How often the term stands in the field of each of them.
        positions: Gives the positions in the field for the posting at a place.
    """

    articles: Ints
    frequencies: Ints
    positions: Callable[[int], list[int]] | None = None


class FieldView(Protocol):
    """One Whoosh field of a segment."""

    @property
    def terms(self) -> Sequence[bytes]:
        """The terms of the field, sorted by their bytes."""

    def postings(self, term: bytes) -> FieldPostings | None:
        """Give the postings of a term, or `None` where the field does not have it."""


class GroupField:
    """One field of a field group.

    Args:
        group: The group.
        field: Number of the field in the group.
        starts: Position of the field's first syllable in each article.
    """

    def __init__(self, group: FieldGroup, field: int, starts: NDArray[np.integer]) -> None:
        self._group = group
        self._field = field
        self._starts = starts

    @cached_property
    def terms(self) -> Sequence[bytes]:
        """The terms of the group that stand in this field of any article."""
        group = self._group
        in_field = group.frequencies[:, self._field] > 0
        if in_field.all():
            return group.terms
        ends = np.concatenate([[0], np.cumsum(in_field[group.codes])])
        known = np.diff(ends[group.posting_ends], prepend=0) > 0
        terms = list(group.terms)
        return [terms[number] for number in np.flatnonzero(known).tolist()]

    def postings(self, term: bytes) -> FieldPostings | None:
        """Give the postings of a term in this field."""
        group = self._group
        number = group.terms.number(term)
        if number is None:
            return None
        postings = group.postings(number)
        frequencies = group.frequencies[postings.codes, self._field]
        places = np.flatnonzero(frequencies)
        if not len(places):
            return None
        articles = postings.articles[places].astype(np.int64)

        def positions(place: int) -> list[int]:
            return self._positions(postings, int(places[place]), int(articles[place]))

        return FieldPostings(articles, frequencies[places], positions)

    def _positions(self, postings: Postings, place: int, article: int) -> list[int]:
        _, positions = self._group.positions(postings, np.array([place]), (self._field,))
        relative: list[int] = (positions - int(self._starts[article])).tolist()
        return relative


class ColumnField:
    """A field whose postings are made from (article, value) pairs.

    Args:
        terms: The values as terms, sorted.
        owners: Article of each pair; ascending.
        codes: Number of the value of each pair.
    """

    def __init__(self, terms: Sequence[bytes], owners: Ints, codes: NDArray[np.integer]) -> None:
        self.terms = terms
        order = np.argsort(codes, kind="stable")
        self._articles = owners[order].astype(np.int64)
        self._bounds = np.searchsorted(codes[order], np.arange(len(terms) + 1))

    def postings(self, term: bytes) -> FieldPostings | None:
        """Give the articles that have a value."""
        number = bisect_left(self.terms, term)
        if number == len(self.terms) or self.terms[number] != term:
            return None
        articles = self._articles[self._bounds[number] : self._bounds[number + 1]]
        return FieldPostings(articles, np.ones(len(articles), np.int64))

    @classmethod
    def of_facet(cls, column: FacetColumn, articles: int) -> ColumnField:
        """Make the field of a facet."""
        owners, codes = column.pairs(np.arange(articles))
        return cls(column.values, owners, codes)

    @classmethod
    def of_ids(cls, ids: Sequence[bytes]) -> ColumnField:
        """Make the field of the ids, given by article number."""
        numbers = {article_id: number for number, article_id in enumerate(ids)}
        terms = sorted(numbers)
        articles = np.array([numbers[term] for term in terms], np.int64)
        codes = np.empty(len(terms), np.int64)
        codes[articles] = np.arange(len(terms))
        return cls(terms, np.arange(len(terms)), codes)

    @classmethod
    def of_numbers(cls, numbers: NumberColumn, field: NUMERIC) -> ColumnField:
        """Make the field of a column of numbers."""
        owners = np.flatnonzero(numbers.known)
        values, codes = np.unique(numbers.values[owners], return_inverse=True)
        # Not `field.to_bytes`: that of a date field wants a date.
        terms = [NUMERIC.to_bytes(field, value) for value in values.tolist()]
        return cls(terms, owners, codes)


class NumberColumn(NamedTuple):
    """A number for each article of a segment.

    Attributes:
        values: The numbers, as Whoosh's field prepares them.
        known: Where there is a number at all.
    """

    values: Ints
    known: Bools


def number_column(columns: Columns, name: str) -> NumberColumn:
    """Give the numbers that a numeric or date field stands for."""
    known: Bools = columns.precision != UNDATED
    if name == "precision":
        return NumberColumn(columns.precision.astype(np.int64), known)
    if name == "published":
        distinct, codes = np.unique(columns.date_start, return_inverse=True)
        moments = [_in_vietnam(second) for second in distinct.tolist()]
    else:
        days = columns.first_day if name == "first_day" else columns.last_day
        distinct, codes = np.unique(days, return_inverse=True)
        moments = [_midnight(day) for day in distinct.tolist()]
    longs = np.array([datetime_to_long(moment) for moment in moments], np.int64)
    return NumberColumn(longs[codes], known)


def make_field(segment: Segment, name: str, field: object) -> FieldView:
    """Make the view of a field.

    Args:
        segment: The segment.
        name: Name of an indexed field.
        field: Its type in the schema.
    """
    columns = segment.columns
    if name in TEXT_FIELDS:
        number = TEXT_FIELDS.index(name)
        return GroupField(segment.groups["text"], number, columns.field_starts[:, number])
    if name.endswith(WORDS_SUFFIX):
        number = TEXT_FIELDS.index(name.removesuffix(WORDS_SUFFIX))
        return GroupField(segment.groups["words"], number, columns.field_starts[:, number])
    if name in FACETS:
        return ColumnField.of_facet(columns.facets[name], len(columns))
    if isinstance(field, NUMERIC):
        return ColumnField.of_numbers(number_column(columns, name), field)
    return ColumnField.of_ids(columns.ids())


def _in_vietnam(second: int) -> datetime:
    # Not `fromtimestamp`, which fails for years before 1970 on some systems.
    moment = _EPOCH + timedelta(seconds=second)
    return moment.astimezone(VIETNAM).replace(tzinfo=None)


def _midnight(day: int) -> datetime:
    # Undated articles have the day 0, which does not exist.
    return datetime.combine(date.fromordinal(max(day, 1)), time.min)
