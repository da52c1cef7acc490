"""A part for any query at all: Whoosh's own matcher, stepped through."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from whoosh.query import Query

from indexer.columnar.evaluation import Part
from indexer.columnar.matching import Bools, Floats, Matches, Scratch, scores_at
from indexer.columnar.postings import Ints

_ARTICLES_AT_A_TIME: Final = 256


class MatcherPart(Part):
    """Articles that Whoosh finds in a segment.

    Args:
        query: The query.
        searcher: A Whoosh searcher of the segment.
        boost: Factor of the scores.
        scratch: Work space of the running query.
    """

    def __init__(self, query: Query, searcher: Any, boost: float, scratch: Scratch) -> None:
        self._query = query
        self._searcher = searcher
        self._boost = boost
        self._scratch = scratch
        self._found: Matches | None = None
        self.cost = len(scratch)

    def matches(self) -> Matches:
        """Give all articles of the part."""
        if self._found is None:
            self._found = self._run()
        return self._found

    def at(self, articles: Ints) -> tuple[Bools, Floats]:
        """Tell which of some ascending articles are in the part, and their scores there."""
        return scores_at(articles, self.matches(), self._scratch)

    def _run(self) -> Matches:
        matcher = self._query.matcher(self._searcher, self._searcher.context())
        articles: list[int] = []
        scores: list[float] = []
        while matcher.is_active():
            if len(articles) % _ARTICLES_AT_A_TIME == 0:
                self._scratch.deadline.check()
            articles.append(matcher.id())
            scores.append(matcher.score() * self._boost)
            matcher.next()
        return Matches(np.array(articles, np.int64), np.array(scores, np.float32))
