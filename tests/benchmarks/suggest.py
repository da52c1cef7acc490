"""Completions, corrections, readings and related articles: how fast, how large, how good.

    python -m tests.benchmarks.suggest INDEX [--samples 200] [--seed 5] [--json FILE]

Titles and phrases are drawn from the articles of the index. Completions are asked for at every
length of a title, with its marks and without. For corrections a phrase of two to four syllables,
whole words of the segmenter, is mistyped in one syllable (`damage`), with its marks and without;
of the latter a correction is right that has the syllables, whatever their marks.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from corpus import Article
from indexer import CorrectionKind, Index, open_index
from indexer.analysis import Segmenter, bare_form, normal_form
from indexer.store.snapshot import open_snapshot
from tests.benchmarks.damage import damaged
from tests.benchmarks.indexes import text_bytes
from tests.benchmarks.machine import machine

_LONGEST_PREFIX = 40
_RANKS = (50, 95, 99)


class _Clock:
    """Times calls by two clocks, in milliseconds, under names."""

    def __init__(self) -> None:
        self._wall: defaultdict[str, list[float]] = defaultdict(list)
        self._cpu: defaultdict[str, list[float]] = defaultdict(list)

    def time(self, name: str, run: Callable[[], Any]) -> Any:
        started, used = time.perf_counter(), time.process_time()
        outcome = run()
        self._cpu[name].append((time.process_time() - used) * 1000)
        self._wall[name].append((time.perf_counter() - started) * 1000)
        return outcome

    def figures(self) -> dict[str, dict[str, float]]:
        return {
            name: {
                "calls": len(wall),
                **{f"p{rank}": _percentile(wall, rank) for rank in _RANKS},
                **{f"p{rank} CPU": _percentile(self._cpu[name], rank) for rank in _RANKS},
            }
            for name, wall in self._wall.items()
        }


def _percentile(values: Sequence[float], rank: int) -> float:
    return round(float(np.percentile(values, rank)), 2)


class _Sample(NamedTuple):
    """What is drawn from an index.

    Attributes:
        articles: Some of its articles.
        phrases: Some of their phrases, in normal form.
        keywords: Pairs of words of their titles, which may stand apart there, in normal form.
        files: Bytes of the files of suggestions, as a part of the text of all articles.
    """

    articles: list[Article]
    phrases: list[str]
    keywords: list[str]
    files: float


def _sample(folder: Path, size: int, chance: random.Random) -> _Sample:
    with open_snapshot(folder) as snapshot:
        segments = snapshot.segments
        articles = [
            segment.article(chance.randrange(len(segment)))
            for segment in chance.choices(segments, list(map(len, segments)), k=size)
        ]
        phrases = list(_phrases(articles, snapshot.segmenter, chance))
        keywords = list(_keywords(articles, snapshot.segmenter, random.Random(size)))
        size_of_files = sum(segment.suggestions.container.size for segment in segments)
        text = sum(map(text_bytes, articles)) / len(articles) * sum(map(len, segments))
    return _Sample(articles, phrases, keywords, size_of_files / text)


def _phrases(
    articles: Sequence[Article], segmenter: Segmenter, chance: random.Random
) -> Iterator[str]:
    """Give a phrase of each article that has one where it is looked for."""
    for article in articles:
        text = chance.choice(article.body or (article.title,))
        words = segmenter.join(text).split()
        for _ in range(20):
            start = chance.randrange(len(words)) if words else 0
            phrase = "_".join(words[start : start + chance.choice((1, 2, 3))]).split("_")
            if 2 <= len(phrase) <= 4 and all(syllable.isalpha() for syllable in phrase):
                yield " ".join(map(normal_form, phrase))
                break


def _keywords(
    articles: Sequence[Article], segmenter: Segmenter, chance: random.Random
) -> Iterator[str]:
    """Give two words of each title that has two."""
    for article in articles:
        words = [word for word in segmenter.join(article.title).split() if word[0].isalpha()]
        if len(words) > 1:
            first, second = sorted(chance.sample(range(len(words)), 2))
            pair = f"{words[first]}_{words[second]}".split("_")
            yield " ".join(map(normal_form, pair))


def measure(folder: Path, samples: int, seed: int) -> dict[str, Any]:
    """Measure everything.

    Args:
        folder: Folder of an index.
        samples: How many articles to draw.
        seed: Seed of the draw.
    """
    chance = random.Random(seed)
    sample = _sample(folder, samples, chance)
    clock = _Clock()
    with open_index(folder) as index:
        started = time.perf_counter()
        index.suggest("a")
        first = (time.perf_counter() - started) * 1000
        _time_completions(index, sample, clock)
        corrected = _correct(index, sample, clock, chance)
        corrected_bare = _correct(index, sample, clock, random.Random(seed), bare=True)
        read = _read(index, sample, clock)
        for article in sample.articles:
            clock.time("related", partial(index.related, article.id))
        articles = index.article_count
    return {
        "machine": machine(),
        "articles": articles,
        "files of the text": round(sample.files, 4),
        "first completion in ms": round(first, 1),
        "times in ms": clock.figures(),
        "corrections": corrected,
        "corrections without marks": corrected_bare,
        "readings": read,
    }


def _time_completions(index: Index, sample: _Sample, clock: _Clock) -> None:
    for article in sample.articles:
        title = article.title[:_LONGEST_PREFIX]
        for length in range(1, len(title) + 1):
            typed = title[:length]
            size = "1-2" if length < 3 else "3-5" if length < 6 else "6 and more"
            for text in dict.fromkeys((typed, bare_form(typed.lower()))):
                clock.time(f"suggest, {size} letters", partial(index.suggest, text))
                clock.time("suggest", partial(index.suggest, text))


def _correct(
    index: Index, sample: _Sample, clock: _Clock, chance: random.Random, *, bare: bool = False
) -> dict[str, Any]:
    """Mistype phrases, and see whether the first correction is what was meant."""
    name_of_calls = "corrections, bare" if bare else "corrections"
    asked: Counter[str] = Counter()
    first: Counter[str] = Counter()
    any_of_them: Counter[str] = Counter()
    phrases = [bare_form(phrase) if bare else phrase for phrase in sample.phrases]
    for phrase in phrases:
        syllables = phrase.split()
        place = chance.randrange(len(syllables))
        slip, syllables[place] = damaged(syllables[place], chance)
        typed = " ".join(syllables)
        offered = clock.time(name_of_calls, partial(index.corrections, typed))
        queries = [bare_form(one.query) if bare else one.query for one in offered]
        for name in (slip, "all"):
            asked[name] += 1
            first[name] += queries[:1] == [phrase]
            any_of_them[name] += phrase in queries
    keywords = [bare_form(pair) if bare else pair for pair in sample.keywords]
    return {
        "first is right": {name: round(first[name] / asked[name], 3) for name in asked},
        "one is right": {name: round(any_of_them[name] / asked[name], 3) for name in asked},
        "asked": dict(asked),
        "offered where nothing is wrong": _needless(index, phrases, clock, name_of_calls),
        "offered for two words of a title": _needless(index, keywords, clock, name_of_calls),
    }


def _needless(index: Index, queries: Sequence[str], clock: _Clock, name: str) -> float:
    """Give the share of queries without a slip for which another spelling is offered."""
    needless = 0
    for query in queries:
        offered = clock.time(f"{name}, nothing wrong", partial(index.corrections, query))
        needless += any(correction.kind is CorrectionKind.SPELLING for correction in offered)
    return round(needless / len(queries), 3)


def _read(index: Index, sample: _Sample, clock: _Clock) -> dict[str, float]:
    """Take the marks off phrases, and see whether the first reading is what was meant."""
    first = any_of_them = 0
    for phrase in sample.phrases:
        bare = bare_form(phrase)
        offered = clock.time("readings", partial(index.corrections, bare))
        queries = [correction.query for correction in offered]
        first += queries[:1] == [phrase]
        any_of_them += phrase in queries
    count = len(sample.phrases)
    return {
        "first is right": round(first / count, 3),
        "one is right": round(any_of_them / count, 3),
    }


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    figures = measure(options.index, options.samples, options.seed)
    text = json.dumps(figures, ensure_ascii=False, indent=2)
    print(text)
    if options.json:
        options.json.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
