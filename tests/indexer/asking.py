"""Short ways to ask an engine, and to say what it answered."""

from typing import Any

from corpus import Article
from indexer.engines.base import Engine, EngineRequest, EngineResult, Period
from indexer.engines.query import MatchAll, Query

ALL = 1_000
"""More hits than any small corpus has."""


def request(query: Query | None = None, **options: Any) -> EngineRequest:
    """A request for everything, but for what is said."""
    defaults = {"filters": {}, "period": Period(), "size": ALL}
    return EngineRequest(query=query or MatchAll(), **{**defaults, **options})


def article(number: int, title: str = "an", **fields: Any) -> Article:
    """An article whose id has a number."""
    return Article(id=f"id-{number}", title=title, **fields)


def ids(engine: Engine, result: EngineResult) -> list[str]:
    """The ids of the hits in their order."""
    return [found.id for found in engine.articles([hit.ref for hit in result.hits])]


def scores(engine: Engine, result: EngineResult) -> dict[str, float]:
    """The scores of the hits by id."""
    return dict(zip(ids(engine, result), (hit.score for hit in result.hits), strict=True))
