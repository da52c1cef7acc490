"""The read port: searches in one generation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from corpus import Article
from indexer.analysis import bare_form
from indexer.columnar.collection import Collection
from indexer.columnar.deadline import Deadline
from indexer.engines.base import EngineRequest, EngineResult
from indexer.engines.embedded.collecting import collect
from indexer.engines.embedded.counting import Counter
from indexer.engines.embedded.writer import open_segments

if TYPE_CHECKING:
    from whoosh.query import Query as WhooshQuery

    from indexer.columnar.whoosh_queries import WhooshEvaluator


class EmbeddedEngine:
    """Searches the index in a folder. Threads may share it.

    All files are mapped from the start: the folder may be replaced and removed behind an open
    engine.

    Args:
        folder: A folder that `EmbeddedWriter` filled.
    """

    def __init__(self, folder: Path) -> None:
        segments = open_segments(folder)
        self._collection = Collection(segments, [None] * len(segments))
        self._counter = Counter(self._collection)
        self._whoosh: WhooshEvaluator | None = None
        self._forms: dict[str, tuple[str, ...]] | None = None
        self._forms_lock = Lock()

    def search(self, request: EngineRequest) -> EngineResult:
        """Match, rank, count and fetch."""
        deadline = Deadline(request.timeout)
        matches = self._collection.match(request.query, deadline)
        return collect(self._collection, self._counter, matches, request, deadline)

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
        if self._whoosh is None:
            self._whoosh = WhooshEvaluator(self._collection)
        matches = self._whoosh.match(asked, deadline)
        return collect(self._collection, self._counter, matches, request, deadline)

    def article(self, article_id: str) -> Article | None:
        """Give an article by its id."""
        if not article_id.isprintable():  # no id is, and half a character has no UTF-8
            return None
        number = self._collection.article_number(article_id)
        return None if number is None else self._collection.article(number)

    def article_count(self) -> int:
        """Give the number of articles."""
        return self._collection.article_count()

    def forms(self, bare: str) -> Sequence[str]:
        """Give the terms that read `bare` without marks, in alphabetical order."""
        with self._forms_lock:
            if self._forms is None:
                self._forms = self._forms_by_bare()
        return self._forms.get(bare, ())

    def close(self) -> None:
        """Let go of the files; they are unmapped with the last array that shows them."""

    def _forms_by_bare(self) -> dict[str, tuple[str, ...]]:
        terms = {
            term for segment in self._collection.segments for term in segment.groups["text"].terms
        }
        by_bare: defaultdict[str, list[str]] = defaultdict(list)
        for term in sorted(terms):
            text = term.decode()
            by_bare[bare_form(text)].append(text)
        return {bare: tuple(forms) for bare, forms in by_bare.items()}
