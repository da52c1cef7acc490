"""The tokens of many texts as arrays, each distinct chunk of text cut only once.

A *chunk* is a run without white space, what `str.split` returns. No token spans two chunks, and
whether tokens are joined is decided within a chunk, so the tokens of a text are those of its
chunks, one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.segmenter import ChunkedTexts
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

_MOST_WAITING = 4096
"""Tokens that wait in lists, where one takes ten times as much."""


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

    Numbers of terms and chunks are valid until texts are cut the next time. Not to be shared by
    threads.
    """

    def __init__(self) -> None:
        self._known = _Chunks()

    def term(self, number: int) -> str:
        """Give a normal form by its number."""
        return self._known.terms[number]

    def forms(self, terms: NDArray[np.int32]) -> tuple[list[str], NDArray[np.int64]]:
        """Give the distinct normal forms of some terms, and for each term the place of its form.

        Args:
            terms: Numbers of normal forms.
        """
        # All forms known so far are numbered without gaps, so that there is nothing to sort.
        used = np.flatnonzero(np.bincount(terms))
        places = np.zeros(int(used[-1]) + 1 if len(used) else 0, np.int64)
        places[used] = np.arange(len(used))
        return [self._known.terms[number] for number in used.tolist()], places[terms]

    def cut(self, texts: Sequence[str]) -> TokenBatch:
        """Cut texts into tokens."""
        return self.tokens(self.chunked(texts))

    def chunked(self, texts: Sequence[str]) -> ChunkedTexts:
        """Cut texts into chunks."""
        if len(self._known) > _MOST_CHUNKS:
            self._known = _Chunks()
        whole = " ".join([*texts, ""])
        codes = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), "<u4")
        chunks = whole.split()
        numbers = np.fromiter(map(self._known.__getitem__, chunks), np.int64, len(chunks))
        return ChunkedTexts(texts, whole, codes, chunk_starts(codes), numbers, self._known.chunks)

    def tokens(self, chunked: ChunkedTexts) -> TokenBatch:
        """Cut the chunks of texts into tokens."""
        texts, numbers = chunked.texts, chunked.numbers
        columns = self._known.columns()
        counts = columns.size[numbers].astype(np.int64)
        ends = np.cumsum(counts)
        total = int(ends[-1]) if len(ends) else 0
        tokens = np.repeat(columns.first[numbers] - (ends - counts), counts)
        tokens += np.arange(total)
        places = np.repeat(chunked.places, counts)
        starts = places + columns.start[tokens]
        looks = columns.look[tokens]
        # A chunk of signs alone stands between the tokens before and after it.
        after_signs = (ends - counts)[counts == 0]
        looks[after_signs[after_signs < total]] |= SIGN_BEFORE
        lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
        text_starts = np.cumsum(lengths) - lengths
        bounds = np.append(np.searchsorted(starts, text_starts), total)
        shifts = np.repeat(text_starts, np.diff(bounds))
        return TokenBatch(
            columns.term[tokens],
            starts - shifts,
            places + columns.end[tokens] - shifts,
            columns.joined[tokens].astype(np.bool_),
            looks,
            bounds,
        )


class _Columns(NamedTuple):
    """The tokens of the known chunks, laid end to end.

    Attributes:
        first: For each chunk, the place of its first token in what follows.
        size: For each chunk, how many tokens it has.
        term: For each token, the number of its normal form.
        start: Where it begins in its chunk.
        end: Where it ends.
        joined: 1 where it continues the name or number of the token before it.
        look: How it was written.
    """

    first: NDArray[np.int32]
    size: NDArray[np.int32]
    term: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    joined: NDArray[np.uint8]
    look: NDArray[np.uint8]


class _Chunks(dict[str, int]):
    """Maps a chunk to its number; an unknown chunk is cut and numbered.

    Attributes:
        chunks: The chunks by their numbers.
        terms: Normal forms by their numbers.
    """

    def __init__(self) -> None:
        super().__init__()
        self.chunks: list[str] = []
        self.terms: list[str] = []
        self._numbers: dict[str, int] = {}
        # Appending to a list is several times faster than to an array, so chunks wait in lists
        # until somebody asks for the columns.
        self._new_counts: list[int] = []
        self._new_tokens: list[tuple[int, int, int, bool, int]] = []
        self._columns: tuple[GrowingArray[Any], ...] = tuple(
            GrowingArray(np.uint8 if name in ("joined", "look") else np.int32)
            for name in _Columns._fields
        )

    def __missing__(self, chunk: str) -> int:
        tokens = list(tokenize(chunk))
        terms = self._numbers
        for token in tokens:
            if token.text not in terms:
                terms[token.text] = len(self.terms)
                self.terms.append(token.text)
        self._new_counts.append(len(tokens))
        self._new_tokens += [
            (terms[text], start, end, joined, look)
            for (text, start, end, joined), look in zip(tokens, _looks(chunk, tokens), strict=True)
        ]
        if len(self._new_tokens) > _MOST_WAITING:
            self._flush()
        number = self[chunk] = len(self)
        self.chunks.append(chunk)
        return number

    def columns(self) -> _Columns:
        """Give the tokens of all chunks so far."""
        self._flush()
        return _Columns(*(column.view() for column in self._columns))

    def _flush(self) -> None:
        counts = np.array(self._new_counts, np.int32)
        tokens = np.array(self._new_tokens, np.int32).reshape(-1, 5)
        before = len(self._columns[2])
        firsts = before + np.cumsum(counts) - counts
        for column, values in zip(self._columns, (firsts, counts, *tokens.T), strict=True):
            column.extend(values)
        self._new_counts.clear()
        self._new_tokens.clear()


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
