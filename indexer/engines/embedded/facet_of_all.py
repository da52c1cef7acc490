"""One facet in all segments, as if they were one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.columns import Columns
from indexer.columnar.facet_column import FacetValues
from indexer.columnar.postings import Ints

_REMEMBERED = 5_000
"""Values whose spelling is kept at hand."""


class FacetOfAll:
    """The values of a facet in all segments, numbered in their order."""

    def __init__(self, columns: Sequence[Columns], name: str) -> None:
        self._dictionaries = [of_segment.facets[name].values for of_segment in columns]
        self._spelled: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._merged[0])

    @cached_property
    def _merged(self) -> tuple[Sequence[bytes], list[NDArray[np.int64]]]:
        if len(self._dictionaries) == 1:
            return self._dictionaries[0], []
        values = sorted({value for dictionary in self._dictionaries for value in dictionary})
        numbers = {value: number for number, value in enumerate(values)}
        maps = [
            np.array([numbers[value] for value in dictionary], np.int64)
            for dictionary in self._dictionaries
        ]
        return values, maps

    def summed(self, of_segments: Sequence[Ints]) -> Ints:
        """Add up the counts of the values of each segment."""
        maps = self._merged[1]
        if not maps and len(of_segments) == 1:
            return of_segments[0]
        counts = np.zeros(len(self), np.int64)
        for of_segment, numbers in zip(of_segments, maps, strict=True):
            counts[numbers] += of_segment
        return counts

    def having_others(self, found: Sequence[FacetValues], listed: Ints) -> int:
        """Count the articles that have any value which is not listed.

        Args:
            found: The values of the articles of each segment.
            listed: Numbers of the listed values.
        """
        others = np.ones(len(self), dtype=bool)
        others[listed] = False
        maps = self._merged[1]
        return sum(
            int(np.count_nonzero(values.having(others[maps[n]] if maps else others)))
            for n, values in enumerate(found)
        )

    def codes(self, segment: int, codes: NDArray[np.integer]) -> NDArray[np.integer]:
        """Give global numbers for the codes of a segment."""
        maps = self._merged[1]
        return maps[segment][codes] if maps else codes

    def spelled(self, numbers: Sequence[int]) -> list[str]:
        """Give values by their numbers."""
        # The frequent values come up in almost every search.
        known = self._spelled
        try:
            return [known[number] for number in numbers]
        except KeyError:
            if len(known) >= _REMEMBERED:
                known = self._spelled = {}
            for number in numbers:
                known[number] = self._merged[0][number].decode()
            return [known[number] for number in numbers]

    def number(self, value: str) -> int | None:
        """Give the number of a value."""
        values, encoded = self._merged[0], value.encode()
        place = bisect_left(values, encoded)
        return place if place < len(values) and values[place] == encoded else None
