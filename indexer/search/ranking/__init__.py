"""How much of a query must match, and the second pass, which re-orders the best candidates.

Both stand above the engines, and are the same for all of them. Reading order: `plan` (a query
taken apart: what must match whatever happens, and the freely typed words), `policy` (how many of
those words must match), `evidence` (what a few candidates say of the words), `second_pass` (the
score), `ranker` (which puts them together).
"""

from indexer.search.ranking.plan import Forms, Plan, Word, compose
from indexer.search.ranking.policy import MatchPolicy
from indexer.search.ranking.ranker import CANDIDATES, Ranked, RankedHit, RankedScan, Ranker

__all__ = [
    "CANDIDATES",
    "Forms",
    "MatchPolicy",
    "Plan",
    "Ranked",
    "RankedHit",
    "RankedScan",
    "Ranker",
    "Word",
    "compose",
]
