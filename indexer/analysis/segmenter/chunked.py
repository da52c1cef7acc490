"""Texts that somebody has cut into chunks, so that they need not be cut again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from indexer.analysis.segmenter.vocabulary import Vocabulary


class ChunkedTexts(NamedTuple):
    """Texts, laid end to end with a space after each, and their chunks.

    Attributes:
        texts: The texts.
        whole: The text that they make up.
        codes: uint32, its code points.
        places: int64, where each chunk starts in it.
        numbers: int64, the number of each chunk.
        chunks: The chunks that are known, by their numbers.
    """

    texts: Sequence[str]
    whole: str
    codes: npt.NDArray[np.uint32]
    places: npt.NDArray[np.int64]
    numbers: npt.NDArray[np.int64]
    chunks: Sequence[str]


class Translation:
    """Tells which number a vocabulary has for chunks that somebody else has numbered.

    Not to be shared by threads.

    Args:
        vocabulary: The vocabulary; it learns what it is asked for.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._numbers = np.full(1024, -1, np.int64)

    def renew(self, vocabulary: Vocabulary) -> None:
        """Go on with another vocabulary."""
        self.vocabulary = vocabulary
        self._numbers[:] = -1

    def of(self, texts: ChunkedTexts) -> npt.NDArray[np.int64]:
        """Give the vocabulary's number of each chunk of some texts."""
        known = len(self._numbers)
        if known < len(texts.chunks):
            more = np.full(len(texts.chunks), -1, np.int64)
            self._numbers = np.concatenate([self._numbers, more])
        found = self._numbers[texts.numbers]
        new = found < 0
        if new.any():
            for number in np.unique(texts.numbers[new]).tolist():
                self._numbers[number] = self.vocabulary[texts.chunks[number]]
            found = self._numbers[texts.numbers]
        return found
