"""The read side: query text in, ranked articles with snippets, facets and a timeline out.

Reading order: `request` and `result` (what is asked and answered), `syntax` (text to a syntax
tree), `marks` and `compiling` (the tree to what is asked of the index), `ranking` (how much of it
must match, and the order), `nearness` and `highlighter` (where its matches stand), `reasons` (why
an article matches), `passages` and `snippets` (what of it is shown), `assistance` (completions,
corrections, related articles), `index` (which puts them together), `opening`.
"""

from indexer.engines.base import MAX_OTHERS
from indexer.search.assistance import Correction, CorrectionKind, Suggestion
from indexer.search.index import Index
from indexer.search.marks import Marks
from indexer.search.opening import open_index
from indexer.search.passages import MarkedArticle, Passage, Snippet
from indexer.search.ranking.policy import MatchPolicy
from indexer.search.reasons import Reason, ReasonKind
from indexer.search.request import MAX_FACET_SIZE, MAX_SIZE, SearchRequest
from indexer.search.result import Hit, Scan, SearchResult, Story
from indexer.search.syntax import Notice, NoticeKind

__all__ = [
    "MAX_FACET_SIZE",
    "MAX_OTHERS",
    "MAX_SIZE",
    "Correction",
    "CorrectionKind",
    "Hit",
    "Index",
    "MarkedArticle",
    "Marks",
    "MatchPolicy",
    "Notice",
    "NoticeKind",
    "Passage",
    "Reason",
    "ReasonKind",
    "Scan",
    "SearchRequest",
    "SearchResult",
    "Snippet",
    "Story",
    "Suggestion",
    "open_index",
]
