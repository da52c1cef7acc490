"""The read side: query text in, ranked articles with snippets, facets and a timeline out.

Reading order: `request` and `result` (what is asked and answered), `parser` (text to a plan of a
query), `ranking` (how much of it must match, and the order), `nearness` and `highlighter` (where
its matches stand), `passages` and `snippets` (what of an article is shown), `index` (which puts
them together).
"""

from indexer.search.index import Index, open_index
from indexer.search.passages import MarkedArticle, Passage, Snippet
from indexer.search.ranking.policy import MatchPolicy
from indexer.search.request import MAX_FACET_SIZE, MAX_SIZE, SearchRequest
from indexer.search.result import Hit, SearchResult

__all__ = [
    "MAX_FACET_SIZE",
    "MAX_SIZE",
    "Hit",
    "Index",
    "MarkedArticle",
    "MatchPolicy",
    "Passage",
    "SearchRequest",
    "SearchResult",
    "Snippet",
    "open_index",
]
