"""Several machines write one corpus together: each takes every n-th article of it."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from corpus import Article
from indexer.build.pipeline import Located
from indexer.build.reading import CorpusPart
from indexer.errors import BuildError, RequestError

_PART = re.compile(r"([0-9]{1,4})/([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class Part:
    """Which articles of a corpus are meant.

    Attributes:
        number: From 1 to `of`.
        of: How many parts the corpus has.
    """

    number: int = 1
    of: int = 1

    @classmethod
    def parse(cls, text: str) -> Part:
        """Read a part like `3/16`.

        Raises:
            RequestError: It is none.
        """
        found = _PART.fullmatch(text)
        if found is None or not 1 <= int(found[1]) <= int(found[2]):
            raise RequestError("part", f"{text!r} is no part like 3/16, the third of sixteen")
        return cls(int(found[1]), int(found[2]))

    @property
    def name(self) -> str:
        """Its name beside those of the other parts."""
        return f"part-{self.number}"

    def others(self) -> list[Part]:
        """Give the other parts."""
        return [Part(n, self.of) for n in range(1, self.of + 1) if n != self.number]


def plan_of(
    corpus: CorpusPart | Iterable[CorpusPart],
    part: Part,
    limit: int | None,
    field_map: Mapping[str, str] | None,
    encoding: str | None,
) -> str:
    """Name what is built, so that a build goes on only with what it began with.

    Files are named without their folders, which differ between machines.
    """
    parts = (
        [corpus]
        if isinstance(corpus, str | Article) or not isinstance(corpus, Sequence)
        else corpus
    )
    names = [
        "article"
        if isinstance(one, Article)
        else Path(one).name
        if isinstance(one, str | Path)
        else "stream"
        for one in parts
    ]
    told = json.dumps([names, part.of, limit, sorted((field_map or {}).items()), encoding])
    return blake2b(told.encode(), digest_size=8).hexdigest()


class Assigned:
    """The articles of a part, from where it got to before, and their ordinals.

    The ordinal of an article is its place in the whole corpus, so that all parts together have the
    order of the corpus.

    Args:
        articles: All articles of the corpus.
        part: The part.
        done: How many articles of the corpus were read before.
        last: Id of the last one of this part that was written; empty for none.
    """

    def __init__(
        self, articles: Iterable[Located], part: Part, done: int = 0, last: str = ""
    ) -> None:
        self._articles = articles
        self._part = part
        self._done = done
        self._last = last
        self._ordinals: deque[int] = deque()
        self.resumed: list[Located] = []
        """Articles that were written before, some at a time."""

    def __iter__(self) -> Iterator[Located]:
        for ordinal, located in enumerate(self._articles):
            if ordinal % self._part.of != self._part.number - 1:
                continue
            if ordinal < self._done:
                self.resumed.append(located)
                if ordinal + self._part.of >= self._done and located.article.id != self._last:
                    raise BuildError(
                        f"{located.location}: the corpus is not the one that this build began "
                        f"with, which had the article {self._last!r} here; give it the same "
                        "corpus, or build under another name"
                    )
                continue
            self._ordinals.append(ordinal)
            yield located

    def ordinals(self, count: int) -> list[int]:
        """Give the ordinals of the next articles, in the order in which they were given."""
        return list(islice(iter(self._ordinals.popleft, None), count))
