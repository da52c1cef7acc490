"""This project: its engine alone, and the whole library over the same index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from corpus import Article
from indexer import SearchRequest, SearchResult, open_index
from indexer.analysis import AnalyzedBatch, Segmenter
from indexer.engines.base import EngineRequest, EngineResult
from indexer.engines.embedded import EmbeddedEngine, EmbeddedWriter
from indexer.store.snapshot import open_snapshot
from indexer.store.transaction import begin_writing
from tests.benchmarks.corpora import DRAWN_FACETS as FACETS
from tests.benchmarks.peers.base import Answer

_FACET_SIZE = 20
"""How many values a facet lists, unless asked otherwise."""


class TimbaoPeer:
    """The embedded engine: `EngineRequest` in, `EngineResult` out."""

    name = "timbao"
    setting = f"NumPy {np.__version__}"

    def build(self, batches: Iterable[AnalyzedBatch], folder: Path) -> None:
        """Write a generation with all that belongs to an index, the word model included."""
        with begin_writing(folder, create=True) as transaction:
            segment = transaction.new_segment()
            writer = EmbeddedWriter(segment)
            count = 0
            for batch in batches:
                writer.add(batch)
                count += len(batch.articles)
            writer.finish(superseded=())
            record = transaction.segment_record(segment, count)
            transaction.publish([record], segmenter=Segmenter())

    def open(self, folder: Path) -> EngineSearcher:
        """Open the engine of the current generation."""
        return EngineSearcher(EmbeddedEngine(open_snapshot(folder)))


class EngineSearcher:
    """An open engine."""

    def __init__(self, engine: EmbeddedEngine) -> None:
        self.engine = engine

    def prepare(self, request: EngineRequest) -> Callable[[], EngineResult]:
        """There is nothing to translate."""
        return lambda: self.engine.search(request)

    def articles(self, outcome: EngineResult) -> Sequence[Article]:
        """Read the articles of the page."""
        return self.engine.articles([hit.ref for hit in outcome.hits])

    def answer(self, outcome: EngineResult) -> Answer:
        """Make an outcome comparable."""
        assert outcome.timeline is not None
        return Answer(
            outcome.total,
            tuple(article.id for article in self.articles(outcome)),
            {
                # Selected values are listed even where they are not among the most frequent.
                name: [
                    (bucket.value, bucket.count)
                    for bucket in facet.buckets[:_FACET_SIZE]
                    if bucket.count
                ]
                for name, facet in outcome.facets.items()
            },
            {
                bar.start.year * 12 + bar.start.month - 1: bar.count
                for bar in outcome.timeline.bars
            },
        )


class LibrarySearcher:
    """An open index: query text in; ten hits with snippets out.

    Args:
        place: The folder that `TimbaoPeer` built, or the address of an index.
    """

    def __init__(self, place: Path | str) -> None:
        self.index = open_index(place)

    def prepare(self, text: str, request: EngineRequest) -> Callable[[], SearchResult]:
        """Ask for what the engine is asked for, with the query as text."""
        asked = SearchRequest(
            text,
            filters=request.filters,
            published_from=request.period.first,
            published_to=request.period.last,
            facets=FACETS,
            timeline="month",
            sort=request.sort,
        )
        return lambda: self.index.search(asked)
