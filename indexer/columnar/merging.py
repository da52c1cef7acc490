"""Writing the file of a field group from postings that lie in several places.

The places are the runs of a build, or the segments that a merge makes one of. Their articles
follow each other: postings of a term are concatenated, never interleaved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.container import Array
from indexer.columnar.container_writer import ContainerWriter
from indexer.columnar.matching import Bools
from indexer.columnar.postings import (
    GROUP_KIND,
    FieldGroup,
    Ints,
    counts_of,
    list_ranges,
    pack,
    ragged,
    unpack,
)
from indexer.columnar.terms import smallest_unsigned, write_terms
from indexer.errors import DamagedIndexError

_POSTINGS_AT_A_TIME = 2_000_000
_WIDE = 1 << 16


class TakenPostings(NamedTuple):
    """Postings of some terms, sorted by term.

    Attributes:
        terms: For each posting, which of the terms asked for it belongs to; ascending.
        articles: Its article, by the number that it will have; ascending within a term.
        frequencies: How often in each field, packed.
        counts: How many occurrences it has.
        positions: Positions of all occurrences, posting after posting.
    """

    terms: Array
    articles: Array
    frequencies: Array
    counts: Ints
    positions: Array


class PostingSource(Protocol):
    """A place where postings lie. Its terms have numbers of its own."""

    distinct_frequencies: Array
    """All packed frequencies that occur, each once."""

    term_count: int
    """How many terms it knows; it has no postings of those with greater numbers."""

    def posting_counts(self) -> Ints:
        """Give about how many postings each term has, by term number."""

    def take(self, terms: Ints) -> TakenPostings:
        """Give the postings of some terms, in the order in which the terms are named."""

    def release(self) -> None:
        """Give back the memory of what was taken."""


class SegmentSource(PostingSource):
    """The field group of a segment, as something to merge from.

    Args:
        group: The group.
        new_numbers: By article number, the number that the article will have, or -1 where it
            is left out; ascending but for those.
    """

    def __init__(self, group: FieldGroup, new_numbers: Ints) -> None:
        self._group = group
        self._new_numbers = new_numbers
        self._packed = pack(group.frequencies)
        self.distinct_frequencies = self._packed
        self.term_count = len(group.posting_ends)

    def posting_counts(self) -> Ints:
        """Give the number of postings of each term, those of articles left out included."""
        return counts_of(self._group.posting_ends)

    def take(self, terms: Ints) -> TakenPostings:
        """Give the postings of some terms in the articles that are kept."""
        group = self._group
        first_postings, posting_counts = list_ranges(group.posting_ends, terms)
        postings = ragged(first_postings, posting_counts)
        codes = group.codes[postings]
        counts = group.totals[codes]
        first_positions, position_counts = list_ranges(group.position_ends, terms)
        if int(counts.sum()) != int(position_counts.sum()):
            raise DamagedIndexError("the frequencies of words do not add up to their occurrences")
        owners = np.repeat(np.arange(len(terms)), posting_counts)
        articles = self._new_numbers[group.articles[postings]]
        # Occurrences of a term lie together, so those of a posting begin after the ones before.
        before = np.cumsum(counts) - counts
        first_of_term = np.cumsum(posting_counts) - posting_counts
        has_any = posting_counts > 0
        base = np.zeros(len(terms), np.int64)
        base[has_any] = before[first_of_term[has_any]]
        starts = before - base[owners] + first_positions[owners]
        kept = articles >= 0
        return TakenPostings(
            owners[kept],
            articles[kept],
            self._packed[codes[kept]],
            counts[kept],
            group.positions_at(ragged(starts[kept], counts[kept])),
        )

    def release(self) -> None:
        """Give back the memory of what was taken."""
        self._group.container.release()


NumberedSource = tuple[PostingSource, NDArray[np.signedinteger]]
"""A source, and the number that it gives to each of some terms; -1 where it has none of it."""


def write_group(
    path: Path,
    terms: Sequence[bytes],
    sources: Sequence[NumberedSource],
    *,
    fields: int,
    articles: int,
) -> None:
    """Write the file of a field group.

    Terms without any posting are left out.

    Args:
        path: A file that does not exist yet.
        terms: The terms, sorted.
        sources: Where the postings lie, in the order of their articles, with their numbers of
            `terms`.
        fields: How many fields the group has.
        articles: How many articles the segment has.
    """
    article_type = smallest_unsigned(max(0, articles - 1))
    table = np.unique(np.concatenate([source.distinct_frequencies for source, _ in sources]))
    code_type = smallest_unsigned(max(0, len(table) - 1))
    term_postings = np.zeros(len(terms), np.int64)
    term_positions = np.zeros(len(terms), np.int64)
    wide: list[Ints] = []
    wide_upper: list[Array] = []
    written = 0
    # One array is written after the other, so what cannot be held goes through scratch files.
    with (
        _Scratch(path, "articles", article_type) as holders,
        _Scratch(path, "codes", code_type) as codes,
        _Scratch(path, "positions", np.dtype("u2")) as positions,
    ):
        for first, taken in _in_pieces(len(terms), sources):
            last = int(taken.terms[-1]) + 1 if len(taken.terms) else 0
            here = slice(first, first + last)
            term_postings[here] += np.bincount(taken.terms, minlength=last)
            term_positions[here] += np.bincount(
                taken.terms, weights=taken.counts, minlength=last
            ).astype(np.int64)
            holders.append(taken.articles)
            codes.append(np.searchsorted(table, taken.frequencies))
            positions.append(taken.positions.astype(np.int64) & (_WIDE - 1))
            is_wide = np.flatnonzero(taken.positions >= _WIDE)
            wide.append(is_wide + written)
            wide_upper.append(taken.positions[is_wide] >> 16)
            written += len(taken.positions)
        kept = np.flatnonzero(term_postings)
        with ContainerWriter(path, GROUP_KIND) as writer:
            write_terms(writer, "terms", [terms[number] for number in kept.tolist()])
            for name, counts in ("posting_ends", term_postings), ("position_ends", term_positions):
                ends = np.cumsum(counts[kept])
                writer.add(name, ends.astype(smallest_unsigned(int(ends[-1]) if len(ends) else 0)))
            writer.add("frequencies", unpack(table, fields).astype(np.uint16).ravel())
            for scratch in holders, codes, positions:
                scratch.copy_to(writer)
            writer.add("wide", np.concatenate([*wide, np.empty(0)]).astype(np.uint64))
            writer.add("wide_upper", np.concatenate([*wide_upper, np.empty(0)]).astype(np.uint16))
            writer.finish({"fields": fields})


def _in_pieces(
    term_count: int, sources: Sequence[NumberedSource]
) -> Iterator[tuple[int, TakenPostings]]:
    """Give the postings of all terms, of a range of terms at a time.

    Yields:
        The first term of the range, and the postings, whose `terms` count from it.
    """
    sizes = np.zeros(term_count, np.int64)
    for source, numbers in sources:
        known = _known(source, numbers)
        sizes[known] += source.posting_counts()[numbers[known]]
    pieces = np.cumsum(sizes) // _POSTINGS_AT_A_TIME
    firsts = np.flatnonzero(np.diff(pieces, prepend=-1))
    for first, last in pairwise([*firsts.tolist(), term_count]):
        taken = []
        for source, numbers in sources:
            places = np.flatnonzero(_known(source, numbers[first:last]))
            part = source.take(numbers[first:last][places].astype(np.int64))
            taken.append(part._replace(terms=places[part.terms]))
        yield first, _concatenated(taken)
        for source, _ in sources:
            source.release()


def _known(source: PostingSource, numbers: NDArray[np.signedinteger]) -> Bools:
    known: Bools = (numbers >= 0) & (numbers < source.term_count)
    return known


def _concatenated(parts: Sequence[TakenPostings]) -> TakenPostings:
    if len(parts) == 1:
        return parts[0]
    terms, articles, frequencies, counts, positions = map(np.concatenate, zip(*parts, strict=True))
    # Stable: the postings of a term keep the order of the sources.
    order = np.argsort(terms, kind="stable")
    starts = np.cumsum(counts) - counts
    positions = positions[ragged(starts[order], counts[order])]
    return TakenPostings(
        terms[order], articles[order], frequencies[order], counts[order], positions
    )


class _Scratch:
    """An array that grows in a file beside the one that it will be copied to."""

    def __init__(self, path: Path, name: str, dtype: np.dtype[np.unsignedinteger]) -> None:
        self._name = name
        self._dtype = dtype
        self._path = path.with_name(f"{path.name}.{name}.scratch")
        self._file = self._path.open("w+b")

    def append(self, array: Array) -> None:
        self._file.write(np.ascontiguousarray(array, self._dtype).data)

    def copy_to(self, writer: ContainerWriter) -> None:
        self._file.seek(0)
        with writer.sink(self._name, self._dtype) as sink:
            while data := self._file.read(1 << 24):
                sink.append(np.frombuffer(data, self._dtype))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._path.unlink()
