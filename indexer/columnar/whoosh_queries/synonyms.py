"""The slow matcher of a synonym group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from whoosh.matching import Matcher, NullMatcher
from whoosh.scoring import BM25F, bm25

from indexer.columnar.whoosh_view.fields import FieldPostings
from indexer.columnar.whoosh_view.matcher import ColumnMatcher
from indexer.columnar.whoosh_view.reader import ColumnarReader


class SynonymMatcher(ColumnMatcher):
    """Steps through the articles that hold any of several forms."""

    @classmethod
    def make(cls, searcher: Any, fieldname: str, forms: Sequence[str], boost: float) -> Matcher:
        """Read the postings of all forms in a segment.

        Args:
            searcher: A Whoosh searcher of the segment.
            fieldname: The field.
            forms: The forms.
            boost: Factor of the score.
        """
        reader = searcher.reader()
        if fieldname not in searcher.schema:
            return _nothing()
        frequencies: dict[int, int] = {}
        positions: dict[int, list[int]] = {}
        for form in forms:
            if (fieldname, form) not in reader:
                continue
            matcher = reader.postings(fieldname, form)
            while matcher.is_active():
                article = matcher.id()
                frequencies[article] = frequencies.get(article, 0) + int(matcher.weight())
                if matcher.supports("positions"):
                    positions.setdefault(article, []).extend(matcher.value_as("positions"))
                matcher.next()
        articles = sorted(frequencies)
        postings = FieldPostings(
            np.array(articles, np.int64),
            np.array([frequencies[article] for article in articles], np.int64),
            (lambda place: sorted(positions[articles[place]])) if positions else None,
        )
        scorer = _SynonymScorer(searcher, fieldname, forms, boost)
        return cls((fieldname, forms[0].encode()), postings, scorer) if articles else _nothing()


def _nothing() -> Matcher:
    nothing: Matcher = NullMatcher()
    return nothing


class _SynonymScorer:
    """Whoosh's BM25F with the idf of all forms together."""

    def __init__(self, searcher: Any, fieldname: str, forms: Sequence[str], boost: float) -> None:
        whole = searcher.get_parent()
        articles = whole.doc_count_all()
        leaves = [reader for reader, _ in whole.reader().leaf_readers()]
        holding = sum(_holding(reader, fieldname, forms) for reader in leaves)
        model = searcher.weighting if isinstance(searcher.weighting, BM25F) else BM25F()
        self._reader = searcher.reader()
        self._fieldname = fieldname
        self._boost = boost
        self._average = whole.avg_field_length(fieldname) or 1
        self._scorable = bool(searcher.schema[fieldname].scorable)
        self._idf = float(np.log(articles / (holding + 1)) + 1)
        self._b, self._k1 = model.B, model.K1

    def score(self, matcher: Matcher) -> float:
        weight = matcher.weight()
        if not self._scorable:
            return weight * self._boost
        length = self._reader.doc_field_length(matcher.id(), self._fieldname, 1)
        score = bm25(self._idf, weight, length, self._average, self._b, self._k1)
        return float(score) * self._boost

    def max_quality(self) -> float:
        return max(self._idf, 1.0) * (self._k1 + 1) * max(self._boost, 1.0) * _MOST


_MOST = 1e6
"""A bound for weights without a score; nothing is skipped by it."""


def _holding(reader: Any, fieldname: str, forms: Sequence[str]) -> int:
    if isinstance(reader, ColumnarReader):
        return reader.holding(fieldname, forms)
    found: set[int] = set()
    for form in forms:
        if (fieldname, form) in reader:
            found.update(reader.postings(fieldname, form).all_ids())
    return len(found)
