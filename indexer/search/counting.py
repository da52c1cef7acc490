"""How many articles a query finds, when nothing else is wanted of them."""

from __future__ import annotations

from indexer.engines.base import Engine, EngineRequest, Period
from indexer.engines.query import Query


def count_articles(engine: Engine, query: Query, timeout: float | None = None) -> int:
    """Count the articles of an index that match a query.

    Raises:
        SearchTimeoutError: It was not done in so many seconds.
    """
    asked = EngineRequest(query=query, filters={}, period=Period(), size=0, timeout=timeout)
    return engine.search(asked).total
