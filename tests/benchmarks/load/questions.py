"""What readers ask for, drawn from the titles of the index with a seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from corpus import Article
from indexer.analysis import bare_form, tokenize
from indexer.columnar.collection import Collection
from indexer.store.snapshot import open_snapshot

_KINDS = {"marked": 45, "unmarked": 20, "one word": 10, "newest": 5, "article": 10, "typing": 10}
"""Of a hundred requests, how many are of each kind."""


@dataclass(frozen=True, slots=True)
class Question:
    """One request.

    Attributes:
        kind: What it is an example of.
        address: Path and query string.
    """

    kind: str
    address: str


def draw_questions(folder: Path, count: int, seed: int) -> list[Question]:
    """Draw requests: two to five words of a title, as printed or without marks, and so on.

    Args:
        folder: Folder of the index.
        count: How many.
        seed: Seed of the draw.
    """
    draw = _Draw(folder, seed)
    makers: dict[str, Callable[[], str]] = {
        "marked": lambda: _results(draw.words(2, 5)),
        "unmarked": lambda: _results(bare_form(draw.words(2, 5))),
        "one word": lambda: _results(draw.words(1, 1)),
        "newest": lambda: _results(draw.words(2, 3), sort="newest"),
        "article": lambda: f"/bai/{quote(draw.article_id(), safe='')}",
        "typing": lambda: f"/api/v1/suggest?{urlencode({'q': draw.words(1, 3)[:-1]})}",
    }
    kinds = draw.chance.choices(list(_KINDS), list(_KINDS.values()), k=count)
    return [Question(kind, makers[kind]()) for kind in kinds]


def _results(query: str, **options: str) -> str:
    return f"/?{urlencode({'q': query, **options})}"


class _Draw:
    def __init__(self, folder: Path, seed: int) -> None:
        snapshot = open_snapshot(folder)
        self._collection = Collection(snapshot.segments, snapshot.deleted)
        self.chance = random.Random(seed)

    def words(self, fewest: int, most: int) -> str:
        """Draw words that follow each other in a title."""
        while True:
            title = self._article().title
            words = [token.text for token in tokenize(title) if not token.joined]
            count = self.chance.randint(fewest, most)
            if len(words) >= count:
                start = self.chance.randint(0, len(words) - count)
                return " ".join(words[start : start + count])

    def article_id(self) -> str:
        return self._article().id

    def _article(self) -> Article:
        return self._collection.article(self.chance.randrange(self._collection.size))
