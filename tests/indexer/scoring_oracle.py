"""The score of the product for one article at a time, in plain Python.

The formula is that of `indexer.columnar.scoring`; nothing of its code is used.
"""

from collections.abc import Sequence
from math import log

from corpus import Article
from indexer.engines.query import (
    And,
    AtLeast,
    Boosted,
    Either,
    Near,
    Or,
    Phrase,
    Query,
    Synonyms,
    Term,
    Weighted,
    Within,
)
from indexer.schema import TEXT_FIELDS, TEXT_WEIGHTS
from tests.indexer.oracle import ALL_FIELDS, Fields, forms_of, matches, paragraphs_of

K1 = 1.2
B = 0.75


class ScoringOracle:
    """Scores the articles of a corpus."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles
        self._average = sum(map(_length, articles)) / len(articles)

    def score(self, article: Article, query: Query, fields: Fields = ALL_FIELDS) -> float:
        """The score of an article that a query matches."""
        match query:
            case Term() | Synonyms():
                return self._word(article, query, fields)
            case Phrase(members) | Near(members):
                return sum(self.score(article, member, fields) for member in members)
            case And(parts) | Or(parts) | AtLeast(_, parts):
                return sum(self._scores(article, parts, fields))
            case Either(parts):
                return max(self._scores(article, parts, fields))
            case Boosted(required, optional):
                return self.score(article, required, fields) + sum(
                    self._scores(article, (optional,), fields)
                )
            case Weighted(part, weight):
                return weight * self.score(article, part, fields)
            case Within(own, part):
                return self.score(article, part, fields.intersection(own))
            case _:
                return 0.0

    def _scores(self, article: Article, parts: Sequence[Query], fields: Fields) -> list[float]:
        """The scores of the parts that match."""
        return [
            self.score(article, part, fields) for part in parts if matches(article, part, fields)
        ]

    def _word(self, article: Article, word: Term | Synonyms, fields: Fields) -> float:
        holding = sum(matches(other, word) for other in self._articles)
        idf = log(1 + (len(self._articles) - holding + 0.5) / (holding + 0.5))
        frequency = sum(
            TEXT_WEIGHTS[field] * syllables.count(form)
            for field in fields
            for syllables in paragraphs_of(article, frozenset({field}))
            for form in set(forms_of(word))
        )
        norm = K1 * (1 - B + B * _length(article) / self._average)
        return idf * (K1 + 1) * frequency / (frequency + norm)


def _length(article: Article) -> float:
    return sum(
        TEXT_WEIGHTS[field] * len(syllables)
        for field in TEXT_FIELDS
        for syllables in paragraphs_of(article, frozenset({field}))
    )
