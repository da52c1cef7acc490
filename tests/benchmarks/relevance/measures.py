"""Figures of known-item search, and how sure they are."""

from __future__ import annotations

from collections.abc import Sequence

import ir_measures
import numpy as np
from ir_measures import RR, R
from numpy.typing import NDArray

MEASURES = {"mrr10": RR @ 10, "recall1": R @ 1, "recall10": R @ 10}
"""Mean reciprocal rank among ten hits; how often the article is the first, and among ten."""

_RESAMPLES = 2_000
_INTERVAL = (2.5, 97.5)

Floats = NDArray[np.float64]


def of_queries(wanted: Sequence[str], rankings: Sequence[Sequence[str]]) -> Floats:
    """Measure each query.

    Args:
        wanted: The right answer to each query.
        rankings: What was found, best first.

    Returns:
        A row for each query and a column for each of `MEASURES`.
    """
    qrels = [ir_measures.Qrel(str(query), answer, 1) for query, answer in enumerate(wanted)]
    # The package sorts by score, and equal scores in its own way: the rank itself is the score.
    run = [
        ir_measures.ScoredDoc(str(query), answer, float(-rank))
        for query, ranking in enumerate(rankings)
        for rank, answer in enumerate(ranking)
    ]
    columns = {measure: column for column, measure in enumerate(MEASURES.values())}
    figures = np.full((len(wanted), len(columns)), np.nan)
    for metric in ir_measures.iter_calc(list(columns), qrels, run):
        figures[int(metric.query_id), columns[metric.measure]] = metric.value
    if np.isnan(figures).any():
        raise RuntimeError("a query was not measured")
    return figures


class Bootstrap:
    """Percentile intervals of means, by drawing queries with replacement (Efron, 1979).

    The same draws serve all systems, so that a mean of differences has a paired interval.

    Args:
        queries: How many queries there are.
        seed: Seed of the draws.
    """

    def __init__(self, queries: int, seed: int) -> None:
        chance = np.random.default_rng(seed)
        shares = np.full(queries, 1 / queries)
        self._draws = chance.multinomial(queries, shares, _RESAMPLES) / queries

    def intervals(self, figures: Floats) -> Floats:
        """Give the low and the high end of 95 % of the means of each column: two rows."""
        return np.percentile(self._draws @ figures, _INTERVAL, axis=0)
