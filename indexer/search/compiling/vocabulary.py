"""What compiling a query asks of an index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Protocol

from indexer.analysis import Analyzer, Segmenter
from indexer.engines.base import Engine, Expansion
from indexer.engines.query import Query
from indexer.search.compiling.facet_values import FacetValue
from indexer.search.counting import count_articles

_CACHED_FORMS = 1 << 13
"""Bare syllables of which the forms are kept: about all that Vietnamese has, and some names."""


class Vocabulary(Protocol):
    """The words and values of an index."""

    def forms(self, bare: str) -> Sequence[str]:
        """Give the terms that read `bare` once all marks are taken off."""

    def expand(self, pattern: str, limit: int, *, bare: bool = False) -> Expansion:
        """Give the terms that match a pattern; see `engines.base.Engine`."""

    def values(self, facet: str) -> Sequence[FacetValue]:
        """Give all values of a facet, most frequent first."""

    def compounds(self, text: str) -> Sequence[str]:
        """Give the compounds of a text, syllables joined with `_`."""

    def bare_compounds(self, bare: str) -> Sequence[str]:
        """Give the compounds of the index that read `bare` once all marks are taken off."""

    def found(self, query: Query, timeout: float | None = None) -> bool:
        """Tell whether any article matches.

        Raises:
            SearchTimeoutError: That took more than so many seconds.
        """


class EngineVocabulary(Vocabulary):
    """The words and values of what an engine searches.

    Args:
        engine: The engine.
        segmenter: Gives what finds the words of texts, as it did when the index was built; asked
            for when it is first needed.
    """

    def __init__(self, engine: Engine, segmenter: Callable[[], Segmenter]) -> None:
        self._engine = engine
        self._segmenter = segmenter
        self._values: dict[str, Sequence[FacetValue]] = {}
        self._forms = lru_cache(maxsize=_CACHED_FORMS)(engine.forms)

    def forms(self, bare: str) -> Sequence[str]:
        """Give the terms that read `bare` once all marks are taken off."""
        return self._forms(bare)

    def expand(self, pattern: str, limit: int, *, bare: bool = False) -> Expansion:
        """Give the terms that match a pattern."""
        return self._engine.expand(pattern, limit, bare=bare)

    def values(self, facet: str) -> Sequence[FacetValue]:
        """Give all values of a facet, most frequent first."""
        # They take tens of milliseconds to count, and stay the same in one generation.
        if facet not in self._values:
            buckets = self._engine.values(facet)
            self._values[facet] = [FacetValue.of(bucket.value) for bucket in buckets]
        return self._values[facet]

    def compounds(self, text: str) -> Sequence[str]:
        """Give the compounds of a text."""
        return Analyzer(self._segmenter()).compounds(text)

    def bare_compounds(self, bare: str) -> Sequence[str]:
        """Give the compounds of the index that read `bare`."""
        return self._engine.compounds(bare)

    def found(self, query: Query, timeout: float | None = None) -> bool:
        """Tell whether any article matches."""
        return count_articles(self._engine, query, timeout) > 0
