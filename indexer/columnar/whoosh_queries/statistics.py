"""What the scores of Whoosh's BM25F need of a whole index.

    score = idf × (K1 + 1) × tf / (tf + K1 × (1 - B + B × length / average length))
    idf   = ln(N / (n + 1)) + 1

for N articles of which n hold the word in the field, with the frequency and the length of the
field alone; B = 0.75 and K1 = 1.2 as in `whoosh.scoring.BM25F`. It has nothing to do with the
score of the product (`indexer.columnar.scoring`) but for its second half.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from indexer.columnar.collection import Collection
from indexer.columnar.matching import Floats
from indexer.columnar.postings import Ints
from indexer.columnar.scoring import length_norms
from indexer.columnar.segment import GROUPS
from indexer.schema import TEXT_FIELDS, WORDS_SUFFIX


def group_and_field(name: str) -> tuple[str, int] | None:
    """Give the group and the number of a text field, or `None` where it is none."""
    text, words = GROUPS
    for group, field in (text, name), (words, name.removesuffix(WORDS_SUFFIX)):
        if field in TEXT_FIELDS and (group == text or name != field):
            return group, TEXT_FIELDS.index(field)
    return None


class FieldStatistics:
    """Statistics of the text fields of a collection, each computed once. Threads may share it.

    Args:
        collection: The collection.
    """

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._norms: dict[tuple[int, int], Floats] = {}
        self._averages: dict[int, float] = {}

    def norms(self, segment: int, field: int) -> Floats:
        """Give the length norms of the articles of a segment."""
        key = segment, field
        if key not in self._norms:
            lengths = self._collection.segments[segment].columns.lengths[:, field]
            self._norms[key] = length_norms(lengths.astype(np.float32), self._average(field))
        return self._norms[key]

    def idf(self, name: str, forms: Sequence[bytes]) -> float:
        """Give the idf of a word with several forms."""
        holding = sum(
            _holding(self._collection, segment, name, forms)
            for segment in range(len(self._collection.segments))
        )
        return math.log(self._collection.size / (holding + 1)) + 1

    def _average(self, field: int) -> float:
        if field not in self._averages:
            total = sum(
                int(segment.columns.lengths[:, field].sum(dtype=np.int64))
                for segment in self._collection.segments
            )
            self._averages[field] = total / self._collection.size or 1.0
        return self._averages[field]


def _holding(collection: Collection, segment: int, name: str, forms: Sequence[bytes]) -> int:
    """Count the articles of a segment that hold any of several forms in a field."""
    found = group_and_field(name)
    if found is None:
        return 0
    group, field = collection.segments[segment].groups[found[0]], found[1]
    in_field = group.frequencies[:, field] > 0
    lists: list[Ints] = []
    for form in forms:
        number = group.terms.number(form)
        if number is not None:
            postings = group.postings(number)
            lists.append(postings.articles[in_field[postings.codes]])
    if len(lists) < 2:
        return sum(map(len, lists))
    return len(np.unique(np.concatenate(lists)))
