"""The tokens of many texts as arrays, each distinct chunk of text cut only once.

A *chunk* is a run without white space, what `str.split` returns. No token spans two chunks, and
whether tokens are joined is decided within a chunk, so the tokens of a text are those of its
chunks, one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.segmenter.growing import GrowingArray
from indexer.analysis.segmenter.syllabify import chunk_starts
from indexer.analysis.tokenizer import Token, tokenize

CAPITAL = 1
"""A look of a token: it begins with a capital letter."""

ALL_CAPITALS = 2
"""A look of a token: it has several letters, all of them capitals."""

SIGN_BEFORE = 4
"""A look of a token: something other than white space stands between it and the one before."""

SIGN_AFTER = 8
"""A look of a token: something other than white space stands between it and the one after."""

_MOST_CHUNKS = 400_000
"""Chunks to remember; some 150 MB with all that belongs to them."""


@dataclass(frozen=True, slots=True)
class TokenBatch:
    """The tokens of several texts, laid end to end.

    Attributes:
        terms: Number of the normal form of each token.
        starts: Where it begins in its text.
        ends: Where it ends.
        joined: Whether it continues the name or number of the token before it.
        looks: How it was written: the looks above, added up.
        bounds: The tokens of text `i` are those from `bounds[i]` to `bounds[i + 1]`.
    """

    terms: NDArray[np.int32]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    joined: NDArray[np.bool_]
    looks: NDArray[np.uint8]
    bounds: NDArray[np.int64]


class ChunkTokens:
    """Cuts texts into tokens, and remembers the chunks that it has seen.

    Numbers of terms are valid until the next call of `cut`. Not to be shared by threads.
    """

    def __init__(self) -> None:
        self._forget()

    def term(self, number: int) -> str:
        """Give a normal form by its number."""
        return self._terms[number]

    def cut(self, texts: Sequence[str]) -> TokenBatch:
        """Cut texts into tokens."""
        if len(self._chunks) > _MOST_CHUNKS:
            self._forget()
        whole = " ".join([*texts, ""])
        codes = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), "<u4")
        chunks = whole.split()
        known = self._chunks
        numbers = np.fromiter(
            (known[chunk] if chunk in known else self._learn(chunk) for chunk in chunks),
            np.int64,
            len(chunks),
        )
        counts = self._count.view()[numbers].astype(np.int64)
        ends = np.cumsum(counts)
        total = int(ends[-1]) if len(ends) else 0
        tokens = np.repeat(self._first.view()[numbers] - (ends - counts), counts)
        tokens += np.arange(total)
        places = np.repeat(chunk_starts(codes), counts)
        starts = places + self._start.view()[tokens]
        looks = self._look.view()[tokens]
        # A chunk of signs alone stands between the tokens before and after it.
        after_signs = (ends - counts)[counts == 0]
        looks[after_signs[after_signs < total]] |= SIGN_BEFORE
        lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
        text_starts = np.cumsum(lengths) - lengths
        bounds = np.append(np.searchsorted(starts, text_starts), total)
        shifts = np.repeat(text_starts, np.diff(bounds))
        return TokenBatch(
            self._term.view()[tokens],
            starts - shifts,
            places + self._end.view()[tokens] - shifts,
            self._joined.view()[tokens].astype(np.bool_),
            looks,
            bounds,
        )

    def _learn(self, chunk: str) -> int:
        number = len(self._first)
        tokens = list(tokenize(chunk))
        numbers = self._numbers
        for token in tokens:
            if token.text not in numbers:
                numbers[token.text] = len(self._terms)
                self._terms.append(token.text)
        self._first.extend(np.array([len(self._term)]))
        self._count.extend(np.array([len(tokens)]))
        self._term.extend(np.array([numbers[token.text] for token in tokens], np.int32))
        self._start.extend(np.array([token.start for token in tokens], np.int32))
        self._end.extend(np.array([token.end for token in tokens], np.int32))
        self._joined.extend(np.array([token.joined for token in tokens], np.uint8))
        self._look.extend(np.array(_looks(chunk, tokens), np.uint8))
        self._chunks[chunk] = number
        return number

    def _forget(self) -> None:
        self._chunks: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._terms: list[str] = []
        self._first = GrowingArray(np.int32)
        self._count = GrowingArray(np.int32)
        self._term = GrowingArray(np.int32)
        self._start = GrowingArray(np.int32)
        self._end = GrowingArray(np.int32)
        self._joined = GrowingArray(np.uint8)
        self._look = GrowingArray(np.uint8)


def _looks(chunk: str, tokens: Sequence[Token]) -> list[int]:
    """Give the look of each token of a chunk."""
    looks: list[int] = []
    end = 0
    for token in tokens:
        written = chunk[token.start : token.end]
        look = CAPITAL if written[0].isupper() else 0
        look |= ALL_CAPITALS if len(written) > 1 and written.isupper() else 0
        if token.start > end:
            look |= SIGN_BEFORE
            if looks:
                looks[-1] |= SIGN_AFTER
        looks.append(look)
        end = token.end
    if looks and end < len(chunk):
        looks[-1] |= SIGN_AFTER
    return looks
