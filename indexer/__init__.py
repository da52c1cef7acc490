"""Text analysis, the index, and the query library of timbao.

>>> from indexer import SearchRequest, build_index, open_index
>>> build_index("articles.jsonl", "var/index")
>>> with open_index("var/index") as index:
...     result = index.search(SearchRequest("bầu cử đại biểu", facets=("source",)))
...     print(result.total, result.hits[0].title)

Reading order: `schema`, `analysis`, `engines`, then `build` (the write side) and `search` (the
read side), which do not know each other; `generations` is the folder in which they meet.
"""

from indexer.as_whoosh import whoosh_index
from indexer.build import BuildProgress, BuildReport, Duplicate, build_index
from indexer.engines.base import Bucket, Facet, Interval, Sort, Timeline, TimelineBar
from indexer.errors import (
    AnalysisError,
    BuildError,
    DamagedIndexError,
    ForeignFolderError,
    IndexerError,
    IndexLockedError,
    IndexMissingError,
    IndexUnusableError,
    IndexVersionError,
    QueryError,
    RequestError,
    SearchTimeoutError,
    WhooshPackageError,
)
from indexer.schema import FACETS
from indexer.search import (
    MAX_FACET_SIZE,
    MAX_SIZE,
    Hit,
    Index,
    MarkedArticle,
    Passage,
    SearchRequest,
    SearchResult,
    Snippet,
    open_index,
)

__all__ = [
    "FACETS",
    "MAX_FACET_SIZE",
    "MAX_SIZE",
    "AnalysisError",
    "Bucket",
    "BuildError",
    "BuildProgress",
    "BuildReport",
    "DamagedIndexError",
    "Duplicate",
    "Facet",
    "ForeignFolderError",
    "Hit",
    "Index",
    "IndexLockedError",
    "IndexMissingError",
    "IndexUnusableError",
    "IndexVersionError",
    "IndexerError",
    "Interval",
    "MarkedArticle",
    "Passage",
    "QueryError",
    "RequestError",
    "SearchRequest",
    "SearchResult",
    "SearchTimeoutError",
    "Snippet",
    "Sort",
    "Timeline",
    "TimelineBar",
    "WhooshPackageError",
    "build_index",
    "open_index",
    "whoosh_index",
]
