"""Parts that combine other parts in less usual ways."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.evaluation import Part
from indexer.columnar.matching import NOTHING, Bools, Floats, Matches, Scratch, union
from indexer.columnar.postings import Ints


class ConstantPart(Part):
    """Articles of another part, all with the same score.

    Args:
        part: The other part.
        score: The score.
    """

    def __init__(self, part: Part, score: float) -> None:
        self._part = part
        self._score = np.float32(score)
        self.cost = part.cost

    def matches(self) -> Matches:
        """Give all articles of the part."""
        articles = self._part.matches().articles
        return Matches(articles, np.full(len(articles), self._score))

    def at(self, articles: Ints) -> tuple[Bools, Floats]:
        """Tell which of some ascending articles are in the part, and their scores there."""
        found, _ = self._part.at(articles)
        return found, np.where(found, self._score, np.float32(0))


class GreatestPart(Part):
    """Articles that any part has; the greatest of their scores counts.

    Args:
        parts: The parts.
        scratch: Work space of the running query.
    """

    def __init__(self, parts: Sequence[Part], scratch: Scratch) -> None:
        self._parts = parts
        self._scratch = scratch
        self.cost = sum(part.cost for part in parts)

    def matches(self) -> Matches:
        """Give all articles of the part."""
        several = [part.matches() for part in self._parts]
        articles = union(several, self._scratch).articles
        scores = np.full(len(articles), -np.inf, np.float32)
        for matches in several:
            places = np.searchsorted(articles, matches.articles)
            scores[places] = np.maximum(scores[places], matches.scores)
        return Matches(articles, scores)

    def at(self, articles: Ints) -> tuple[Bools, Floats]:
        """Tell which of some ascending articles are in the part, and their scores there."""
        found = np.zeros(len(articles), dtype=bool)
        scores = np.full(len(articles), -np.inf, np.float32)
        for part in self._parts:
            here, more = part.at(articles)
            found |= here
            scores[here] = np.maximum(scores[here], more[here])
        return found, np.where(found, scores, np.float32(0))


_COUNTING_GAINS = 64
"""How many times as long as to count a posting it takes to narrow down an article, about."""


class AtLeastPart(Part):
    """Articles that at least so many of several parts have; their scores are added up.

    An article that k of n parts have is in one of any n - k + 1 of them. So only the most
    selective ones of that many are asked for all their articles, and the others about those.
    Unless these articles are very few, it takes less to count the words of every article first:
    those that have enough are few, and only they are looked at more closely.

    Args:
        least: How many; at least 1.
        parts: The parts.
        scratch: Work space of the running query.
    """

    def __init__(self, least: int, parts: Sequence[Part], scratch: Scratch) -> None:
        ordered = sorted(parts, key=lambda part: part.cost)
        leading = max(0, len(ordered) - least + 1)
        self._least = least
        self._leading = ordered[:leading]
        self._others = ordered[leading:]
        self._scratch = scratch
        self.cost = sum(part.cost for part in self._leading)

    def matches(self) -> Matches:
        """Give all articles of the part."""
        if not self._leading:
            return NOTHING
        parts = [*self._leading, *self._others]
        words = [part for part in parts if part.counts_fast]
        others = [part for part in parts if not part.counts_fast]
        to_count = len(self._scratch) + sum(part.cost for part in words)
        if len(others) < self._least and to_count < self.cost * _COUNTING_GAINS:
            return self._counted(words, others)
        several = [part.matches() for part in self._leading]
        articles, scores = union(several, self._scratch)
        counts = np.zeros(len(articles), np.int64)
        places = self._scratch.places(articles)
        for matches in several:
            counts[places.take(matches.articles) - 1] += 1
        return self._narrowed(articles, scores, counts, self._others)

    def _counted(self, words: Sequence[Part], others: Sequence[Part]) -> Matches:
        """Count the words of every article, and ask about those articles that may have enough.

        Args:
            words: Parts that are counted fast.
            others: The other parts, fewer than an article must have.
        """
        kind = np.uint8 if len(words) <= np.iinfo(np.uint8).max else np.uint16
        by_article: NDArray[np.unsignedinteger] = np.zeros(len(self._scratch), kind)
        for part in words:
            part.count(by_article)
        articles = np.flatnonzero(by_article >= self._least - len(others))
        scores = np.zeros(len(articles), np.float32)
        if others:
            counts = by_article.take(articles).astype(np.int64)
            articles, scores = self._narrowed(articles, scores, counts, others)
        for part in words:
            part.add_at(articles, scores)
        return Matches(articles, scores)

    def _narrowed(
        self, articles: Ints, scores: Floats, counts: Ints, others: Sequence[Part]
    ) -> Matches:
        """Ask further parts about articles, and leave out those that cannot have enough parts.

        Args:
            articles: The articles.
            scores: The score of each so far.
            counts: How many parts each has so far.
            others: The further parts.

        Returns:
            The articles that have enough parts, and their scores.
        """
        for number, part in enumerate(others):
            possible = np.flatnonzero(counts + (len(others) - number) >= self._least)
            if len(possible) < len(articles):
                articles, scores, counts = articles[possible], scores[possible], counts[possible]
            found, more = part.at(articles)
            counts += found
            scores = scores + more
        enough = counts >= self._least
        return Matches(articles[enough], scores[enough])

    def at(self, articles: Ints) -> tuple[Bools, Floats]:
        """Tell which of some ascending articles are in the part, and their scores there."""
        counts = np.zeros(len(articles), np.int64)
        scores = np.zeros(len(articles), np.float32)
        for part in [*self._leading, *self._others]:
            found, more = part.at(articles)
            counts += found
            scores += more
        enough = counts >= self._least
        return enough, np.where(enough, scores, np.float32(0))
