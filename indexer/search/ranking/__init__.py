from indexer.search.ranking.plan import Forms, Plan, Word, compose
from indexer.search.ranking.policy import MatchPolicy
__all__=["Forms","MatchPolicy","Plan","Word","compose"]
