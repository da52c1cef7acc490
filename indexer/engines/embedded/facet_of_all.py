"""One facet in all segments, as if they were one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.columns import Columns
from indexer.columnar.postings import Ints

_REMEMBERED = 5_000
"""Values whose spelling is kept at hand."""


class FacetOfAll:
    """The values of a facet in all segments, numbered in their order."""

    def __init__(self, columns: Sequence[Columns], name: str) -> None:
        self._columns = [of_segment.facets[name] for of_segment in columns]
        self._dictionaries = [column.values for column in self._columns]
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

    @cached_property
    def single(self) -> bool:
        """Whether no article has more than one value."""
        return all(column.single for column in self._columns)

    def count(self, of_segments: Sequence[Ints]) -> Ints:
        """Count some articles of each segment.

        Returns:
            How many articles have each value, and at the end how many have none.
        """
        found = [column.of(own) for column, own in zip(self._columns, of_segments, strict=True)]
        maps = self._merged[1]
        if len(found) == 1:
            return found[0].counts()
        counts = np.zeros(len(self) + 1, np.int64)
        for values, numbers in zip(found, maps, strict=True):
            of_segment = values.counts()
            counts[numbers] += of_segment[:-1]
            counts[-1] += of_segment[-1]
        return counts

    def having_others(self, of_segments: Sequence[Ints], listed: Ints) -> int:
        """Count the articles that have any value which is not listed.

        Args:
            of_segments: Some articles of each segment.
            listed: Numbers of the listed values.
        """
        others = np.ones(len(self), dtype=bool)
        others[listed] = False
        maps = self._merged[1]
        return sum(
            int(np.count_nonzero(column.of(own).having(others[maps[n]] if maps else others)))
            for n, (column, own) in enumerate(zip(self._columns, of_segments, strict=True))
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
        # Half a character has no UTF-8, and no article has it in a value.
        values, encoded = self._merged[0], value.encode("utf-8", "surrogatepass")
        place = bisect_left(values, encoded)
        return place if place < len(values) and values[place] == encoded else None
