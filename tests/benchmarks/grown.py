"""A corpus of any size: real articles, then repeats of them with perturbed text.

A repeat exchanges a tenth of the words for words drawn from other articles, so that postings,
phrases and compressed texts are not those of the original. Some of them are words that never
occurred before, as many as Heaps' law foretells: V = K nᵝ distinct words in n running ones (H. S.
Heaps, "Information Retrieval", 1978), K and β fitted to the real articles.
"""

from __future__ import annotations

import dataclasses
import math
import random
import statistics
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from corpus import Article
from tests.benchmarks.corpora import articles_with_drawn_metadata

_EXCHANGED = 0.1
_REMEMBERED = 50_000
"""Words to draw from; older ones are overwritten."""

_FIRST_POINT = 250
"""Points of the curve are taken after so many articles, and whenever their number has doubled."""

_LETTERS = "bcdfghklmnprstvxaeiouyăâêôơư"


class _Vocabulary:
    """Counts running and distinct words, and fits Heaps' law to them."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._points: list[tuple[float, float]] = []
        self.running = 0

    def add(self, article: Article) -> None:
        for text in (article.title, article.lead, *article.body, *article.captions):
            words = [word.strip('.,:;!?"“”()…').lower() for word in text.split()]
            self.running += len(words)
            self._known.update(words)

    def note(self) -> None:
        """Remember a point of the curve."""
        self._points.append((math.log(self.running), math.log(len(self._known))))

    def fit(self) -> tuple[float, float]:
        """Give β by least squares over the points, and K so that the curve ends where they do."""
        running, distinct = zip(*self._points, strict=True)
        beta = statistics.linear_regression(running, distinct).slope
        return math.exp(distinct[-1] - beta * running[-1]), beta


def grown_articles(path: Path, count: int, seed: int = 11) -> Iterator[Article]:
    """Give as many articles as wanted.

    Args:
        path: A corpus of real articles without metadata; metadata is drawn.
        count: How many articles to give.
        seed: Seed of the perturbation.
    """
    vocabulary = _Vocabulary()
    given = 0
    point = _FIRST_POINT
    for article in articles_with_drawn_metadata(path, count):
        vocabulary.add(article)
        given += 1
        if given == point:
            vocabulary.note()
            point *= 2
        yield article
    if given == count:
        return
    vocabulary.note()
    scale, beta = vocabulary.fit()
    chance = random.Random(seed)
    perturb = _Perturbation(chance, scale, beta, vocabulary.running)
    turn = 0
    while given < count:
        turn += 1
        repeats = articles_with_drawn_metadata(path, seed=7 + turn)
        for article in islice(repeats, count - given):
            yield perturb.article(article, turn)
            given += 1


class _Perturbation:
    """Changes articles."""

    def __init__(self, chance: random.Random, scale: float, beta: float, running: int) -> None:
        self._chance = chance
        self._scale = scale
        self._beta = beta
        self._running = running
        self._made = 0.0
        self._words: list[str] = []

    def article(self, article: Article, turn: int) -> Article:
        """Give a repeat of an article, with an id of its own."""
        return dataclasses.replace(
            article,
            id=f"{article.id}-{turn}",
            title=self._text(article.title),
            lead=self._text(article.lead),
            body=tuple(map(self._text, article.body)),
            captions=tuple(map(self._text, article.captions)),
        )

    def _text(self, text: str) -> str:
        words = text.split(" ")
        chance, known = self._chance, self._words
        self._running += len(words)
        # The vocabulary that is due by now, less what was due before.
        self._made += self._scale * self._beta * self._running ** (self._beta - 1) * len(words)
        exchanged = _EXCHANGED * len(words)
        for _ in range(int(exchanged + chance.random())):
            place = chance.randrange(len(words))
            new = self._new_word() if self._made >= 1 else None
            if new is None and known:
                new = known[chance.randrange(len(known))]
            if len(known) < _REMEMBERED:
                known.append(words[place])
            else:
                known[chance.randrange(_REMEMBERED)] = words[place]
            words[place] = new or words[place]
        return " ".join(words)

    def _new_word(self) -> str:
        self._made -= 1
        # Nine letters of 28: that a word made so occurred before is next to impossible.
        return "".join(self._chance.choices(_LETTERS, k=9))
