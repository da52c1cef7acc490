"""The queries of the search benchmark, drawn from the index with a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from indexer import Interval
from indexer.analysis import Analyzer, Segmenter, bare_form, tokenize
from indexer.columnar.collection import Collection
from indexer.columnar.postings import counts_of
from indexer.engines.base import EngineRequest, Period, Sort
from indexer.engines.query import And, Boosted, Compound, Or, Phrase, Query, Synonyms, Term
from indexer.store.snapshot import open_snapshot
from tests.benchmarks.corpora import DRAWN_FACETS as FACETS

CLASSES = (
    "rare word",
    "common word",
    "and",
    "or",
    "phrase",
    "filtered",
    "by date",
    "unaccented",
    "product",
)

_RARE = 5, 50
"""How many articles hold a rare word."""

_COMMON = 0.05, 0.5
"""Which part of the articles holds a common word."""

_MOST_FORMS = 10
_YEAR_SPAN = 2
_FIRST_YEAR, _LAST_YEAR = 2016, 2025


@dataclass(frozen=True, slots=True)
class BenchmarkQuery:
    """One query.

    Attributes:
        kind: One of `CLASSES`.
        text: What is typed for it into the library; `None` where its grammar has no words for it.
        request: What engines and peers are asked.
    """

    kind: str
    text: str | None
    request: EngineRequest


def draw_queries(folder: Path, per_class: int, seed: int) -> list[BenchmarkQuery]:
    """Draw queries of all classes from a built index.

    Args:
        folder: Folder of the index.
        per_class: How many of each class.
        seed: Seed of the draw.
    """
    draw = _Draw(folder, seed)
    makers: dict[str, Callable[[], BenchmarkQuery]] = {
        "rare word": lambda: draw.word("rare word", *_RARE),
        "common word": lambda: draw.word(
            "common word", int(_COMMON[0] * draw.size), int(_COMMON[1] * draw.size)
        ),
        "and": draw.conjunction,
        "or": draw.disjunction,
        "phrase": draw.phrase,
        "filtered": draw.filtered,
        "by date": draw.by_date,
        "unaccented": draw.unaccented,
        "product": draw.product,
    }
    return [makers[kind]() for kind in CLASSES for _ in range(per_class)]


class _Draw:
    """Draws words by their frequency, and runs of words from titles and texts."""

    def __init__(self, folder: Path, seed: int) -> None:
        snapshot = open_snapshot(folder)
        self._collection = Collection(snapshot.segments, snapshot.deleted)
        self.size = self._collection.size
        self._chance = random.Random(seed)
        group = snapshot.segments[0].groups["text"]
        self._terms = [term.decode() for term in group.terms]
        self._frequencies = counts_of(group.posting_ends)
        self._frequency = dict(zip(self._terms, self._frequencies.tolist(), strict=True))
        self._forms: dict[str, list[str]] = {}
        for term in self._terms:
            self._forms.setdefault(bare_form(term), []).append(term)
        self._analyzer = Analyzer(Segmenter())

    def word(self, kind: str, fewest: int, most: int) -> BenchmarkQuery:
        """Draw a word that some number of articles hold."""
        held = (self._frequencies >= fewest) & (self._frequencies <= most)
        # With a mark: a bare word would be expanded by the library, and is a class of its own.
        words = [t for n in np.flatnonzero(held) if bare_form(t := self._terms[n]) != t]
        word = self._chance.choice(words)
        return BenchmarkQuery(kind, word, _request(Term(word)))

    def conjunction(self) -> BenchmarkQuery:
        words = self._run(2, 5)
        return BenchmarkQuery("and", " ".join(words), _request(_all_of(words)))

    def disjunction(self) -> BenchmarkQuery:
        words = self._run(2, 5)
        return BenchmarkQuery("or", None, _request(Or(tuple(map(Term, dict.fromkeys(words))))))

    def phrase(self) -> BenchmarkQuery:
        words = self._run(2, 4, of_body=True)
        query = Phrase(tuple(map(Term, words)))
        return BenchmarkQuery("phrase", f'"{" ".join(words)}"', _request(query))

    def filtered(self) -> BenchmarkQuery:
        words = self._run(2, 3)
        # The most frequent values first, as in the drawn metadata.
        sources = {f"Báo {self._chance.randint(1, 10)}" for _ in range(3)}
        sections = {f"muc-{self._chance.randint(1, 6)}" for _ in range(2)}
        filters = {"source": tuple(sorted(sources))}
        if self._chance.random() < 0.5:
            filters["section"] = tuple(sorted(sections))
        first = date(self._chance.randint(_FIRST_YEAR, _LAST_YEAR - _YEAR_SPAN), 1, 1)
        first += timedelta(days=self._chance.randrange(365))
        period = Period(first, first + timedelta(days=365 * _YEAR_SPAN))
        request = _request(_all_of(words), filters=filters, period=period)
        return BenchmarkQuery("filtered", " ".join(words), request)

    def by_date(self) -> BenchmarkQuery:
        words = self._run(2, 3)
        sort = self._chance.choice((Sort.NEWEST, Sort.OLDEST))
        return BenchmarkQuery("by date", " ".join(words), _request(_all_of(words), sort=sort))

    def unaccented(self) -> BenchmarkQuery:
        bare = [bare_form(word) for word in self._run(2, 4)]
        groups: list[Query] = []
        for syllable in dict.fromkeys(bare):
            forms = sorted(self._forms[syllable], key=lambda form: -self._frequency[form])
            several = tuple(sorted(forms[:_MOST_FORMS]))
            groups.append(Synonyms(several) if len(several) > 1 else Term(several[0]))
        query = And(tuple(groups)) if len(groups) > 1 else groups[0]
        return BenchmarkQuery("unaccented", " ".join(bare), _request(query))

    def product(self) -> BenchmarkQuery:
        words = self._run(3, 6)
        text = " ".join(words)
        compounds = tuple(map(Compound, dict.fromkeys(self._analyzer.compounds(text))))
        query = Boosted(_all_of(words), Or(compounds)) if compounds else _all_of(words)
        return BenchmarkQuery("product", text, _request(query))

    def _run(self, fewest: int, most: int, *, of_body: bool = False) -> list[str]:
        """Draw a run of different words, one of them with a mark, from a title or a paragraph."""
        while True:
            article = self._collection.article(self._chance.randrange(self.size))
            texts = article.body if of_body else (article.title,)
            length = self._chance.randint(fewest, most)
            for words in _runs(texts, self._chance):
                run = words[:length]
                marked = any(bare_form(word) != word for word in run)
                if marked and len(set(run)) == len(run) == length:
                    return run


def _runs(texts: Sequence[str], chance: random.Random) -> Iterator[list[str]]:
    """Give the words of a text from a drawn one on, unless it holds a joined name or number."""
    if texts:
        tokens = list(tokenize(chance.choice(texts)))
        if tokens and not any(token.joined for token in tokens):
            start = chance.randrange(len(tokens))
            yield [token.text for token in tokens[start:]]


def _all_of(words: Sequence[str]) -> Query:
    return And(tuple(map(Term, words)))


def _request(
    query: Query,
    *,
    filters: dict[str, tuple[str, ...]] | None = None,
    period: Period | None = None,
    sort: Sort = Sort.RELEVANCE,
) -> EngineRequest:
    return EngineRequest(
        query=query,
        filters=filters or {},
        period=period or Period(),
        facets=FACETS,
        timeline=Interval.MONTH,
        sort=sort,
    )
