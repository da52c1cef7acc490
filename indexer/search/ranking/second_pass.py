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

What each part brings, MRR@10 of titles and of their first five words, with marks, in 1,500 queries
over 22,000 articles each of two draws, seeds 7 and 8 (the weights were chosen on these, and the
phrases of headlines still bound, which costs whole titles 0.009):

    first pass alone                       0.854  0.569
    and opening                            0.870  0.614
    and neighbours                         0.879  0.639
    both                                   0.886  0.652
    both, but neighbours side by side only 0.885  0.646
    both, but EARLY = 0                    0.884  0.650
    both, an opening weighted by idf       0.883  0.644

The last row has the weights that were best for it, 1.4 and 1.0. On a draw that no weight was
chosen on, seed 9, an opening without idf brings whole titles 0.005 and five words 0.003. Weights
from 0.9 to 1.3 and from 2.4 to 3.6 differ by no more than chance. The syllables of the lead,
three in a row, pairs with another syllable between them in the query, pairs in the wrong order,
and how rare pairs are in the whole collection were tried beside them, and bring nothing more. How
many of the syllables the best 64 positions hold brings five words 0.004 more, and whole titles
nothing.

Pairs in the order of the query are a feature of D. Metzler and W. B. Croft, "A Markov random field
model for term dependencies" (SIGIR 2005); that near ones count more is from S. Büttcher, C. Clarke
and B. Lushman, "Term proximity scoring for ad-hoc retrieval on very large text collections" (SIGIR
2006). Every part is at least 0, so a candidate is never below what the first pass put behind all
of them.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

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
    pairs = _idf(len(first), np.count_nonzero(counts, axis=0))
    neighbours = _saturated(counts, pairs, _norms(evidence.lengths))
    scores: Floats = first + recency * (NEIGHBOURS * neighbours + OPENING * opening)
    return scores


def _idf(candidates: int, holding: NDArray[np.integer]) -> Floats:
    weights: Floats = np.log1p((candidates - holding + 0.5) / (holding + 0.5))
    return weights


def _norms(lengths: Floats) -> Floats:
    average = lengths.mean() if len(lengths) else 0.0
    norms: Floats = _K1 * (1 - _B + _B * lengths / max(average, 1.0))
    return norms


def _saturated(counts: Floats, weights: Floats, norms: Floats) -> Floats:
    sums: Floats = (counts / (counts + norms[:, None])) @ weights * (_K1 + 1)
    return sums
