"""The read port: searches in one generation of a Whoosh index."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from whoosh import index, scoring

from corpus import Article
from indexer.analysis import bare_form
from indexer.engines import query
from indexer.engines.base import EngineHit, EngineRequest, EngineResult, Sort
from indexer.engines.embedded.compiler import compile_query
from indexer.engines.embedded.counting import count_facet, count_timeline
from indexer.engines.embedded.fields import ARTICLE_FIELD, ID_FIELD, METADATA_FIELD
from indexer.engines.embedded.metadata import UNDATED, Ints, Metadata
from indexer.schema import TEXT_FIELDS

Floats = NDArray[np.float64]


class EmbeddedEngine:
    """Searches the index in a folder.

    Everything that a search needs is open from the start: the folder may be replaced and
    removed behind an open engine.

    Args:
        folder: A folder that `EmbeddedWriter` filled.
    """

    def __init__(self, folder: Path) -> None:
        self._index = index.open_dir(str(folder), readonly=True)
        self._searcher = self._index.searcher(weighting=scoring.BM25F())
        # Whoosh's searchers keep state during a search and must not be shared by threads.
        self._lock = Lock()
        reader = self._searcher.reader()
        column = reader.column_reader(METADATA_FIELD)
        self._metadata = Metadata.from_rows(bytes(row) for row in column)
        self._forms: dict[str, tuple[str, ...]] | None = None

    def search(self, request: EngineRequest) -> EngineResult:
        """Match, rank, count and fetch."""
        with self._lock:
            return self._search(request)

    def article(self, article_id: str) -> Article | None:
        """Give an article by its id."""
        if not article_id.isprintable():  # no id is, and half a character has no UTF-8
            return None
        with self._lock:
            number = self._searcher.document_number(**{ID_FIELD: article_id})
            return None if number is None else self._fetch(number)

    def article_count(self) -> int:
        """Give the number of articles."""
        return int(self._searcher.doc_count())

    def forms(self, bare: str) -> Sequence[str]:
        """Give the terms that read `bare` without marks, in alphabetical order."""
        with self._lock:
            if self._forms is None:
                self._forms = self._forms_by_bare()
            return self._forms.get(bare, ())

    def close(self) -> None:
        """Close the files."""
        with self._lock:
            self._searcher.close()
            self._index.close()

    def _forms_by_bare(self) -> dict[str, tuple[str, ...]]:
        reader = self._searcher.reader()
        terms = {term.decode() for field in TEXT_FIELDS for term in reader.lexicon(field)}
        by_bare: defaultdict[str, list[str]] = defaultdict(list)
        for term in sorted(terms):
            by_bare[bare_form(term)].append(term)
        return {bare: tuple(forms) for bare, forms in by_bare.items()}

    def _fetch(self, number: int) -> Article:
        stored = self._searcher.reader().stored_fields(number)
        return Article.from_dict(json.loads(stored[ARTICLE_FIELD]))

    def _search(self, request: EngineRequest) -> EngineResult:
        articles, scores = self._matches(request)
        passes = {
            facet: self._metadata.facets[facet].holds(articles, values)
            for facet, values in request.filters.items()
        }
        in_period = self._metadata.in_period(articles, request.period)
        kept = np.logical_and.reduce([in_period, *passes.values()])
        facets = {}
        for name in request.facets:
            # Drill-sideways: all filters hold but the facet's own.
            others = [mask for facet, mask in passes.items() if facet != name]
            counted = articles[np.logical_and.reduce([in_period, *others])]
            column = self._metadata.facets[name]
            selected = request.filters.get(name, ())
            facets[name] = count_facet(name, column, counted, selected, request.facet_size)
        articles, scores = articles[kept], scores[kept]
        timeline = (
            count_timeline(self._metadata, articles, request.timeline)
            if request.timeline
            else None
        )
        order = self._order(articles, scores, request.sort)
        page = order[request.offset : request.offset + request.size]
        hits = tuple(EngineHit(self._fetch(int(articles[i])), float(scores[i])) for i in page)
        return EngineResult(len(articles), hits, facets, timeline)

    def _matches(self, request: EngineRequest) -> tuple[Ints, Floats]:
        """Give document numbers, ascending, and scores of all that match the query."""
        if isinstance(request.query, query.MatchAll):
            numbers = np.fromiter(self._searcher.reader().all_doc_ids(), np.int64)
            return numbers, np.zeros(len(numbers))
        tree = compile_query(request.query)
        found: list[int] = []
        scores: list[float] = []
        context = self._searcher.context()
        for searcher, offset in self._searcher.leaf_searchers():
            matcher = tree.matcher(searcher, context)
            while matcher.is_active():
                found.append(matcher.id() + offset)
                scores.append(matcher.score())
                matcher.next()
        return np.array(found, np.int64), np.array(scores, np.float64)

    def _order(self, articles: Ints, scores: Floats, sort: Sort) -> Ints:
        """Give the places of the matches, best first; equal ones keep the corpus's order."""
        if sort is Sort.RELEVANCE:
            return np.lexsort((articles, -scores))
        start = self._metadata.start[articles]
        undated = self._metadata.precision[articles] == UNDATED
        return np.lexsort((articles, -start if sort is Sort.NEWEST else start, undated))
