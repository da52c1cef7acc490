"""Text analysis, the index, and the query library of timbao.

>>> from indexer import SearchRequest, build_index, open_index
>>> build_index("articles.jsonl", "var/index")
>>> with open_index("var/index") as index:
...     result = index.search(SearchRequest("bầu cử đại biểu", facets=("source",)))
...     print(result.total, result.hits[0].title)

Reading order: `schema`, `analysis`, `engines`, then `build` (the write side) and `search` (the
read side), which do not know each other; `store` is the folder in which they meet.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from indexer.engines.base import (
    Bucket,
    Facet,
    Interval,
    Sort,
    Timeline,
    TimelineBar,
)
from indexer.engines.completions import SuggestionKind
from indexer.errors import (
    AbbreviationsError,
    AnalysisError,
    BuildError,
    DamagedIndexError,
    ForeignFolderError,
    GenerationGoneError,
    IndexAccessError,
    IndexerError,
    IndexLockedError,
    IndexMissingError,
    IndexUnreachableError,
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
    MAX_OTHERS,
    MAX_SIZE,
    Correction,
    CorrectionKind,
    Hit,
    Index,
    MarkedArticle,
    Marks,
    MatchPolicy,
    Notice,
    NoticeKind,
    Passage,
    Reason,
    ReasonKind,
    Scan,
    SearchRequest,
    SearchResult,
    Snippet,
    Story,
    Suggestion,
    open_index,
)

if TYPE_CHECKING:
    from indexer.as_whoosh import whoosh_index
    from indexer.build import (
        BuildProgress,
        BuildReport,
        DeleteReport,
        Duplicate,
        OptimizeReport,
        UpdateReport,
        build_index,
        delete_articles,
        optimize_index,
        update_index,
    )
    from indexer.store.checking import check_index
    from indexer.store.info import IndexInfo, SegmentInfo, index_info
    from indexer.store.reprint_counter import ReprintCounter
    from indexer.store.stories import ReprintFigures

__all__ = [
    "FACETS",
    "MAX_FACET_SIZE",
    "MAX_OTHERS",
    "MAX_SIZE",
    "AbbreviationsError",
    "AnalysisError",
    "Bucket",
    "BuildError",
    "BuildProgress",
    "BuildReport",
    "Correction",
    "CorrectionKind",
    "DamagedIndexError",
    "DeleteReport",
    "Duplicate",
    "Facet",
    "ForeignFolderError",
    "GenerationGoneError",
    "Hit",
    "Index",
    "IndexAccessError",
    "IndexInfo",
    "IndexLockedError",
    "IndexMissingError",
    "IndexUnreachableError",
    "IndexUnusableError",
    "IndexVersionError",
    "IndexerError",
    "Interval",
    "MarkedArticle",
    "Marks",
    "MatchPolicy",
    "Notice",
    "NoticeKind",
    "OptimizeReport",
    "Passage",
    "QueryError",
    "Reason",
    "ReasonKind",
    "ReprintCounter",
    "ReprintFigures",
    "RequestError",
    "Scan",
    "SearchRequest",
    "SearchResult",
    "SearchTimeoutError",
    "SegmentInfo",
    "Snippet",
    "Sort",
    "Story",
    "Suggestion",
    "SuggestionKind",
    "Timeline",
    "TimelineBar",
    "UpdateReport",
    "WhooshPackageError",
    "build_index",
    "check_index",
    "delete_articles",
    "index_info",
    "open_index",
    "optimize_index",
    "update_index",
    "whoosh_index",
]

# Who only searches need not wait until what writes is imported.
_ON_DEMAND = {
    "whoosh_index": "indexer.as_whoosh",
    "check_index": "indexer.store.checking",
    "IndexInfo": "indexer.store.info",
    "SegmentInfo": "indexer.store.info",
    "index_info": "indexer.store.info",
    "ReprintCounter": "indexer.store.reprint_counter",
    "ReprintFigures": "indexer.store.stories",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_ON_DEMAND.get(name, "indexer.build")), name)
    return value
