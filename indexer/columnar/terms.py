"""Sorted term dictionaries: from a term to its number, and ranges of terms.

On disk a dictionary is two arrays: `…bytes`, the terms in UTF-8 one after the other in the order
of their bytes, and `…ends`, where each of them ends. Nothing is read but what a look-up touches.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import overload

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.container import Array, Container
from indexer.columnar.container_writer import ContainerWriter

_PILOT_EVERY = 64
"""One term in so many is held in memory, so that a look-up begins near its end."""

_NEAR = 10
"""With one wanted term in so many it is cheaper to read those between them, too."""


class TermDictionary(Sequence[bytes]):
    """A sorted sequence of distinct terms.

    Args:
        data: The terms one after the other (u1).
        ends: Where in `data` each term ends (u4 or u8).
    """

    def __init__(self, data: Array, ends: Array) -> None:
        self._data = data
        self._ends = ends

    @classmethod
    def load(cls, container: Container, name: str) -> TermDictionary:
        """Open the dictionary that `write_terms` wrote under a name."""
        data = container[f"{name}.bytes"]
        return cls(data, container.ends(f"{name}.ends", len(data)))

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, number: int) -> bytes: ...
    @overload
    def __getitem__(self, number: slice) -> list[bytes]: ...
    def __getitem__(self, number: int | slice) -> bytes | list[bytes]:
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(len(self)))]
        start = int(self._ends[number - 1]) if number else 0
        return self._data[start : int(self._ends[number])].tobytes()

    def __iter__(self) -> Iterator[bytes]:
        data = self._data.tobytes()
        start = 0
        for end in self._ends.tolist():
            yield data[start:end]
            start = end

    def number(self, term: bytes) -> int | None:
        """Give the number of a term, or `None` where it is not in the dictionary."""
        place = self._place(term)
        return place if place < len(self) and self[place] == term else None

    def prefix_range(self, prefix: bytes) -> range:
        """Give the numbers of all terms that begin with some bytes."""
        # No UTF-8 text holds the byte FF, so it sorts after every continuation of the prefix.
        return range(self._place(prefix), self._place(prefix + b"\xff"))

    def in_range(self, numbers: range) -> list[bytes]:
        """Give the terms of a range of numbers, read in one piece."""
        if not numbers:
            return []
        start = int(self._ends[numbers.start - 1]) if numbers.start else 0
        ends = (self._ends[numbers.start : numbers.stop].astype(np.int64) - start).tolist()
        data = self._data[start : start + ends[-1]].tobytes()
        return [data[a:b] for a, b in zip([0, *ends], ends, strict=False)]

    def several(self, numbers: NDArray[np.int64]) -> list[bytes]:
        """Give several terms by their numbers, ascending."""
        if len(numbers) and int(numbers[-1]) - int(numbers[0]) < _NEAR * len(numbers):
            first = int(numbers[0])
            terms = self.in_range(range(first, int(numbers[-1]) + 1))
            return [terms[number - first] for number in numbers.tolist()]
        return [self[number] for number in numbers.tolist()]

    @cached_property
    def _pilots(self) -> list[bytes]:
        """Every so manyth term."""
        return [self[number] for number in range(0, len(self), _PILOT_EVERY)]

    def _place(self, term: bytes) -> int:
        """Give the number of the first term that is not before another one."""
        # A pilot's block is read in one piece: a step of a search in it costs no array access.
        block = max(0, bisect_left(self._pilots, term) - 1) * _PILOT_EVERY
        ends = self._ends[block : block + _PILOT_EVERY].tolist()
        if not ends:
            return block
        start = int(self._ends[block - 1]) if block else 0
        data = self._data[start : ends[-1]].tobytes()
        starts = [start, *ends]
        return block + bisect_left(
            range(len(ends)), term, key=lambda n: data[starts[n] - start : ends[n] - start]
        )


def write_terms(writer: ContainerWriter, name: str, terms: Sequence[bytes]) -> None:
    """Write a dictionary.

    Args:
        writer: Where to.
        name: Name under which `TermDictionary.load` finds it.
        terms: Distinct terms in ascending order of their bytes.
    """
    ends = np.cumsum(np.fromiter(map(len, terms), np.int64, len(terms)))
    total = int(ends[-1]) if len(ends) else 0
    writer.add(f"{name}.bytes", np.frombuffer(b"".join(terms), np.uint8))
    writer.add(f"{name}.ends", ends.astype(smallest_unsigned(total)))


def smallest_unsigned(largest: int) -> np.dtype[np.unsignedinteger]:
    """Give the smallest unsigned integer type that holds numbers up to `largest`."""
    return np.min_scalar_type(largest)
