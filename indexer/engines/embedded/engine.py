"""The read port: searches in one generation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np

from corpus import Article
from indexer.analysis import bare_form
from indexer.columnar.collection import Collection
from indexer.engines.base import EngineHit, EngineRequest, EngineResult, Sort
from indexer.engines.embedded.counting import Counter
from indexer.engines.embedded.ordering import first_places
from indexer.engines.embedded.writer import open_segments

_LAST = np.iinfo(np.int64).max


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
        self._forms: dict[str, tuple[str, ...]] | None = None
        self._forms_lock = Lock()

    def search(self, request: EngineRequest) -> EngineResult:
        """Match, rank, count and fetch."""
        counter = self._counter
        articles, scores = self._collection.match(request.query)
        passes = {
            facet: counter.holds(articles, facet, values)
            for facet, values in request.filters.items()
        }
        in_period = counter.in_period(articles, request.period)
        kept = np.logical_and.reduce([in_period, *passes.values()])
        facets = {}
        for name in request.facets:
            # Drill-sideways: all filters hold but the facet's own.
            others = [mask for facet, mask in passes.items() if facet != name]
            counted = articles[np.logical_and.reduce([in_period, *others])]
            selected = request.filters.get(name, ())
            facets[name] = counter.facet(name, counted, selected, request.facet_size)
        articles, scores = articles[kept], scores[kept]
        timeline = counter.timeline(articles, request.timeline) if request.timeline else None
        wanted = request.offset + request.size
        if request.sort is Sort.RELEVANCE:
            order = first_places(-scores, wanted)
        else:
            starts, undated = counter.dates(articles)
            keys = -starts if request.sort is Sort.NEWEST else starts
            order = first_places(np.where(undated, _LAST, keys), wanted)
        hits = tuple(
            EngineHit(self._collection.article(int(articles[place])), float(scores[place]))
            for place in order[request.offset :].tolist()
        )
        return EngineResult(len(articles), hits, facets, timeline)

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
