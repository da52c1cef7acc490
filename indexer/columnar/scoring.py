"""The score of the product: BM25F over weighted frequencies.

    tf    = sum over fields f of  weight(f) × frequency of the word in f
    len   = sum over fields f of  weight(f) × syllables of f
    score = idf × (k1 + 1) × tf / (tf + k1 × (1 - b + b × len / average len))
    idf   = ln(1 + (N - n + 0.5) / (n + 0.5))

for N articles of which n hold the word (in any of its forms, in any field); deleted ones do not
count. A word that is looked for in some fields only has the frequencies of those, and the n and
the length of all fields. A form that is named twice counts once. Fields are combined before
saturation, as S. Robertson, H. Zaragoza and M. Taylor put it in "Simple BM25 extension to
multiple weighted fields" (CIKM 2004). The score of a query is the sum over its words. Nothing of
this is stored: it follows from frequencies and lengths when an index is opened.

Weights of fields are whole tenths, and `tf`, `len` and what they are compared with are all counted
in tenths here. So the sums are whole numbers, which are the same in whatever order and from
whatever table they are added up; the score is what it would be without that.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.postings import Ints
from indexer.schema import TEXT_FIELDS, TEXT_WEIGHTS

K1: Final = 1.2
B: Final = 0.75

_TENTHS: Final = 10

FIELD_WEIGHTS: Final = np.array(
    [round(TEXT_WEIGHTS[field] * _TENTHS) for field in TEXT_FIELDS], np.float32
)
"""Weight of each field, in tenths."""

Floats = NDArray[np.float32]


def idf(articles: int, holding: int) -> float:
    """Give how much a word tells, by how many of all articles hold it; always positive."""
    return math.log1p((articles - holding + 0.5) / (holding + 0.5))


def weighted_lengths(lengths: NDArray[np.integer]) -> Floats:
    """Give the weighted length of each article, in tenths, from its lengths by field."""
    return lengths.astype(np.float32) @ FIELD_WEIGHTS


def length_norms(lengths: Floats, average: float) -> Floats:
    """Give `k1 × (1 - b + b × len / average len)` for each length."""
    return (K1 * (1 - B) + (K1 * B / average if average else 0.0) * lengths).astype(np.float32)


def weighted_norms(lengths: Floats, average: float) -> Floats:
    """Give the `length_norms` of weighted lengths, in tenths as the frequencies are."""
    return length_norms(lengths, average) * np.float32(_TENTHS)


def saturated(frequencies: Floats, norms: Floats, weight: float) -> Floats:
    """Give the score of a word in some articles.

    Args:
        frequencies: Its weighted frequency in each of them.
        norms: Their `length_norms`.
        weight: Its idf, times whatever boost it has.
    """
    scores = frequencies + norms
    np.divide(frequencies, scores, out=scores)
    scores *= np.float32(weight * (K1 + 1))
    return scores


def weighted_frequencies(frequencies: Ints, fields: Sequence[int]) -> Floats:
    """Give the weighted frequency, in tenths, for each row of frequencies by field.

    Args:
        frequencies: The rows.
        fields: Numbers of the fields that count.
    """
    counting = np.zeros_like(FIELD_WEIGHTS)
    counting[list(fields)] = FIELD_WEIGHTS[list(fields)]
    return frequencies.astype(np.float32) @ counting
