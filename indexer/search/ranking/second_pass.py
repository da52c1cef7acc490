"""The score of the second pass: that of the first, and what neighbourhood and opening add to it.

    score      = first + recency × (NEIGHBOURS × neighbours + OPENING × opening)

    neighbours = sum over pairs p of neighbours in the query of  idf(p) × s(tf(p))
    opening    = sum over syllables w of the query of  e(first place of w)
    s(tf)      = (k1 + 1) × tf / (tf + k1 × (1 - b + b × length / average length))

A pair counts where its syllables stand in the order of the query and at most `REACH` apart: the
more the nearer they are, and the more the nearer the beginning of the article they are,

    tf(p)      = sum over such places of  weight of the field × (1 + EARLY × e(place)) / distance
    e(place)   = exp(-position / OPENING_POSITIONS)

for news says first what it is about, and later what else there is to say. Frequencies and lengths
are weighted by field (`schema.TEXT_WEIGHTS`). How much a pair tells is taken from the candidates,
idf(p) = ln(1 + (n - n(p) + 0.5) / (n(p) + 0.5)) for n of them, of which n(p) hold the pair: no
index has to know pairs, and the answer is as good as with counts over the whole collection. In the
opening all syllables count alike: the first pass has weighed how rare they are, and here it is how
much of the query an article begins with that tells.

What each part brings, MRR@10 of titles and of their first five words, with marks, in 2,000 queries
over articles of two draws (the weights were chosen on them, the README's figures are of others):

    first pass alone                       0.849  0.546
    and opening                            0.855  0.570
    and neighbours                         0.872  0.606
    both                                   0.879  0.613
    both, but neighbours side by side only 0.872  0.606
    both, but EARLY = 0                    0.874  0.611

Weights from 1.2 to 1.8 and from 0.8 to 1.4 differ by no more than chance. The syllables of the
lead, those of the best passage, three in a row, pairs with another syllable between them in the
query, pairs in the wrong order, and how rare pairs are in the whole collection were tried beside
them, and bring nothing more.

Pairs in the order of the query are a feature of D. Metzler and W. B. Croft, "A Markov random field
model for term dependencies" (SIGIR 2005); that near ones count more is from S. Büttcher, C. Clarke
and B. Lushman, "Term proximity scoring for ad-hoc retrieval on very large text collections" (SIGIR
2006). Every part is at least 0, so a candidate is never below what the first pass put behind all
of them.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from indexer.search.ranking.evidence import Evidence, Floats

NEIGHBOURS: Final = 1.1
EARLY: Final = 2.0
OPENING: Final = 3.0

_K1: Final = 1.2
_B: Final = 0.75


def second_scores(first: Floats, recency: Floats, evidence: Evidence) -> Floats:
    """Give the score of each candidate.

    Args:
        first: The scores of the first pass.
        recency: The factor of its recency in the score of each.
        evidence: What the candidates say of the query.
    """
    opening = evidence.opening().sum(axis=1)
    counts = evidence.neighbours(EARLY)
    pairs = idf(len(first), np.count_nonzero(counts, axis=0))
    neighbours = _saturated(counts, pairs, _norms(evidence.lengths))
    scores: Floats = first + recency * (NEIGHBOURS * neighbours + OPENING * opening)
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
