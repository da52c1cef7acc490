"""Many articles as integer arrays: the form in which terms travel to an index.

A batch names each distinct term once, in a vocabulary of its own; everything else is numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus import Article
from indexer.analysis.analyzer import FIELD_GAP, analyze_text
from indexer.schema import TEXT_FIELDS, text_of

Int32s = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class BatchTerms:
    """All terms of one kind in a batch, in the order of the text.

    Attributes:
        vocabulary: Distinct terms.
        terms: Index into `vocabulary` of each occurrence.
        articles: Index into the batch of its article; ascending.
        fields: Number of its field in `schema.TEXT_FIELDS` (u1); ascending within an article.
        positions: Its position; ascending within an article.
    """

    vocabulary: Sequence[str]
    terms: Int32s
    articles: Int32s
    fields: NDArray[np.uint8]
    positions: Int32s


@dataclass(frozen=True, slots=True)
class AnalyzedBatch:
    """Some articles and their terms.

    Attributes:
        articles: The articles.
        groups: `"text"`, the syllables, and `"words"`, the compounds.
        lengths: How many syllables each article has in each field; one row for each article.
        field_starts: Position of the first syllable of each field.
    """

    articles: Sequence[Article]
    groups: Mapping[str, BatchTerms]
    lengths: NDArray[np.int64]
    field_starts: NDArray[np.int64]
