"""The read port: searches in one generation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from threading import Lock

import numpy as np

from corpus import Article
from indexer.analysis import bare_form
from indexer.columnar.collection import Collection
from indexer.columnar.matching import Bools
from indexer.engines.base import EngineHit, EngineRequest, EngineResult, Period, Sort
from indexer.engines.embedded.counting import Counter
from indexer.engines.embedded.ordering import first_places
from indexer.store.guard import guarded
from indexer.store.snapshot import Snapshot


class EmbeddedEngine:
    """Searches one generation of an index in a folder. Threads may share it.

    Every method raises `DamagedIndexError` where it comes upon what cannot have been written so.

    Args:
        snapshot: The generation to search; the engine closes it.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        with guarded(snapshot.directory):
            self._collection = Collection(snapshot.segments, snapshot.deleted)
        self._counter = Counter(self._collection)
        self._forms: dict[str, tuple[str, ...]] | None = None
        self._forms_lock = Lock()

    def search(self, request: EngineRequest) -> EngineResult:
        """Match, rank, count and fetch."""
        with guarded(self._snapshot.directory):
            return self._search(request)

    def _search(self, request: EngineRequest) -> EngineResult:
        counter = self._counter
        articles, scores = self._collection.match(request.query)
        passes = {
            facet: counter.holds(articles, facet, values)
            for facet, values in request.filters.items()
        }
        if request.period != Period():
            in_period = counter.in_period(articles, request.period)
            passes = {facet: mask[in_period] for facet, mask in passes.items()}
            articles, scores = articles[in_period], scores[in_period]
        facets = {}
        kept = _all_of(list(passes.values()))
        for name in request.facets:
            counted = articles[kept]
            if name in passes:
                # Drill-sideways: all filters hold but the facet's own.
                others = [mask for facet, mask in passes.items() if facet != name]
                counted = articles[_all_of(others)]
            selected = request.filters.get(name, ())
            facets[name] = counter.facet(name, counted, selected, request.facet_size)
        articles, scores = articles[kept], scores[kept]
        timeline = counter.timeline(articles, request.timeline) if request.timeline else None
        wanted = request.offset + request.size
        if request.sort is Sort.RELEVANCE:
            order = first_places(-scores, wanted)
        else:
            keys = counter.date_keys(articles, newest_first=request.sort is Sort.NEWEST)
            order = first_places(keys, wanted)
        hits = tuple(
            EngineHit(self._collection.article(int(articles[place])), float(scores[place]))
            for place in order[request.offset :].tolist()
        )
        return EngineResult(len(articles), hits, facets, timeline)

    def article(self, article_id: str) -> Article | None:
        """Give an article by its id."""
        if not article_id.isprintable():  # no id is, and half a character has no UTF-8
            return None
        with guarded(self._snapshot.directory):
            number = self._collection.article_number(article_id)
            return None if number is None else self._collection.article(number)

    def article_count(self) -> int:
        """Give the number of articles."""
        return self._collection.article_count()

    def forms(self, bare: str) -> Sequence[str]:
        """Give the terms that read `bare` without marks, in alphabetical order."""
        with guarded(self._snapshot.directory), self._forms_lock:
            if self._forms is None:
                self._forms = self._forms_by_bare()
        return self._forms.get(bare, ())

    def close(self) -> None:
        """Give the generation free."""
        self._snapshot.close()

    def _forms_by_bare(self) -> dict[str, tuple[str, ...]]:
        terms = {
            term for segment in self._collection.segments for term in segment.groups["text"].terms
        }
        by_bare: defaultdict[str, list[str]] = defaultdict(list)
        for term in sorted(terms):
            text = term.decode()
            by_bare[bare_form(text)].append(text)
        return {bare: tuple(forms) for bare, forms in by_bare.items()}


def _all_of(masks: Sequence[Bools]) -> Bools | slice:
    """Give what picks the articles for which all masks hold; all of them where there is none."""
    return np.logical_and.reduce(masks) if masks else slice(None)
