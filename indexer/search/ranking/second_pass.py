"""The score of the second pass: that of the first, and what neighbourhood and lead add to it.

    score    = first + recency × (PAIRS × pairs + NEAR × near + LEAD × lead + PASSAGE × passage)

    pairs    = sum over pairs p of neighbours in the query of  idf(p) × s(adjacent(p, article))
    near     = the same for pairs near each other, in any order
    lead     = BM25 of the syllables in the lead alone
    passage  = idf of the syllables in the best stretch of 16 syllables, each counted once
    s(tf)    = (k1 + 1) × tf / (tf + k1 × (1 - b + b × length / average length))

Frequencies and lengths are weighted by field (`schema.TEXT_WEIGHTS`). How much a pair tells is
taken from the candidates, idf(p) = ln(1 + (n - n(p) + 0.5) / (n(p) + 0.5)) for n of them, of which
n(p) hold the pair: no index has to know pairs, and the answer is as good as with counts over the
whole collection. How much a syllable tells is taken from the collection.

Pairs in the order of the query and pairs in a window are the features of D. Metzler and W. B.
Croft, "A Markov random field model for term dependencies" (SIGIR 2005), here with saturation.
Every part is at least 0, so a candidate is never below what the first pass put behind all of them.

The weights are rounded from the best ones for titles of some hundred articles as queries, and were
checked on others.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from indexer.engines.base import Occurrences
from indexer.search.ranking.evidence import Evidence, Floats

PAIRS: Final = 0.5
NEAR: Final = 0.4
LEAD: Final = 0.2
PASSAGE: Final = 0.2

_K1: Final = 1.2
_B: Final = 0.75
_PASSAGE_SIZE: Final = 16


def second_scores(
    first: Floats, recency: Floats, evidence: Evidence, found: Occurrences
) -> Floats:
    """Give the score of each candidate.

    Args:
        first: The scores of the first pass.
        recency: The factor of its recency in the score of each.
        evidence: What the candidates say of the query.
        found: The occurrences that the evidence was made of.
    """
    syllables = idf(found.collection, found.holding[: evidence.syllables])
    norms = _norms(evidence.lengths)
    added = LEAD * _saturated(evidence.lead_counts(), syllables, _norms(evidence.lead_lengths))
    added += PASSAGE * evidence.best_passage(syllables, _PASSAGE_SIZE)
    for weight, counts in (PAIRS, evidence.adjacent()), (NEAR, evidence.near()):
        holding = np.count_nonzero(counts, axis=0)
        added += weight * _saturated(counts, idf(len(first), holding), norms)
    scores: Floats = first + recency * added
    return scores


def idf(collection: int, holding: np.ndarray) -> Floats:
    """Give how much each of some words tells, by how many of a collection hold it."""
    holding = np.minimum(holding, collection)
    weights: Floats = np.log1p((collection - holding + 0.5) / (holding + 0.5))
    return weights


def _norms(lengths: Floats) -> Floats:
    average = lengths.mean() if len(lengths) else 0.0
    norms: Floats = _K1 * (1 - _B + _B * lengths / max(average, 1.0))
    return norms


def _saturated(counts: Floats, weights: Floats, norms: Floats) -> Floats:
    sums: Floats = (counts / (counts + norms[:, None])) @ weights * (_K1 + 1)
    return sums
