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

from indexer.columnar.postings import Postings
from indexer.columnar.scoring import Floats

_FREQUENT: Final = 4
"""A word has a table if its forms have as many postings as one in so many articles."""

_KEPT: Final = 192
"""Tables at most."""

_KEPT_BYTES: Final = 64_000_000
"""What the tables of a segment may take at most; a single one may take more."""

_ITEM: Final = np.dtype(np.float32)


class FrequencyTables:
    """Makes tables of words, and keeps those that were used last. Threads may share it.

    Args:
        size: How many articles the segment has.
        weights: Weighted frequency of each row of the group's frequencies.
        kept: How many tables to keep.
    """

    def __init__(self, size: int, weights: Floats, kept: int = _KEPT) -> None:
        self._size = size
        self._weights = weights
        self._most = max(1, min(kept, _KEPT_BYTES // max(1, size * _ITEM.itemsize)))
        self._kept: dict[tuple[int, ...], Floats] = {}
        self._lock = Lock()

    def table(self, forms: Sequence[Postings]) -> Floats | None:
        """Give the weighted frequency of a word in each article, `None` if few hold it.

        Args:
            forms: The postings of its forms. Nobody may write to what is given for them.
        """
        if sum(len(postings.articles) for postings in forms) * _FREQUENT < self._size:
            return None
        key = tuple(postings.first_position for postings in forms)
        with self._lock:
            table = self._kept.pop(key, None)
        if table is None:
            table = self._made(forms)
        with self._lock:
            self._kept[key] = table
            if len(self._kept) > self._most:
                del self._kept[next(iter(self._kept))]
        return table

    def _made(self, forms: Sequence[Postings]) -> Floats:
        table = np.zeros(self._size, _ITEM)
        for postings in forms:
            # Numbers of another size than that of pointers take three times as long here.
            table[postings.articles.astype(np.int64)] += self._weights.take(postings.codes)
        return table
