"""The values of one facet in a segment, and the ways to count and filter by them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from indexer.columnar.code_lists import CodeLists, Codes
from indexer.columnar.container import Array, Container
from indexer.columnar.postings import Bools, Ints, list_ranges, ragged
from indexer.columnar.terms import TermDictionary


class FacetColumn:
    """The values of one facet in a segment.

    Args:
        container: The columns of the segment.
        facet: Name of the facet.

    Attributes:
        values: Distinct values, sorted by their bytes; a code is an index into them.
    """

    def __init__(self, container: Container, facet: str) -> None:
        self.values = TermDictionary.load(container, f"{facet}.values")
        self._codes = container.codes(f"{facet}.codes", len(self.values))
        self._ends = container.ends(f"{facet}.ends", len(self._codes))

    def pairs(self, articles: Ints) -> tuple[Ints, Array]:
        """Give all (place in `articles`, code) pairs of some articles as two arrays."""
        starts, counts = list_ranges(self._ends, articles)
        owners = np.repeat(np.arange(len(articles)), counts)
        return owners, self._codes[ragged(starts, counts)]

    @property
    def single(self) -> bool:
        """Whether no article has more than one value."""
        return self._lists.single

    def of(self, articles: Ints) -> Codes:
        """Read the values of some articles."""
        return self._lists.of(articles)

    def holds(self, articles: Ints, values: Sequence[str]) -> Bools:
        """Tell for each of some articles whether it has any of some values."""
        wanted = np.zeros(len(self.values), dtype=bool)
        for value in values:
            # Half a character has no UTF-8, and no article has it in a value.
            number = self.values.number(value.encode("utf-8", "surrogatepass"))
            if number is not None:
                wanted[number] = True
        return self.of(articles).having(wanted)

    @cached_property
    def _lists(self) -> CodeLists:
        return CodeLists(self._codes, self._ends, len(self.values))
