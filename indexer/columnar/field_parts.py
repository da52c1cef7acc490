"""Parts that look at some fields of an article, or at one of its columns."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.evaluation import Part, WordPart
from indexer.columnar.matching import Bools, Floats, Matches, find
from indexer.columnar.postings import Ints


class FieldWordPart(WordPart):
    """Articles that hold a word, in any of its forms, in some of the fields of a group.

    The weights of its group are 0 where it stands only in other fields.
    """

    counts_fast = False

    def articles(self) -> Ints:
        """Give all articles of the part, without scores."""
        return self.matches().articles

    def holds(self, articles: Ints) -> Bools:
        """Tell which of some ascending articles are in the part."""
        return self.at(articles)[0]

    def count(self, by_article: NDArray[np.unsignedinteger]) -> None:
        """Add one for each article of the part."""
        by_article[self.matches().articles] += 1

    def matches(self) -> Matches:
        """Give all articles of the part."""
        self._searched.scratch.deadline.check()
        articles, frequencies = self._frequencies()
        holds = frequencies > 0
        articles, frequencies = articles[holds], frequencies[holds]
        return Matches(articles, self._scores(articles, frequencies))


class ListedPart(Part):
    """Some articles, without a score.

    Args:
        articles: Their numbers, ascending.
    """

    def __init__(self, articles: Ints) -> None:
        self._articles = articles
        self.cost = len(articles)

    def matches(self) -> Matches:
        """Give all articles of the part."""
        return Matches(self._articles, np.zeros(len(self._articles), np.float32))

    def at(self, articles: Ints) -> tuple[Bools, Floats]:
        """Tell which of some ascending articles are in the part; they have no score."""
        return find(articles, self._articles)[0], np.zeros(len(articles), np.float32)


class ColumnPart(Part):
    """Articles whose value in a column is as wanted, without a score.

    Args:
        holds: Tells it for some articles.
        size: How many articles the segment has.
    """

    def __init__(self, holds: Callable[[Ints], Bools], size: int) -> None:
        self._holds = holds
        self.cost = size

    def matches(self) -> Matches:
        """Give all articles of the part."""
        articles = np.flatnonzero(self._holds(np.arange(self.cost)))
        return Matches(articles, np.zeros(len(articles), np.float32))

    def at(self, articles: Ints) -> tuple[Bools, Floats]:
        """Tell which of some ascending articles are in the part; they have no score."""
        return self._holds(articles), np.zeros(len(articles), np.float32)
