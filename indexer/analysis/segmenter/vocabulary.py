"""The chunks seen so far, and their tokens.

Cutting a chunk and describing its tokens takes microseconds; the second time it is a look-up.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from indexer.analysis.segmenter.growing import GrowingArray
from indexer.analysis.segmenter.syllabify import token_spans

if TYPE_CHECKING:
    from indexer.analysis.segmenter.features import Features

# What a chunk takes at most: an entry in a dictionary and its string, two integers, and for
# each character four bytes in the string and, should each be a token of its own, 13 in arrays
# (which have up to as much again in reserve).
_BYTES_PER_CHUNK: Final = 250
_BYTES_PER_CHARACTER: Final = 4 + 2 * 13

# Tokens that may wait in lists, where one takes ten times as much.
_MOST_WAITING: Final = 1024


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The tokens of the known chunks, laid end to end.

    Attributes:
        first: int32, for each chunk, the place of its first token in what follows.
        count: int32, for each chunk, the number of its tokens.
        starts: int32, for each token, where it starts in its chunk.
        ends: int32, where it ends.
        word: int32, see `Features.describe`.
        shape: uint8, see `Features.describe`.
    """

    first: npt.NDArray[np.int32]
    count: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]
    word: npt.NDArray[np.int32]
    shape: npt.NDArray[np.uint8]


class Vocabulary(dict[str, int]):
    """Maps a chunk to its number; an unknown chunk is cut, described and numbered.

    Several threads may look up at once. Chunks are never forgotten: when `size` has grown
    beyond what is wanted, take a new vocabulary. Numbers mean something only together with
    the columns of the vocabulary that gave them.
    """

    def __init__(self, features: Features) -> None:
        super().__init__()
        self._features = features
        self._lock = threading.Lock()
        # Appending to a list is several times faster than to an array, so chunks wait in
        # lists until there are many, or somebody asks for the columns.
        self._new_chunks: list[int] = []
        self._new_spans: list[tuple[int, int]] = []
        self._new_tokens: list[tuple[int, int]] = []
        self._count = GrowingArray(np.int32)
        self._starts = GrowingArray(np.int32)
        self._ends = GrowingArray(np.int32)
        self._word = GrowingArray(np.int32)
        self._shape = GrowingArray(np.uint8)
        self._first = GrowingArray(np.int32)
        self.size = 0
        """Bytes that the chunks take, estimated from above."""

    def __missing__(self, chunk: str) -> int:
        spans = token_spans(chunk)
        describe = self._features.describe
        tokens = [describe(chunk[start:end]) for start, end in spans]
        with self._lock:
            known = self.get(chunk)
            if known is not None:  # by another thread, meanwhile
                return known
            number = len(self)
            self._new_chunks.append(len(spans))
            self._new_spans += spans
            self._new_tokens += tokens
            if len(self._new_tokens) > _MOST_WAITING:
                self._flush()
            self.size += _BYTES_PER_CHUNK + _BYTES_PER_CHARACTER * len(chunk)
            # Last, so that whoever finds the number finds the columns too.
            self[chunk] = number
            return number

    def columns(self) -> Columns:
        """The tokens of at least the chunks whose numbers this thread has been given."""
        with self._lock:
            if self._new_chunks:
                self._flush()
            return Columns(
                self._first.view(),
                self._count.view(),
                self._starts.view(),
                self._ends.view(),
                self._word.view(),
                self._shape.view(),
            )

    def _flush(self) -> None:
        counts = np.array(self._new_chunks, np.int32)
        spans = np.array(self._new_spans, np.int32).reshape(-1, 2)
        tokens = np.array(self._new_tokens, np.int32).reshape(-1, 2)
        self._first.extend(len(self._starts) + np.cumsum(counts) - counts)
        self._count.extend(counts)
        self._starts.extend(spans[:, 0])
        self._ends.extend(spans[:, 1])
        self._word.extend(tokens[:, 0])
        self._shape.extend(tokens[:, 1])
        self._new_chunks.clear()
        self._new_spans.clear()
        self._new_tokens.clear()
