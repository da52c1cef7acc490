"""The values of one facet in a segment, and the ways to count and filter by them.

In the file they are lists, one after the other (see `columns`). Most articles have few values, so
the first ones of each article are put side by side in memory, in rows that are one machine word
wide: reading the values of an article is then reading one number.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.container import Array, Container
from indexer.columnar.postings import Ints, counts_of, list_ranges, ragged
from indexer.columnar.terms import TermDictionary, smallest_unsigned

Bools = NDArray[np.bool_]

_ROW_BYTES = 8

_FILLERS = 8
"""So many codes, used in turn, fill up the rows: a processor that counts the same code again and
again waits each time until the count before is written."""


class FacetColumn:
    """The values of one facet in a segment.

    Args:
        container: The columns of the segment.
        facet: Name of the facet.

    Attributes:
        values: Distinct values, sorted by their bytes; a code is an index into them.
    """

    def __init__(self, container: Container, facet: str) -> None:
        self.values = TermDictionary.load(container, f"{facet}.values")
        self._codes = container.codes(f"{facet}.codes", len(self.values))
        self._ends = container.ends(f"{facet}.ends", len(self._codes))

    def pairs(self, articles: Ints) -> tuple[Ints, Array]:
        """Give all (place in `articles`, code) pairs of some articles as two arrays."""
        starts, counts = list_ranges(self._ends, articles)
        owners = np.repeat(np.arange(len(articles)), counts)
        return owners, self._codes[ragged(starts, counts)]

    @property
    def single(self) -> bool:
        """Whether no article has more than one value."""
        return self._rows.width == 1 and self._rows.longer is None

    def of(self, articles: Ints) -> FacetValues:
        """Read the values of some articles."""
        return FacetValues(self._rows.of(articles), *self._more(articles), len(self.values))

    def holds(self, articles: Ints, values: Sequence[str]) -> Bools:
        """Tell for each of some articles whether it has any of some values."""
        wanted = np.zeros(len(self.values), dtype=bool)
        for value in values:
            # Half a character has no UTF-8, and no article has it in a value.
            number = self.values.number(value.encode("utf-8", "surrogatepass"))
            if number is not None:
                wanted[number] = True
        return self.of(articles).having(wanted)

    @cached_property
    def _rows(self) -> _Rows:
        return _Rows.make(self._codes, self._ends, len(self.values))

    def _more(self, articles: Ints) -> tuple[Ints, Array]:
        """Give the (place in `articles`, code) pairs that have no room in the rows."""
        longer = self._rows.longer
        if longer is None:
            return _NO_PLACES, self._codes[:0]
        places = np.flatnonzero(longer.take(articles))
        starts, counts = list_ranges(self._ends, articles[places])
        width = self._rows.width
        owners = np.repeat(places, counts - width)
        return owners, self._codes[ragged(starts + width, counts - width)]


_NO_PLACES = np.empty(0, np.int64)


class FacetValues(NamedTuple):
    """The values of some articles in a facet, as codes.

    Attributes:
        rows: The first codes of each article, filled up with codes from `none` on.
        owners: For each further code the place of its article, ascending.
        more: The further codes.
        none: The first code that says that there is no value: how many values there are.
    """

    rows: Array
    owners: Ints
    more: Array
    none: int

    def counts(self) -> Ints:
        """Count the articles that have each value, and at the end those that have none."""
        counts = np.bincount(self.rows.ravel(), minlength=self.none + 1)[: self.none + 1]
        if len(self.more):
            counts[: self.none] += np.bincount(self.more, minlength=self.none)
        counts[self.none] = np.count_nonzero(self.rows[:, 0] >= self.none)
        return counts

    def having(self, wanted: Bools) -> Bools:
        """Tell for each article whether it has any of the wanted values.

        Args:
            wanted: For each value whether it is wanted.
        """
        rows = np.concatenate([wanted, np.zeros(_FILLERS, dtype=bool)]).take(self.rows)
        # One comparison for a row, however wide it is.
        having: Bools = rows.view(f"u{rows.shape[1]}").ravel() != 0
        if len(self.more):
            having[self.owners[wanted.take(self.more)]] = True
        return having


class _Rows(NamedTuple):
    """The first values of each article, in a row of some places.

    Attributes:
        words: A row of each article, read as one number.
        code: The type of a code.
        width: How many codes a row has.
        longer: For each article whether it has more values than a row; `None` where none has.
    """

    words: Array
    code: np.dtype[np.unsignedinteger]
    width: int
    longer: Bools | None

    @classmethod
    def make(cls, codes: Array, ends: Array, values: int) -> _Rows:
        """Make the rows of all articles; the codes after the last one fill them up."""
        counts = counts_of(ends)
        code = np.dtype(smallest_unsigned(values + _FILLERS))
        most = int(counts.max(initial=1))
        width = 1
        while width < most and width * 2 * code.itemsize <= _ROW_BYTES:
            width *= 2
        fillers = values + np.arange(len(counts) * width) % _FILLERS
        rows = fillers.astype(code).reshape(len(counts), width)
        starts = ends.astype(np.int64) - counts
        for place in range(width):
            having = np.flatnonzero(counts > place)
            rows[having, place] = codes[starts[having] + place]
        words = rows.view(f"u{width * code.itemsize}").ravel()
        return cls(words, code, width, counts > width if most > width else None)

    def of(self, articles: Ints) -> Array:
        """Give the codes of some articles: a row for each."""
        taken: Array = self.words.take(articles).view(self.code)
        return taken.reshape(len(articles), self.width)
