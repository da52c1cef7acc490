"""What compiling a query asks of an index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from indexer.engines.base import Bucket, Expansion
from indexer.engines.query import Query


class Vocabulary(Protocol):
    """The words and values of an index."""

    def forms(self, bare: str) -> Sequence[str]:
        """Give the terms that read `bare` once all marks are taken off."""

    def expand(self, pattern: str, limit: int, *, bare: bool = False) -> Expansion:
        """Give the terms that match a pattern; see `engines.base.Engine`."""

    def values(self, facet: str) -> Sequence[Bucket]:
        """Give all values of a facet, most frequent first."""

    def compounds(self, text: str) -> Sequence[str]:
        """Give the compounds of a text, syllables joined with `_`."""

    def bare_compounds(self, bare: str) -> Sequence[str]:
        """Give the compounds of the index that read `bare` once all marks are taken off."""

    def found(self, query: Query) -> bool:
        """Tell whether any article matches."""
