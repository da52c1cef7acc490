"""Lists of codes, most of them short: the values of articles in a facet, for one.

In a file they follow each other (see `columns`). In memory the first codes of each list are put
side by side, in rows that are one or two machine words wide: reading a list is then reading one
number.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from indexer.columnar.container import Array
from indexer.columnar.postings import Bools, Ints, counts_of, list_ranges, ragged
from indexer.columnar.terms import smallest_unsigned

_ROW_BYTES = 8
_ROW_CODES = 4
"""A row holds so many codes, or more of them in so many bytes."""

_WORDS = {1: "u1", 2: "u2", 4: "u4", 8: "u8", 16: "c16"}
"""Types of so many bytes; a complex number is moved as it is, too."""

_FILLERS = 8
"""So many codes, used in turn, fill up the rows: a processor that counts the same code again and
again waits each time until the count before is written."""


class Codes(NamedTuple):
    """The codes of some lists.

    Attributes:
        rows: The first codes of each list, filled up with codes from `none` on.
        owners: For each further code the place of its list, ascending.
        more: The further codes.
        none: The first code that stands for none: how many different ones there may be.
    """

    rows: Array
    owners: Ints
    more: Array
    none: int

    def all(self) -> Array:
        """Give the codes of all lists, in any order."""
        codes = self.rows.ravel()
        having = np.flatnonzero(codes < self.none)
        return np.concatenate([codes.take(having), self.more])

    def counts(self) -> Ints:
        """Count the lists that have each code, and at the end those that have none."""
        counts = np.bincount(self.rows.ravel(), minlength=self.none + 1)[: self.none + 1]
        if len(self.more):
            counts[: self.none] += np.bincount(self.more, minlength=self.none)
        counts[self.none] = np.count_nonzero(self.rows[:, 0] >= self.none)
        return counts

    def having(self, wanted: Bools) -> Bools:
        """Tell for each list whether it has any of the wanted codes.

        Args:
            wanted: For each code whether it is wanted.
        """
        rows = np.concatenate([wanted, np.zeros(_FILLERS, dtype=bool)]).take(self.rows)
        # One comparison for a row, however wide it is.
        having: Bools = rows.view(f"u{rows.shape[1]}").ravel() != 0
        if len(self.more):
            having[self.owners[wanted.take(self.more)]] = True
        return having


class CodeLists:
    """Lists of codes by number. Threads may share it.

    Args:
        codes: The codes of all lists, list by list; each at most once in a list.
        ends: Where each list ends.
        size: How many different codes there may be; they count from 0.

    Attributes:
        single: Whether no list has more than one code.
    """

    def __init__(self, codes: Array, ends: Array, size: int) -> None:
        self._size = size
        counts = counts_of(ends)
        code = np.dtype(smallest_unsigned(size + _FILLERS))
        most = int(counts.max(initial=1))
        width = 1
        while width < most and (
            width * 2 <= _ROW_CODES or width * 2 * code.itemsize <= _ROW_BYTES
        ):
            width *= 2
        fillers = size + np.arange(len(counts) * width) % _FILLERS
        rows = fillers.astype(code).reshape(len(counts), width)
        starts = ends.astype(np.int64) - counts
        for place in range(width):
            having = np.flatnonzero(counts > place)
            rows[having, place] = codes[starts[having] + place]
        self._code, self._width = code, width
        # A row is read as one number.
        self._words: Array = rows.view(_WORDS[width * code.itemsize]).ravel()
        self._longer: Bools | None = None
        if most > width:
            self._longer, self._codes, self._ends = counts > width, codes, ends
        self.single = most <= 1

    def of(self, numbers: Ints) -> Codes:
        """Read some lists."""
        taken: Array = self._words.take(numbers).view(self._code)
        rows = taken.reshape(len(numbers), self._width)
        return Codes(rows, *self._more(numbers), self._size)

    def _more(self, numbers: Ints) -> tuple[Ints, Array]:
        """Give the (place in `numbers`, code) pairs that have no room in the rows."""
        if self._longer is None:
            return np.empty(0, np.int64), np.empty(0, self._code)
        places = np.flatnonzero(self._longer.take(numbers))
        starts, counts = list_ranges(self._ends, numbers[places])
        owners = np.repeat(places, counts - self._width)
        return owners, self._codes[ragged(starts + self._width, counts - self._width)]
