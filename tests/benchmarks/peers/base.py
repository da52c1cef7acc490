"""What a peer of the benchmark is: it indexes tokens, and answers engine requests.

All peers get the same tokens, the same articles to store, and the same `EngineRequest`s. A request
is *prepared* outside of the clock, so that no peer pays for the translation into its own query
objects; what runs under the clock gives the total, the first page, the facets and the timeline in
whatever form is natural to the peer, and `answer` makes it comparable. A page is what the peer
names its best articles by; to read these is timed for itself, as the same work for every peer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from corpus import Article
from indexer.analysis import AnalyzedBatch
from indexer.engines.base import EngineRequest
from indexer.schema import TEXT_FIELDS

Fields = Mapping[str, Sequence[str]]
"""The paragraphs of each text field, as tokens in normal form with one space between them."""


@dataclass(frozen=True, slots=True)
class TokenizedArticle:
    """An article as peers index it.

    Attributes:
        article: What is stored and counted.
        fields: Syllables of its text fields.
        words: Its compounds with one space between them.
    """

    article: Article
    fields: Fields
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a peer answered, in a form that can be compared.

    Attributes:
        total: How many articles match.
        ids: Ids of the first page.
        facets: By facet the listed values and their counts, most frequent first.
        months: By month, as year × 12 + month - 1, how many articles match.
    """

    total: int
    ids: tuple[str, ...]
    facets: Mapping[str, Sequence[tuple[str, int]]]
    months: Mapping[int, int]


class Searcher(Protocol):
    """A peer's index, open for searching."""

    def prepare(self, request: EngineRequest) -> Callable[[], Any]:
        """Translate a request; the result runs it, each time from the start."""

    def articles(self, outcome: Any) -> Sequence[Article]:
        """Read the articles of the page that a run gave."""

    def answer(self, outcome: Any) -> Answer:
        """Make what a run gave comparable."""


class Peer(Protocol):
    """A search library that takes part."""

    name: str
    setting: str
    """Version and settings, for the record."""

    def build(self, batches: Iterable[AnalyzedBatch], folder: Path) -> None:
        """Index articles into an empty folder, and make the index complete."""

    def open(self, folder: Path) -> Searcher:
        """Open an index for searching."""


def tokenized(batches: Iterable[AnalyzedBatch]) -> Iterator[TokenizedArticle]:
    """Give the articles of analysed batches with their tokens as text."""
    for batch in batches:
        text, words = batch.groups["text"], batch.groups["words"]
        spelled = np.array(text.vocabulary, dtype=object)[text.terms]
        compounds = np.array(words.vocabulary, dtype=object)[words.terms]
        # A paragraph begins where the position jumps, or where the article changes.
        jumps = (np.diff(text.positions) != 1) | (np.diff(text.articles) != 0)
        starts = [0, *(np.flatnonzero(jumps) + 1).tolist()] if len(spelled) else []
        ends = [*starts[1:], len(spelled)]
        fields: list[dict[str, list[str]]] = [
            {name: [] for name in TEXT_FIELDS} for _ in batch.articles
        ]
        for start, end in zip(starts, ends, strict=True):
            field = TEXT_FIELDS[text.fields[start]]
            fields[text.articles[start]][field].append(" ".join(spelled[start:end]))
        cuts = np.searchsorted(words.articles, np.arange(len(batch.articles) + 1))
        for number, article in enumerate(batch.articles):
            of_article = compounds[cuts[number] : cuts[number + 1]]
            yield TokenizedArticle(article, fields[number], " ".join(of_article))


def stored_form(article: Article) -> str:
    """Give what every peer stores of an article."""
    return json.dumps(article.to_dict(), ensure_ascii=False, separators=(",", ":"))


def from_stored(stored: str | bytes) -> Article:
    """Read an article back, as every peer does for each hit of a page."""
    return Article.restore(json.loads(stored))


def month_of(article: Article) -> int:
    """Give the month of an article as one number."""
    assert article.published is not None
    day = article.published.first_day
    return day.year * 12 + day.month - 1


def day_of(article: Article) -> int:
    """Give the day of an article as `date.toordinal` counts."""
    assert article.published is not None
    return article.published.first_day.toordinal()


def top(counts: Mapping[str, int], size: int) -> list[tuple[str, int]]:
    """Give the most frequent values, most frequent first."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:size]
