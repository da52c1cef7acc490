"""What is compared: this project, and two ways in which others search Vietnamese text.

Both baselines rank by BM25 over lead, body and captions as one field, with all words of the query
optional, as the engines do that work like them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from corpus import Article
from indexer import Index, MatchPolicy, QueryError, SearchRequest
from indexer.analysis import Segmenter
from tests.benchmarks.relevance.bm25 import Bm25
from tests.benchmarks.relevance.drawing import has_word, texts_of, without_marks

SIZE = 10
"""How many hits are looked at."""

_BATCH = 256
_TOKEN = re.compile(r"[^\W_]+")


class Found(NamedTuple):
    """The answer to one query.

    Attributes:
        ids: Ids of the articles on the first page, best first.
        total: How many articles match.
        refusal: Why the query was refused, or an empty text.
    """

    ids: tuple[str, ...]
    total: int
    refusal: str = ""


System = Callable[[str], Found]
"""Answers the text of a query."""


def timbao(index: Index, match: MatchPolicy = MatchPolicy.AUTO) -> System:
    """This project, asked as a user asks it. A query that it refuses finds nothing.

    Args:
        index: Its index.
        match: How many words of a query must match.
    """

    def find(query: str) -> Found:
        try:
            result = index.search(SearchRequest(query, size=SIZE, match=match))
        except QueryError as error:
            return Found((), 0, str(error))
        return Found(tuple(hit.id for hit in result.hits), result.total)

    return find


def folded(articles: Sequence[Article], k1: float, b: float) -> System:
    """Syllables without accents on both sides, as engines with ICU folding index them."""
    documents = (
        [term for text in texts_of(article) for term in folded_terms(text)] for article in articles
    )
    ranking = Bm25(documents, k1, b)
    return _baseline(ranking, articles, folded_terms)


def words(articles: Sequence[Article], k1: float, b: float) -> System:
    """pyvi's words on both sides. A query without marks is cut as it is, too."""
    segmenter = Segmenter()
    ranking = Bm25(_documents_of_words(articles, segmenter), k1, b)
    return _baseline(ranking, articles, lambda query: word_terms(segmenter.join(query)))


BASELINES = {"folded": folded, "words": words}


def folded_terms(text: str) -> list[str]:
    """Cut a text into runs of letters and digits without case and accents."""
    return _TOKEN.findall(without_marks(unicodedata.normalize("NFKC", text)).casefold())


def word_terms(joined: str) -> list[str]:
    """Give the words of a text that pyvi cut, without punctuation."""
    return [word for word in joined.lower().split() if has_word(word)]


def _documents_of_words(articles: Sequence[Article], segmenter: Segmenter) -> Iterator[list[str]]:
    source = iter(articles)
    while batch := list(islice(source, _BATCH)):
        texts = [texts_of(article) for article in batch]
        joined = iter(segmenter.join_many([text for of_one in texts for text in of_one]))
        for of_one in texts:
            yield [word for text in islice(joined, len(of_one)) for word in word_terms(text)]


def _baseline(
    ranking: Bm25, articles: Sequence[Article], terms: Callable[[str], list[str]]
) -> System:
    def find(query: str) -> Found:
        best, total = ranking.search(terms(query), SIZE)
        return Found(tuple(articles[number].id for number in best), total)

    return find
