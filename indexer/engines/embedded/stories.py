"""Which of some matches tell the same story.

Only articles that have a reprint need any work: counts of stories are counts of articles, less
those that tell again what another one of them tells. Those articles are ranked story by story once
for all, so what is found of a search is in order without being sorted.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.matching import Bools, search_is_cheaper
from indexer.columnar.postings import Ints


class Stories:
    """The stories of a collection. Threads may share it.

    Args:
        earliest: For each article the earliest one of its story.
        date_keys: Gives for each of some articles, ascending, a number that sorts it by its date.

    Attributes:
        members: All articles that have a reprint, story by story, and within a story in order of
            publication. The rank of such an article is its place here.
        of_members: The story of each of them, numbered from 0 on.
        ranks: The rank of each article of the collection; -1 for those without a reprint.
    """

    def __init__(self, earliest: NDArray[np.uint32], date_keys: Callable[[Ints], Ints]) -> None:
        self._earliest = earliest
        sizes = np.bincount(earliest, minlength=len(earliest))
        members = np.flatnonzero(sizes[earliest] > 1)
        stories = earliest[members].astype(np.int64)
        order = np.lexsort((members, date_keys(members), members != stories, stories))
        self.members: Ints = members[order]
        begins = np.diff(stories[order], prepend=-1) != 0
        self.of_members = np.cumsum(begins, dtype=np.int32) - np.int32(1)
        self._starts: Ints = np.append(np.flatnonzero(begins), len(members))
        self.ranks = np.full(len(earliest) if len(members) else 0, -1, np.int32)
        self.ranks[self.members] = np.arange(len(members))

    def of(self, articles: Ints) -> Ints:
        """Give the story of each of some articles, named by its earliest article."""
        stories: Ints = self._earliest[articles].astype(np.int64)
        return stories

    def together(self, articles: Ints) -> Together:
        """Find those of some articles that have others of their story among them.

        Args:
            articles: The articles, ascending.
        """
        return Together(self, articles)

    def ranks_of_story(self, article: int) -> tuple[int, int]:
        """Give where the articles of a story begin and end among the members."""
        rank = int(self.ranks[article]) if len(self.ranks) else -1
        if rank < 0:
            return 0, 0
        story = int(self.of_members[rank])
        return int(self._starts[story]), int(self._starts[story + 1])

    def story(self, article: int) -> list[int]:
        """Give all articles of the story of an article, in order of publication."""
        start, end = self.ranks_of_story(article)
        members: list[int] = self.members[start:end].tolist()
        return members or [article]


class Together:
    """Those of some articles that have others of their story among them.

    Args:
        stories: The stories.
        articles: The articles, ascending.

    Attributes:
        ranks: The ranks of those that have others, ascending.
        surplus: How many more articles these are than stories.
    """

    def __init__(self, stories: Stories, articles: Ints) -> None:
        self._stories = stories
        self._articles = articles
        self.ranks: Ints = np.empty(0, np.int64)
        self.surplus = 0
        if len(stories.members):
            ranks: Ints = self._ranked[0]
            if search_is_cheaper(len(ranks), len(stories.members)):
                ranks = np.sort(ranks)
            else:
                # What is marked at its rank is in order without being sorted.
                held = np.zeros(len(stories.members), dtype=bool)
                held[ranks] = True
                ranks = np.flatnonzero(held)
            of_ranks = stories.of_members.take(ranks)
            same = of_ranks[1:] == of_ranks[:-1]
            several = np.zeros(len(ranks), dtype=bool)
            several[1:] = same
            several[:-1] |= same
            self.ranks = ranks[several]
            self.surplus = int(np.count_nonzero(same))

    @cached_property
    def _ranked(self) -> tuple[Ints, Ints]:
        """The ranks of the articles that have one, and the places of these articles."""
        ranks = self._stories.ranks.take(self._articles)
        places = np.flatnonzero(ranks >= 0)
        return ranks.take(places).astype(np.int64), places

    @cached_property
    def articles(self) -> Ints:
        """The articles that have others, ascending."""
        return self._articles.take(np.flatnonzero(self._have_others))

    @cached_property
    def alone(self) -> Ints:
        """The articles that have none, ascending."""
        return self._articles.take(np.flatnonzero(~self._have_others))

    @cached_property
    def _have_others(self) -> Bools:
        have_others = np.zeros(len(self._articles), dtype=bool)
        if self.surplus:
            ranks, places = self._ranked
            several = np.zeros(len(self._stories.members), dtype=bool)
            several[self.ranks] = True
            have_others[places] = several.take(ranks)
        return have_others

    def first_of_each(self, keys: NDArray[np.generic]) -> Bools:
        """Tell which of all articles that were looked at remain where a story has one.

        Args:
            keys: One key for each; the smallest of a story remains, the first among equal ones.
        """
        remain = np.ones(len(keys), dtype=bool)
        if self.surplus:
            place_at = np.empty(len(self._stories.members), np.int64)
            ranks, places = self._ranked
            place_at[ranks] = places
            places = place_at.take(self.ranks)
            starts = np.flatnonzero(np.diff(self._stories.of_members.take(self.ranks), prepend=-1))
            own = keys[places]
            smallest = np.minimum.reduceat(own, starts)
            sizes = np.diff(starts, append=len(own))
            candidates = np.where(own == np.repeat(smallest, sizes), places, len(keys))
            remain[places] = False
            remain[np.minimum.reduceat(candidates, starts)] = True
        return remain

    def of_story(self, article: int) -> Ints:
        """Give those articles that are of the story of one, if they are several."""
        start, end = np.searchsorted(self.ranks, self._stories.ranks_of_story(article))
        members: Ints = self._stories.members[self.ranks[start:end]]
        return members
