"""The entrance: Whoosh queries over a collection."""

from __future__ import annotations

from typing import Any

from whoosh.query import Query as WhooshQuery
from whoosh.searching import Searcher

from indexer.columnar.collection import Collection
from indexer.columnar.evaluation import Part
from indexer.columnar.matching import Matches, Scratch
from indexer.columnar.whoosh_queries.compiler import Compiler
from indexer.columnar.whoosh_queries.statistics import FieldStatistics
from indexer.columnar.whoosh_view.index import collection_reader
from indexer.deadline import NO_DEADLINE, Deadline

__all__ = ["WhooshEvaluator", "WhooshQuery"]


class WhooshEvaluator:
    """Answers Whoosh queries, with the scores of `whoosh.scoring.BM25F`. Threads may share it.

    Args:
        collection: The articles.
    """

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._reader = collection_reader(collection)
        self._statistics = FieldStatistics(collection)

    def match(self, query: WhooshQuery, deadline: Deadline = NO_DEADLINE) -> Matches:
        """Find all articles that a query matches, ascending, with their scores.

        Args:
            query: Any Whoosh query. Classes that have no part of their own are evaluated by
                Whoosh's matchers, article by article.
            deadline: When it must be done.

        Raises:
            SearchTimeoutError: The deadline was over before that was done.
        """
        # A searcher is for one thread; and its leaves hold on to it only weakly.
        whole: Any = Searcher(self._reader, closereader=False)
        searchers = [leaf for leaf, _ in whole.leaf_searchers()]
        idfs: dict[tuple[str, tuple[bytes, ...]], float] = {}

        def make_part(number: int, scratch: Scratch) -> Part:
            return Compiler(
                self._collection.segments[number],
                number,
                self._statistics,
                idfs,
                searchers[number],
                scratch,
            ).part(query)

        return self._collection.evaluate(make_part, deadline)
