"""What segmentation returns: arrays of offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """The tokens of one text and how they make up words.

    All arrays have one entry for each token, in the order of the text. Offsets count code
    points of the original string, as it was before normalisation, so that
    ``text[starts[i]:ends[i]]`` is the token as it was written. They never decrease. Tokens
    do not overlap, but for those that come from one combining sequence which normalisation
    changed: these share the span of that sequence.

    Attributes:
        starts: int32, where the token starts.
        ends: int32, where it ends (exclusive).
        joined: bool, whether the token belongs to the same word as the one before it. False
            for the first token.
    """

    starts: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]
    joined: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Yield the start and end of each token."""
        return zip(self.starts.tolist(), self.ends.tolist(), strict=True)

    @property
    def word_ids(self) -> npt.NDArray[np.int32]:
        """For each token, the number of its word in the text, from 0; int32."""
        return np.cumsum(~self.joined, dtype=np.int32) - np.int32(1)

    @property
    def word_starts(self) -> npt.NDArray[np.int32]:
        """Where each word starts; int32, one for each word."""
        return self.starts[~self.joined]

    @property
    def word_ends(self) -> npt.NDArray[np.int32]:
        """Where each word ends (exclusive); int32, one for each word."""
        return self.ends[np.append(~self.joined[1:], True)] if len(self) else self.ends

    def words(self) -> Iterator[tuple[int, int]]:
        """Yield the start and end of each word."""
        return zip(self.word_starts.tolist(), self.word_ends.tolist(), strict=True)


@dataclass(frozen=True, slots=True, eq=False)
class SpanBatch(Sequence[Spans]):
    """The tokens of several texts, laid end to end.

    A sequence with one `Spans` for each text; taking one costs a few views, no copy.

    Attributes:
        starts: int32, where each token starts, counted from the start of its own text.
        ends: int32, where it ends.
        joined: bool, whether it belongs to the same word as the token before it. False for
            the first token of each text.
        bounds: int64, one more than there are texts: the tokens of text ``i`` are those from
            ``bounds[i]`` to ``bounds[i + 1]``.
    """

    starts: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]
    joined: npt.NDArray[np.bool_]
    bounds: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.bounds) - 1

    @overload
    def __getitem__(self, index: int) -> Spans: ...

    @overload
    def __getitem__(self, index: slice) -> SpanBatch: ...

    def __getitem__(self, index: int | slice) -> Spans | SpanBatch:
        """Spans of one text, or of a run of texts (a slice whose step is 1)."""
        if isinstance(index, slice):
            first, last, step = index.indices(len(self))
            if step != 1:
                raise ValueError("a batch of spans can be sliced only with step 1")
            last = max(first, last)
            low, high = self.bounds[first], self.bounds[last]
            return SpanBatch(
                self.starts[low:high],
                self.ends[low:high],
                self.joined[low:high],
                self.bounds[first : last + 1] - low,
            )
        position = range(len(self))[index]
        low, high = self.bounds[position], self.bounds[position + 1]
        return Spans(self.starts[low:high], self.ends[low:high], self.joined[low:high])

    @classmethod
    def concatenate(cls, batches: Sequence[SpanBatch]) -> SpanBatch:
        """Lay batches end to end, in order."""
        if len(batches) == 1:
            return batches[0]
        bounds = [np.zeros(1, np.int64)]
        for batch in batches:
            bounds.append(batch.bounds[1:] + bounds[-1][-1])
        return cls(
            np.concatenate([np.empty(0, np.int32), *(batch.starts for batch in batches)]),
            np.concatenate([np.empty(0, np.int32), *(batch.ends for batch in batches)]),
            np.concatenate([np.empty(0, np.bool_), *(batch.joined for batch in batches)]),
            np.concatenate(bounds),
        )
