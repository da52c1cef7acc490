"""What the stories of a collection have in a facet, or when they were published."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from indexer.columnar.code_lists import CodeLists
from indexer.columnar.postings import Ints
from indexer.columnar.terms import smallest_unsigned
from indexer.engines.embedded.stories import Stories, Together


class StoryValues:
    """The values of all articles that have a reprint, as pairs of a value and a story.

    Each distinct pair has a number, and those of a value follow each other. So to count the
    stories of a value is to count the different numbers in a range.

    Args:
        stories: The stories.
        ranks: The rank of the article of each value, ascending.
        values: The values, as numbers.
        size: How many different numbers there may be.
    """

    def __init__(self, stories: Stories, ranks: Ints, values: Ints, size: int) -> None:
        story_count = len(stories.of_members)
        keys = values * np.int64(story_count) + stories.of_members.take(ranks)
        distinct, pairs = np.unique(keys, return_inverse=True)
        counts = np.bincount(ranks, minlength=len(stories.members))
        codes = pairs.astype(smallest_unsigned(len(distinct)))
        ends = np.cumsum(counts).astype(smallest_unsigned(len(ranks)))
        self._pairs = CodeLists(codes, ends, len(distinct))
        self._size = len(distinct)
        self._bounds = np.searchsorted(distinct, np.arange(size + 1) * story_count)

    def surplus(self, together: Together, wanted: Ints, of_articles: Callable[[], Ints]) -> Ints:
        """Give for some values how many more articles than stories have each of them.

        Args:
            together: The articles, and only those of them that have others of their story.
            wanted: The values.
            of_articles: Counts how many of these articles have each value.
        """
        pairs = self._pairs.of(together.ranks).all()
        starts, ends = self._bounds.take(wanted), self._bounds.take(wanted + 1)
        if len(pairs) * _SORTING_COST < self._size:
            pairs.sort()
            again = pairs[1:][pairs[1:] == pairs[:-1]]
            # Of another type, the pairs would be converted, and not the bounds.
            starts, ends = starts.astype(pairs.dtype), ends.astype(pairs.dtype)
            return np.searchsorted(again, ends) - np.searchsorted(again, starts)
        held = np.zeros(self._size, dtype=bool)
        held[pairs.astype(np.int64)] = True
        of_values = (held[start:end] for start, end in zip(starts, ends, strict=True))
        stories = np.fromiter(map(np.count_nonzero, of_values), np.int64, len(wanted))
        return of_articles().take(wanted) - stories


_SORTING_COST = 500
"""How many times as long to sort a pair takes as to pass over a mark, measured."""
