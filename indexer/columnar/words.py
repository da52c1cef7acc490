"""The words of queries: each is looked up once, in all segments, and remembered for a while.

Deleted articles do not count in what is found here, so scores are the same before and after a
merge drops them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from indexer.columnar.matching import Bools, distinct_articles, find, search_is_cheaper
from indexer.columnar.postings import Postings
from indexer.columnar.scoring import idf
from indexer.columnar.segment import Segment


class Deleted:
    """The deleted articles of a segment.

    Args:
        mask: For each article of the segment, whether it is deleted.

    Attributes:
        numbers: Numbers of the deleted articles, ascending.
    """

    def __init__(self, mask: Bools) -> None:
        self.mask = mask
        # The type of the postings' articles, so that a search converts neither of them.
        self.numbers = np.flatnonzero(mask).astype(np.uint32)

    def living(self, forms: Sequence[Postings]) -> int:
        """Count the articles that hold any of several forms and are not deleted."""
        lists = [postings.articles for postings in forms]
        if len(lists) == 1 and search_is_cheaper(len(self.numbers), len(lists[0])):
            held = find(self.numbers, lists[0])[0]
            return len(lists[0]) - int(np.count_nonzero(held))
        return distinct_articles(lists, len(self.mask), self.mask)


class LookedUp(NamedTuple):
    """A word, looked up.

    Attributes:
        idf: How much it tells.
        forms: For each segment the postings of the forms that occur there.
    """

    idf: float
    forms: Sequence[Sequence[Postings]]


_REMEMBERED = 2_000
"""Words; a search asks for the same ones several times, and so do the next pages."""

_REMEMBERED_FORMS = 100
"""Only words of so few forms: a pattern may have thousands, which take a megabyte."""


class Words:
    """Looks up words. Threads may share it.

    Args:
        segments: The segments.
        deleted: For each of them its deleted articles; `None` where there is none.
        size: How many articles there are that are not deleted.
    """

    def __init__(
        self, segments: Sequence[Segment], deleted: Sequence[Deleted | None], size: int
    ) -> None:
        self._segments = segments
        self._deleted = deleted
        self._size = size
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._looked_up)

    def look_up(self, group: str, forms: tuple[str, ...]) -> LookedUp:
        """Find a word.

        Args:
            group: Name of a field group.
            forms: The forms of the word.
        """
        if len(forms) > _REMEMBERED_FORMS:
            return self._looked_up(group, forms)
        return self._remembered(group, forms)

    def _looked_up(self, group: str, forms: tuple[str, ...]) -> LookedUp:
        postings = [_postings(segment, group, forms) for segment in self._segments]
        holding = sum(map(self._living, range(len(postings)), postings))
        return LookedUp(idf(self._size, holding), postings)

    def holding(self, group: str, forms: tuple[str, ...]) -> int:
        """Count the articles that hold any form of a word."""
        postings = (_postings(segment, group, forms) for segment in self._segments)
        return sum(map(self._living, range(len(self._segments)), postings))

    def _living(self, segment: int, forms: Sequence[Postings]) -> int:
        deleted = self._deleted[segment]
        if deleted is None:
            lists = [postings.articles for postings in forms]
            return distinct_articles(lists, len(self._segments[segment]))
        return deleted.living(forms)


def _postings(segment: Segment, group: str, forms: Sequence[str]) -> list[Postings]:
    found = segment.groups[group]
    # Half a character has no UTF-8, and no article holds it.
    encoded = (form.encode("utf-8", "surrogatepass") for form in dict.fromkeys(forms))
    numbers = map(found.terms.number, encoded)
    return [found.postings(number) for number in numbers if number is not None]
