"""BM25 over arrays: the ranking of the baselines."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

K1 = 0.9
B = 0.4
"""The parameters that Anserini has unless told otherwise (Trotman, Puurula and Burgess,
*Improvements to BM25 and Language Models Examined*, 2014). Lucene's own are 1.2 and 0.75.
"""


class Bm25:
    """Ranks documents by the words of a query, any of which may be missing.

    The formula is Lucene's: that of Robertson and Zaragoza, *The Probabilistic Relevance
    Framework: BM25 and Beyond* (2009), with ln(1 + (N − n + 0.5) / (n + 0.5)) as the weight of a
    term that n of N documents have. A term that the query has twice counts twice.

    Args:
        documents: The terms of each document.
        k1: How slowly more occurrences of a term stop to count.
        b: How much the length of a document counts, from 0 to 1.
    """

    def __init__(self, documents: Iterable[Sequence[str]], k1: float = K1, b: float = B) -> None:
        numbers: dict[str, int] = {}
        terms, frequencies = array("i"), array("i")
        distinct, lengths = array("i"), array("i")
        for document in documents:
            counts = Counter(document)
            terms.extend(numbers.setdefault(term, len(numbers)) for term in counts)
            frequencies.extend(counts.values())
            distinct.append(len(counts))
            lengths.append(len(document))
        length = np.array(lengths, float)
        of_posting = np.array(terms, np.int32)
        by_term = np.argsort(of_posting, kind="stable")
        posting_counts = np.bincount(of_posting, minlength=len(numbers))
        tf = np.array(frequencies, float)[by_term]
        norm = k1 * (1 - b + b * length / max(length.mean(), 1.0))
        self._documents = np.repeat(np.arange(len(length)), distinct)[by_term]
        idf = np.log1p((len(length) - posting_counts + 0.5) / (posting_counts + 0.5))
        weight = np.repeat(idf, posting_counts)
        self._weights = weight * tf * (k1 + 1) / (tf + norm[self._documents])
        self._bounds = np.concatenate([[0], np.cumsum(posting_counts)]).tolist()
        self._numbers = numbers
        self._count = len(length)

    def search(self, query: Iterable[str], size: int) -> tuple[list[int], int]:
        """Find the best documents for the terms of a query.

        Args:
            query: The terms.
            size: The most documents to give.

        Returns:
            Their numbers, best first, equal ones in their order; and how many documents have any
            of the terms.
        """
        scores = np.zeros(self._count)
        for term in query:
            number = self._numbers.get(term)
            if number is not None:
                postings = slice(self._bounds[number], self._bounds[number + 1])
                scores[self._documents[postings]] += self._weights[postings]
        total = int(np.count_nonzero(scores))
        if not total:
            return [], 0
        floor = np.partition(scores, -size)[-size] if size < total else 0.0
        best = np.flatnonzero(scores >= floor if floor else scores)
        return best[np.argsort(-scores[best], kind="stable")][:size].tolist(), total
