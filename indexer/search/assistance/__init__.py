"""Help for whoever asks: completions while typing, corrections, and related articles.

Reading order: `answers` (what is given), `suggesting` (completions), `context` (which words are
likely side by side), `correcting` (did you mean), `relating` (articles like one).
"""

from indexer.search.assistance.answers import Correction, CorrectionKind, Suggestion
from indexer.search.assistance.correcting import Corrector
from indexer.search.assistance.relating import related_query
from indexer.search.assistance.suggesting import suggest

__all__ = [
    "Correction",
    "CorrectionKind",
    "Corrector",
    "Suggestion",
    "related_query",
    "suggest",
]
