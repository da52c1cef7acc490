"""Whoosh query trees over columns: the answers of Whoosh at another speed.

Reading order: `classes` (query classes of our own, each with a slow matcher for Whoosh),
`statistics` (what scores need of the whole index), `slow` (whatever has no part of its own) and
`compiler` (queries to parts), then `evaluator`.
"""

from indexer.columnar.whoosh_queries.classes import AtLeast, GroupPhrase, SynonymGroup
from indexer.columnar.whoosh_queries.evaluator import WhooshEvaluator, WhooshQuery

__all__ = ["AtLeast", "GroupPhrase", "SynonymGroup", "WhooshEvaluator", "WhooshQuery"]
