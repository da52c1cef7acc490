"""Words that many articles hold, as tables: the frequency in each article at the article's number.

Half of the syllables of a headline stand in every other article once their marks are taken off. To
look such a word up in a table takes a tenth of the time that its postings take, which is as much
as it takes to make the table; so the last tables are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Final

import numpy as np

from indexer.columnar.container import Array
from indexer.columnar.postings import Postings
from indexer.columnar.scoring import Floats
from indexer.columnar.terms import smallest_unsigned

_FREQUENT: Final = 4
"""A word has a table if its forms have as many postings as one in so many articles."""

_KEPT: Final = 1_024
"""Tables at most."""

KEPT_BYTES: Final = 64_000_000
"""What the tables of all segments may take at most; a single one may take more."""


class FrequencyTables:
    """Makes tables of words, and keeps those that were used last. Threads may share it.

    Args:
        size: How many articles the segment has.
        weights: Weighted frequency of each row of the group's frequencies, whole numbers.
        kept_bytes: How much memory they may take.
    """

    def __init__(self, size: int, weights: Floats, kept_bytes: int = KEPT_BYTES) -> None:
        self._size = size
        self._weights = weights.astype(np.int64)
        self._kept_bytes = kept_bytes
        self._kept: dict[tuple[int, ...], Array] = {}
        self._bytes = 0
        self._lock = Lock()

    def table(self, forms: Sequence[Postings]) -> Array | None:
        """Give the weighted frequency of a word in each article, `None` if few hold it.

        The numbers are of the smallest type that fits.

        Args:
            forms: The postings of its forms. Nobody may write to what is given for them.
        """
        if sum(len(postings.articles) for postings in forms) * _FREQUENT < self._size:
            return None
        key = tuple(postings.first_position for postings in forms)
        with self._lock:
            table = self._kept.pop(key, None)
            if table is not None:
                self._kept[key] = table  # as the one that was used last
                return table
        table = self._made(forms)
        with self._lock:
            if key not in self._kept:
                self._bytes += table.nbytes
            self._kept[key] = table
            while len(self._kept) > 1 and (
                self._bytes > self._kept_bytes or len(self._kept) > _KEPT
            ):
                self._bytes -= self._kept.pop(next(iter(self._kept))).nbytes
        return table

    def _made(self, forms: Sequence[Postings]) -> Array:
        frequencies = np.zeros(self._size, np.int64)
        for postings in forms:
            # Numbers of another size than that of pointers take three times as long here.
            frequencies[postings.articles.astype(np.int64)] += self._weights.take(postings.codes)
        return frequencies.astype(smallest_unsigned(int(frequencies.max(initial=0))))
