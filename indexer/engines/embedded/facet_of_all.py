"""One facet in all segments, as if they were one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.code_lists import Codes
from indexer.columnar.columns import Columns
from indexer.columnar.postings import Ints

_REMEMBERED = 5_000
"""Values whose spelling is kept at hand."""


class FoundValues:
    """The values of some articles.

    Args:
        found: The values in each segment.
        maps: By segment and code the number of the value; none where codes are numbers.
        size: How many values there are.
    """

    def __init__(self, found: Sequence[Codes], maps: Sequence[Ints], size: int) -> None:
        self._found = found
        self._maps = maps
        self._size = size

    def counts(self) -> Ints:
        """Count the articles that have each value, and at the end those that have none."""
        if len(self._found) == 1:
            return self._found[0].counts()
        counts = np.zeros(self._size + 1, np.int64)
        for codes, numbers in zip(self._found, self._maps, strict=True):
            of_segment = codes.counts()
            counts[numbers] += of_segment[:-1]
            counts[-1] += of_segment[-1]
        return counts

    def having_others(self, listed: Ints) -> int:
        """Count the articles that have any value which is not listed.

        Args:
            listed: Numbers of the listed values.
        """
        others = np.ones(self._size, dtype=bool)
        others[listed] = False
        maps = self._maps
        return sum(
            int(np.count_nonzero(codes.having(others[maps[number]] if maps else others)))
            for number, codes in enumerate(self._found)
        )


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
        return self.of(of_segments).counts()

    def of(self, of_segments: Sequence[Ints]) -> FoundValues:
        """Read the values of some articles of each segment."""
        found = [column.of(own) for column, own in zip(self._columns, of_segments, strict=True)]
        return FoundValues(found, self._merged[1], len(self))

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
