"""The articles that benchmarks work on."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path

from corpus import Article, PublicationDate, read_articles

VIETNEWS = Path(__file__).resolve().parents[3] / "shared" / "data" / "vietnews.jsonl.zst"

DRAWN_FACETS = ("source", "section", "author", "tag")
"""The facets that have values in articles with drawn metadata."""

_SOURCES = 120
_SECTIONS = 25
_AUTHORS = 2_000
_TAGS = 5_000
_FIRST_DAY = date(2016, 1, 1)
_DAYS = 3_650


def articles_with_drawn_metadata(
    path: Path, limit: int | None = None, seed: int = 7
) -> Iterator[Article]:
    """Read articles that have no metadata, and give them some.

    Source, section, author and tags are drawn from seeded Zipf-like distributions, the day
    evenly from ten years; they are made up, and say nothing of the articles.

    Args:
        path: The corpus.
        limit: The most articles to read.
        seed: Seed of the draw.
    """
    chance = random.Random(seed)
    sources, sections, authors, tags = (
        _Zipf(chance, size) for size in (_SOURCES, _SECTIONS, _AUTHORS, _TAGS)
    )
    for article in islice(read_articles(path), limit):
        day = _FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
        yield dataclasses.replace(
            article,
            source=f"Báo {sources.draw()}",
            section=f"muc-{sections.draw()}",
            authors=(f"Tác giả {authors.draw()}",),
            tags=tuple({f"thẻ {tags.draw()}" for _ in range(chance.randrange(5))}),
            published=PublicationDate.parse(day.isoformat()),
        )


class _Zipf:
    """Draws ranks, of which the first is the most frequent."""

    def __init__(self, chance: random.Random, size: int) -> None:
        self._chance = chance
        self._ranks = range(1, size + 1)
        self._weights = list(accumulate(1 / rank for rank in self._ranks))

    def draw(self) -> int:
        return self._chance.choices(self._ranks, cum_weights=self._weights)[0]
