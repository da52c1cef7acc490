"""The postings of a field group: which articles hold a term, how often, and where.

A *field group* is a set of text fields that are searched as one (`schema.TEXT_FIELDS`; their
compounds are another group). One posting of a term says all that an article has of it, in whatever
fields: so a query for a word reads one list, not four.

Arrays of a group, with T terms, P postings and N occurrences:

| array | items | what |
|---|---|---|
| `terms.bytes`, `terms.ends` | T | the term dictionary |
| `posting_ends` | T | where in `articles` the postings of a term end |
| `position_ends` | T | where in `positions` the occurrences of a term end |
| `articles` | P | article number; ascending within a term |
| `codes` | P | row of `frequencies` |
| `frequencies` | F × rows | how often in each of the F fields, each distinct combination once |
| `positions` | N | positions of all occurrences; ascending within a posting |
| `wide` | few | for positions over 65,535: index into `positions` (their upper half stands… |
| `wide_upper` | few | …here) |

Positions of all fields of an article are on one scale, with gaps between fields and paragraphs, so
that a phrase never spans two of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.container import Array, Container
from indexer.columnar.terms import TermDictionary
from indexer.errors import DamagedIndexError

GROUP_KIND = "postings of a field group"

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


class Postings(NamedTuple):
    """The postings of one term in one segment.

    Attributes:
        articles: Article numbers, ascending.
        codes: Row of the group's `frequencies` of each posting.
        first: Index of the first posting in the group's postings.
        first_position: Index of the first occurrence in the group's positions.
        occurrences: How many occurrences there are.
    """

    articles: Array
    codes: Array
    first: int
    first_position: int
    occurrences: int


class FieldGroup:
    """Reads the postings of a field group from a file.

    Args:
        container: The file.
    """

    def __init__(self, container: Container) -> None:
        self.container = container
        self.terms = TermDictionary.load(container, "terms")
        self.frequencies: Ints = (
            container["frequencies"].reshape(-1, int(container.meta["fields"])).astype(np.int64)
        )
        self.totals: Ints = self.frequencies.sum(axis=1)
        """How often in all fields together, for each row of `frequencies`."""
        # Small numbers are added up twice as fast, and hardly an article has a large one.
        smallest = np.min_scalar_type(int(self.totals.max(initial=0)))
        self._small_totals: Array = self.totals.astype(smallest)
        self._marks: dict[int, NDArray[np.uint32]] = {}
        self.articles = container["articles"]
        self.codes = container["codes"]
        self._positions = container["positions"]
        container.same_length("terms.ends", "posting_ends", "position_ends")
        container.same_length("articles", "codes")
        container.same_length("wide", "wide_upper")
        self.posting_ends = container.ends("posting_ends", len(self.articles))
        self.position_ends = container.ends("position_ends", len(self._positions))
        self._wide = container["wide"]
        self._wide_upper = container["wide_upper"]

    def postings(self, number: int) -> Postings:
        """Give the postings of a term by the term's number."""
        start, end = self.posting_range(number)
        first = int(self.position_ends[number - 1]) if number else 0
        occurrences = int(self.position_ends[number]) - first
        articles, codes = self.articles[start:end], self.codes[start:end]
        return Postings(articles, codes, start, first, occurrences)

    def posting_range(self, number: int) -> tuple[int, int]:
        """Give where the postings of a term begin and end."""
        start = int(self.posting_ends[number - 1]) if number else 0
        return start, int(self.posting_ends[number])

    def positions(
        self, postings: Postings, places: Ints, fields: Sequence[int] | None = None
    ) -> tuple[Ints, Ints]:
        """Give the occurrences of a term in some of its articles.

        Args:
            postings: The term's postings.
            places: Which of them; indices, ascending.
            fields: Numbers of the only fields to look at, ascending; `None` for all.

        Returns:
            For each occurrence: the index in `places` of its posting, and its position. Both
            ascend together.

        Raises:
            DamagedIndexError: The frequencies tell of more or fewer occurrences than there are.
        """
        starts, counts = self._occurrence_ranges(postings, places)
        if fields is not None:
            # Positions ascend, and fields follow each other in the order of their numbers.
            by_field = self.frequencies[postings.codes[places]]
            of_fields = starts[:, None] + np.cumsum(by_field, axis=1) - by_field
            counts = by_field[:, fields]
            owners = np.repeat(np.arange(len(places)), counts.sum(axis=1))
            indices = ragged(of_fields[:, fields].ravel(), counts.ravel())
            return owners, self.positions_at(indices)
        # Every posting has an occurrence, so a running count of their beginnings names the owner
        # of each: several times as fast as `repeat`.
        ends = np.cumsum(counts)
        owners = np.zeros(int(ends[-1]) if len(ends) else 0, np.int64)
        owners[ends[:-1]] = 1
        np.cumsum(owners, out=owners)
        indices = (starts - (ends - counts)).take(owners)
        indices += np.arange(len(indices))
        return owners, self.positions_at(indices)

    def _occurrence_ranges(self, postings: Postings, places: Ints) -> tuple[Ints, Ints]:
        """Give where the occurrences of some postings of a term begin, and how many there are."""
        if len(places) * _STRIDE + _WORTH_MARKS < len(postings.codes):
            starts = self.first_occurrences([postings], np.zeros_like(places), places)
            counts = self.totals.take(postings.codes.take(places))
            if np.any(starts + counts > postings.first_position + postings.occurrences):
                raise DamagedIndexError(_DO_NOT_ADD_UP)
            return starts, counts
        # `take` is several times as fast as indexing by small integers.
        counts = self.totals.take(postings.codes)
        ends = np.cumsum(counts)
        if (int(ends[-1]) if len(ends) else 0) != postings.occurrences:
            raise DamagedIndexError(_DO_NOT_ADD_UP)
        counts = counts.take(places)
        return ends.take(places) - counts + postings.first_position, counts

    def first_occurrences(self, several: Sequence[Postings], numbers: Ints, places: Ints) -> Ints:
        """Give the index in the group's positions of the first occurrence of some postings.

        Args:
            several: The postings of some terms.
            numbers: For each posting that is asked about the number of its term among these.
            places: Its index among the postings of the term.
        """
        marks = [self._marks_of(postings) for postings in several]
        ends_of_marks = np.cumsum([len(of_term) for of_term in marks])
        firsts_of_marks = np.append(0, ends_of_marks[:-1])
        since = places % _STRIDE
        firsts = np.array([postings.first for postings in several])
        between = ragged(firsts[numbers] + places - since, since)
        sums = np.append(0, np.cumsum(self.totals.take(self.codes.take(between))))
        ends = np.cumsum(since)
        before: Ints = sums[ends] - sums[ends - since]
        before += np.concatenate(marks).take(firsts_of_marks[numbers] + places // _STRIDE)
        before += np.array([postings.first_position for postings in several])[numbers]
        return before

    def _marks_of(self, postings: Postings) -> NDArray[np.uint32]:
        """Give how often a term occurs before every `_STRIDE`-th one of its postings.

        It is remembered, so that a frequent term is passed over once and not in every search.
        """
        marks = self._marks.get(postings.first_position)
        if marks is None:
            totals = self._small_totals.take(postings.codes)
            starts = np.arange(0, len(totals), _STRIDE)
            sums = np.add.reduceat(totals, starts, dtype=np.uint32)
            marks = np.cumsum(sums, dtype=np.uint32) - sums
            self._marks[postings.first_position] = marks
        return marks

    def positions_at(self, indices: Ints) -> Ints:
        """Give positions by their indices."""
        positions: Ints = self._positions.take(indices).astype(np.int64)
        if len(self._wide) and len(indices):
            places = np.searchsorted(self._wide, indices)
            places[places == len(self._wide)] = 0
            is_wide = self._wide[places] == indices
            positions[is_wide] += self._wide_upper[places[is_wide]].astype(np.int64) << 16
        return positions


_DO_NOT_ADD_UP = "the frequencies of a word do not add up to its occurrences"

_STRIDE = 32
"""A number of four bytes is remembered for so many postings of a term."""

_WORTH_MARKS = 16_384
"""To add up so many frequencies takes as long as to begin at what is remembered."""


def ragged(starts: Ints, counts: Ints) -> Ints:
    """Give the indices of several slices, one slice after the other.

    Args:
        starts: Where each slice begins.
        counts: How many items it has.
    """
    shifts = starts - (np.cumsum(counts) - counts)
    indices: Ints = np.repeat(shifts, counts)
    indices += np.arange(len(indices))
    return indices


def list_ranges(ends: Array, numbers: Ints) -> tuple[Ints, Ints]:
    """Give where some lists begin and how many items they have.

    Args:
        ends: Where each of all the lists ends; a list begins where the one before it ends.
        numbers: Which lists, by their numbers.
    """
    starts = np.where(numbers > 0, ends[numbers - 1].astype(np.int64), 0)
    return starts, ends[numbers].astype(np.int64) - starts


def counts_of(ends: Array) -> Ints:
    """Give how many items each list has, from where the lists end."""
    counts = ends.astype(np.int64)
    counts[1:] -= ends[:-1].astype(np.int64)
    return counts


_FREQUENCY_BITS = 16


def pack(frequencies: Ints) -> Array:
    """Pack the frequencies of each row, of at most four fields, into one u8."""
    shifts = np.arange(frequencies.shape[1], dtype=np.uint64) * np.uint64(_FREQUENCY_BITS)
    packed: Array = np.bitwise_or.reduce(frequencies.astype(np.uint64) << shifts, axis=1)
    return packed


def unpack(packed: Array, fields: int) -> Ints:
    """Give the frequencies of `fields` fields, a row for each item; the opposite of `pack`."""
    shifts = np.arange(fields, dtype=np.uint64) * np.uint64(_FREQUENCY_BITS)
    mask = np.uint64((1 << _FREQUENCY_BITS) - 1)
    frequencies: Ints = ((packed[:, None] >> shifts) & mask).astype(np.int64)
    return frequencies
