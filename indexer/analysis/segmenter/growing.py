"""An array that grows at its end while others read it."""

from __future__ import annotations

from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

Scalar = TypeVar("Scalar", bound=np.generic)


class GrowingArray(Generic[Scalar]):
    """A one-dimensional array with amortised appending.

    What `view` returned stays valid and unchanged: elements are never written again, and
    when the space is used up they are copied into a larger one. Appending must be guarded by
    the caller.
    """

    def __init__(self, dtype: type[Scalar]) -> None:
        self._space: npt.NDArray[Scalar] = np.empty(1024, dtype)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def extend(self, values: npt.NDArray[np.integer]) -> None:
        """Append values."""
        length = self._length + len(values)
        if length > len(self._space):
            space = np.empty(max(length, 2 * len(self._space)), self._space.dtype)
            space[: self._length] = self._space[: self._length]
            self._space = space
        self._space[self._length : length] = values
        self._length = length

    def view(self) -> npt.NDArray[Scalar]:
        """All elements so far."""
        return self._space[: self._length]
