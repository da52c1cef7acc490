"""The read port: searches in one generation."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus import Article
from indexer.columnar.collection import Collection
from indexer.columnar.occurrences import find_occurrences
from indexer.deadline import Deadline
from indexer.engines.base import (
    Bucket,
    EngineHit,
    EngineRequest,
    EngineResult,
    Expansion,
    Occurrences,
    Ref,
)
from indexer.engines.completions import Completion, Typed
from indexer.engines.embedded.collecting import collect, collect_all
from indexer.engines.embedded.completing import Completer
from indexer.engines.embedded.counting import Counter
from indexer.engines.query import MatchAll
from indexer.store.guard import guarded
from indexer.store.snapshot import Snapshot

if TYPE_CHECKING:
    from indexer.columnar.whoosh_queries import WhooshEvaluator, WhooshQuery


class EmbeddedEngine:
    """Searches one generation of an index in a folder. Threads may share it.

    Every method raises `DamagedIndexError` where it comes upon what cannot have been written so.

    Args:
        snapshot: The generation to search; the engine closes it.
        stories: For each article the earliest one of its story, in place of what the snapshot
            tells; see `Collection`.
    """

    def __init__(self, snapshot: Snapshot, stories: NDArray[np.uint32] | None = None) -> None:
        self._snapshot = snapshot
        with guarded(snapshot.directory):
            earliest = snapshot.earliest() if stories is None else stories
            self._collection = Collection(snapshot.segments, snapshot.deleted, earliest)
        self._counter = Counter(self._collection)
        self._completer = Completer(self._collection)
        self._whoosh: WhooshEvaluator | None = None

    def search(self, request: EngineRequest) -> EngineResult:
        """Match, rank and count."""
        deadline = Deadline(request.timeout)
        with guarded(self._snapshot.directory):
            matches = self._collection.match(request.query, deadline)
            return collect(self._counter, matches, request, deadline)

    def scan(self, request: EngineRequest) -> Iterator[EngineHit]:
        """Give all matches in their order: 20 bytes for each are held meanwhile."""
        deadline = Deadline(request.timeout)
        with guarded(self._snapshot.directory):
            matches = self._collection.match(request.query, deadline)
            return collect_all(self._counter, matches, request, deadline)

    def articles(self, refs: Sequence[Ref]) -> Sequence[Article]:
        """Read the articles of some hits."""
        with guarded(self._snapshot.directory):
            return [self._collection.article(int(ref)) for ref in refs]

    def occurrences(
        self,
        refs: Sequence[Ref],
        words: Sequence[tuple[str, ...]],
        timeout: float | None = None,
    ) -> Occurrences:
        """Find where words stand in the articles of some hits."""
        articles = np.array([int(ref) for ref in refs], np.int64)
        with guarded(self._snapshot.directory):
            return find_occurrences(self._collection, articles, words, Deadline(timeout))

    def search_whoosh(self, asked: WhooshQuery, request: EngineRequest) -> EngineResult:
        """Answer a request, with a query of Whoosh in the place of its own.

        Scores are those of Whoosh's BM25F.

        Args:
            asked: The query.
            request: What is wanted besides; its query is not looked at.
        """
        # Only those who ask for it wait for Whoosh to be imported.
        from indexer.columnar.whoosh_queries import WhooshEvaluator

        deadline = Deadline(request.timeout)
        with guarded(self._snapshot.directory):
            if self._whoosh is None:
                self._whoosh = WhooshEvaluator(self._collection)
            matches = self._whoosh.match(asked, deadline)
            return collect(self._counter, matches, request, deadline)

    def article(self, article_id: str) -> Article | None:
        """Give an article by its id."""
        with guarded(self._snapshot.directory):
            number = self._number(article_id)
            return None if number is None else self._collection.article(number)

    def story(self, article_id: str) -> Sequence[Article]:
        """Give all articles of a story: the first publication known, then by date."""
        with guarded(self._snapshot.directory):
            number = self._number(article_id)
            if number is None:
                return ()
            members = self._counter.stories.story(number)
            return [self._collection.article(member) for member in members]

    def article_count(self) -> int:
        """Give the number of articles."""
        return self._collection.article_count()

    def forms(self, bare: str) -> Sequence[str]:
        """Give the terms that read `bare` without marks, in alphabetical order."""
        with guarded(self._snapshot.directory):
            return self._collection.vocabulary.forms(bare)

    def compounds(self, bare: str) -> Sequence[str]:
        """Give the compounds that read `bare` without marks, in alphabetical order."""
        with guarded(self._snapshot.directory):
            return self._collection.vocabulary.compounds(bare)

    def expand(self, pattern: str, limit: int, *, bare: bool = False) -> Expansion:
        """Give the terms that match a pattern."""
        with guarded(self._snapshot.directory):
            terms, total = self._collection.vocabulary.matching(pattern, limit, bare=bare)
            return Expansion(tuple(terms), total)

    def frequencies(self, terms: Sequence[str]) -> Sequence[int]:
        """Give for each of some terms how many articles hold it."""
        with guarded(self._snapshot.directory):
            return self._collection.frequencies(terms)

    def values(self, facet: str) -> Sequence[Bucket]:
        """Give all values of a facet, most frequent first."""
        with guarded(self._snapshot.directory):
            everything = self._counter.counted(self._collection.match(MatchAll()).articles)
            return self._counter.facet(facet, everything, (), sys.maxsize).buckets

    def pair_counts(self, pairs: Sequence[tuple[str, str]]) -> Sequence[int]:
        """Give for each of some pairs of terms about how often the two are found side by side."""
        with guarded(self._snapshot.directory):
            return self._completer.pair_counts(pairs)

    def completions(
        self, typed: Typed, words: int, titles: int, timeout: float | None = None
    ) -> Sequence[Completion]:
        """Give what begins as typed, or has it later on."""
        with guarded(self._snapshot.directory):
            return self._completer.completions(typed, words, titles, Deadline(timeout))

    def _number(self, article_id: str) -> int | None:
        if not article_id.isprintable():  # no id is, and half a character has no UTF-8
            return None
        return self._collection.article_number(article_id)

    def close(self) -> None:
        """Give the generation free."""
        self._snapshot.close()
