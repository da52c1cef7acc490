"""Which of some matches tell the same story.

Only articles that have a reprint need any work, and they are few: counts of stories are counts of
articles, less those that tell again what another one of them tells.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.matching import Bools
from indexer.columnar.postings import Ints


class Together(NamedTuple):
    """Those of some articles that have others of their story among them.

    They come story by story, and within a story in order of publication.

    Attributes:
        articles: The articles.
        places: Where each of them is among all that were looked at.
        stories: The story of each, named by its earliest article; ascending.
        starts: Where each story begins.
    """

    articles: Ints
    places: Ints
    stories: Ints
    starts: Ints

    @property
    def surplus(self) -> int:
        """How many more articles these are than stories."""
        return len(self.articles) - len(self.starts)

    def surplus_by(self, numbers: Ints, owners: Ints, size: int) -> Ints:
        """Give for each of some numbers how many more of these articles than stories have it.

        Args:
            numbers: All numbers of all these articles, below `size`.
            owners: For each of them the place of its article here, ascending.
            size: How many different numbers there may be.
        """
        # In order but for the numbers within a story, for which this kind of sort is the fastest.
        keys = np.sort(self.stories[owners] * size + numbers, kind="stable")
        repeated = keys[1:][keys[1:] == keys[:-1]]
        return np.bincount(repeated % size, minlength=size)

    def first_of_each(self, keys: NDArray[np.generic]) -> Bools:
        """Tell which of all articles that were looked at remain where a story has one.

        Args:
            keys: One key for each; the smallest of a story remains, the first among equal ones.
        """
        remain = np.ones(len(keys), dtype=bool)
        if len(self.starts):
            own = keys[self.places]
            smallest = np.minimum.reduceat(own, self.starts)
            sizes = np.diff(self.starts, append=len(own))
            places = np.where(own == np.repeat(smallest, sizes), self.places, len(keys))
            remain[self.places] = False
            remain[np.minimum.reduceat(places, self.starts)] = True
        return remain

    def of_stories(self, stories: Ints) -> list[Ints]:
        """Give the articles of each of some stories; none for a story with a single one."""
        starts = np.searchsorted(self.stories, stories, "left").tolist()
        ends = np.searchsorted(self.stories, stories, "right").tolist()
        return [self.articles[start:end] for start, end in zip(starts, ends, strict=True)]


_EMPTY = np.empty(0, np.int64)
_NONE = Together(_EMPTY, _EMPTY, _EMPTY, _EMPTY)


class Stories:
    """The stories of a collection. Threads may share it.

    Args:
        earliest: For each article the earliest one of its story.
        date_keys: Gives for each of some articles, ascending, a number that sorts it by its date.
    """

    def __init__(self, earliest: NDArray[np.uint32], date_keys: Callable[[Ints], Ints]) -> None:
        self._earliest = earliest
        sizes = np.bincount(earliest, minlength=len(earliest))
        members = np.flatnonzero(sizes[earliest] > 1)
        stories = earliest[members].astype(np.int64)
        order = np.lexsort((members, date_keys(members), members != stories, stories))
        # All articles that have a reprint, story by story, and where each article is among them.
        self._members = members[order]
        self._stories = stories[order]
        self._ranks = np.full(len(earliest) if len(members) else 0, -1, np.int32)
        self._ranks[self._members] = np.arange(len(members))

    def of(self, articles: Ints) -> Ints:
        """Give the story of each of some articles, named by its earliest article."""
        stories: Ints = self._earliest[articles].astype(np.int64)
        return stories

    def together(self, articles: Ints) -> Together:
        """Find those of some articles that have others of their story among them.

        Args:
            articles: The articles, ascending.
        """
        if not len(self._members):
            return _NONE
        ranks = self._ranks.take(articles)
        places = np.flatnonzero(ranks >= 0)
        ranks = ranks[places]
        # What lies in an array at its rank is in order without being sorted.
        held = np.zeros(len(self._members), dtype=bool)
        place_at = np.empty(len(self._members), np.int64)
        held[ranks] = True
        place_at[ranks] = places
        members = np.flatnonzero(held)
        places = place_at[members]
        stories = self._stories[members]
        several = np.zeros(len(stories), dtype=bool)
        several[1:] = stories[1:] == stories[:-1]
        several[:-1] |= several[1:]
        stories = stories[several]
        starts = np.flatnonzero(np.diff(stories, prepend=-1))
        return Together(self._members[members[several]], places[several], stories, starts)

    def members(self, article: int) -> list[int]:
        """Give all articles of the story of an article, in order of publication."""
        story = int(self._earliest[article])
        start, end = np.searchsorted(self._stories, [story, story + 1])
        members: list[int] = self._members[start:end].tolist()
        return members or [article]
