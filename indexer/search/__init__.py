"""The read side: query text in, ranked articles with snippets, facets and a timeline out.

Reading order: `request` and `result` (what is asked and answered), `parser` (text to a query
tree), `nearness` and `highlighter` (where its matches stand), `passages` and `snippets` (what of
an article is shown), `assistance` (completions, corrections, related articles), `index` (which
puts them together).
"""

from indexer.search.assistance import Correction, CorrectionKind, Suggestion
from indexer.search.index import Index, open_index
from indexer.search.passages import MarkedArticle, Passage, Snippet
from indexer.search.request import MAX_FACET_SIZE, MAX_SIZE, SearchRequest
from indexer.search.result import Hit, SearchResult

__all__ = [
    "MAX_FACET_SIZE",
    "MAX_SIZE",
    "Correction",
    "CorrectionKind",
    "Hit",
    "Index",
    "MarkedArticle",
    "Passage",
    "SearchRequest",
    "SearchResult",
    "Snippet",
    "Suggestion",
    "open_index",
]
