"""What the stories of a collection have in a facet, or when they were published."""

from __future__ import annotations

import numpy as np

from indexer.columnar.matching import search_is_cheaper
from indexer.columnar.postings import Ints, list_ranges, ragged
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
        self._pairs = pairs.astype(smallest_unsigned(len(distinct)))
        self._size = len(distinct)
        self._bounds = np.searchsorted(distinct, np.arange(size + 1) * story_count)
        counts = np.bincount(ranks, minlength=len(stories.members))
        self._ends = np.cumsum(counts).astype(smallest_unsigned(len(ranks)))
        self._one_each = bool((counts == 1).all())

    def surplus(self, together: Together, wanted: Ints) -> Ints:
        """Give for some values how many more articles than stories have each of them.

        Args:
            together: The articles, and only those of them that have others of their story.
            wanted: The values.
        """
        places = together.ranks
        if not self._one_each:
            places = ragged(*list_ranges(self._ends, places))
        pairs = self._pairs.take(places)
        starts, ends = self._bounds.take(wanted), self._bounds.take(wanted + 1)
        if search_is_cheaper(len(pairs), self._size):
            pairs.sort()
            again = pairs[1:][pairs[1:] == pairs[:-1]]
            # Of another type, the pairs would be converted, and not the bounds.
            starts, ends = starts.astype(pairs.dtype), ends.astype(pairs.dtype)
            return np.searchsorted(again, ends) - np.searchsorted(again, starts)
        counts = np.bincount(pairs, minlength=self._size)
        of_values = [counts[start:end] for start, end in zip(starts, ends, strict=True)]
        surplus = [int(own.sum()) - int(np.count_nonzero(own)) for own in of_values]
        return np.array(surplus, np.int64)
