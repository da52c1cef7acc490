"""How many articles a query finds, when nothing else is wanted of them."""

from __future__ import annotations

from indexer.engines.base import Engine, EngineRequest, Period
from indexer.engines.query import Query


def count_articles(engine: Engine, query: Query) -> int:
    """Count the articles of an index that match a query."""
    return engine.search(EngineRequest(query=query, filters={}, period=Period(), size=0)).total
