"""From occurrences to postings, sorted by term, in bounded memory.

Occurrences come in as integer arrays in the order of the articles. They are sorted by term when
enough of them are held, and the sorted *run* is spilled to a scratch file. At the end all runs are
merged into the file of the group (see `merging`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.container import Array, Container
from indexer.columnar.container_writer import ContainerWriter
from indexer.columnar.merging import PostingSource, TakenPostings, write_group
from indexer.columnar.postings import Ints, counts_of, list_ranges, ragged

_RUN_KIND = "run of postings"

RUN_OCCURRENCES = 6_000_000
"""Occurrences held before they are sorted and spilled; sorting takes some 100 bytes for each."""

_MOST_FIELDS = 4
_FREQUENCY_BITS = 16
_MOST = (1 << _FREQUENCY_BITS) - 1
_ARRIVAL_BITS = 36
_ARRIVAL = (1 << _ARRIVAL_BITS) - 1


class Occurrences(NamedTuple):
    """Occurrences of terms, one item of each array for each of them.

    Attributes:
        terms: Number of the term.
        articles: Number of the article; ascending.
        fields: Number of the field in its group; ascending within an article.
        positions: Position; ascending within an article.
    """

    terms: Array
    articles: Array
    fields: Array
    positions: Array


class Run(NamedTuple):
    """Postings sorted by term.

    Attributes:
        posting_ends: By term number, where its postings end.
        position_ends: By term number, where its occurrences end.
        articles: Article of each posting; ascending within a term.
        frequencies: How often in each field, 16 bits for each.
        counts: How many occurrences each posting has.
        positions: Positions of all occurrences, posting after posting.
    """

    posting_ends: Array
    position_ends: Array
    articles: Array
    frequencies: Array
    counts: Array
    positions: Array


class _Numbers(dict[str, int]):
    """Numbers terms from 0, in the order in which they are asked for."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


class GroupInverter:
    """Collects the occurrences of one field group, and writes its file.

    Args:
        fields: How many fields the group has, at most 4.
        scratch: Folder for runs that do not fit into memory.
        name: Name of the group; begins the names of its scratch files.
        run_occurrences: How many occurrences to hold in memory.
    """

    def __init__(
        self, fields: int, scratch: Path, name: str, run_occurrences: int = RUN_OCCURRENCES
    ) -> None:
        self._fields = fields
        self._scratch = scratch
        self._name = name
        self._capacity = run_occurrences
        self._numbers = _Numbers()
        self._held: list[Occurrences] = []
        self._held_count = 0
        self._spilled: list[Path] = []

    def add(self, vocabulary: Sequence[str], occurrences: Occurrences) -> NDArray[np.int32]:
        """Add the occurrences of articles that come after those added before.

        Args:
            vocabulary: Distinct terms.
            occurrences: Their occurrences; a term number is an index into `vocabulary`.

        Returns:
            The number that each term of the vocabulary has in this inverter, counted from 0 in
            the order in which terms come up.
        """
        mapped = np.fromiter(map(self._numbers.__getitem__, vocabulary), np.int32, len(vocabulary))
        self._held.append(occurrences._replace(terms=mapped[occurrences.terms]))
        self._held_count += len(occurrences.terms)
        if self._held_count >= self._capacity:
            self._spill()
        return mapped

    @property
    def numbers(self) -> Mapping[str, int]:
        """The number of each term, ascending from 0; empty after `write`."""
        return self._numbers

    def write(self, path: Path, articles: int) -> None:
        """Write the file of the group. Nothing can be added afterwards.

        Args:
            path: A file that does not exist yet.
            articles: How many articles were added.
        """
        runs: list[tuple[Run, Container | None]] = [_load_run(path) for path in self._spilled]
        if self._held or not runs:
            runs.append((self._run(), None))
        # In the order of code points, which is that of the bytes of UTF-8.
        forms = sorted(self._numbers)
        wanted = np.fromiter(map(self._numbers.__getitem__, forms), np.int32, len(forms))
        self._numbers.clear()
        terms = [form.encode() for form in forms]
        del forms
        sources: list[tuple[PostingSource, NDArray[np.int32]]] = [
            (_RunSource(run, file), wanted) for run, file in runs
        ]
        write_group(path, terms, sources, fields=self._fields, articles=articles)
        for spilled in self._spilled:
            spilled.unlink()

    def _run(self) -> Run:
        empty = np.empty(0, np.int32)
        held = self._held or [Occurrences(empty, empty, empty, empty)]
        occurrences = Occurrences(*map(np.concatenate, zip(*held, strict=True)))
        self._held = []
        self._held_count = 0
        return invert(occurrences, len(self._numbers))

    def _spill(self) -> None:
        path = self._scratch / f"{self._name}-{len(self._spilled)}.run"
        with ContainerWriter(path, _RUN_KIND) as writer:
            for name, array in self._run()._asdict().items():
                writer.add(name, array)
            writer.finish({})
        self._spilled.append(path)


def invert(occurrences: Occurrences, term_count: int) -> Run:
    """Sort occurrences by term, and gather those of a term in one article into a posting.

    Args:
        occurrences: The occurrences.
        term_count: How many term numbers there are.
    """
    order, terms, starts = _sorted_by_term(occurrences)
    counts = np.diff(starts, append=len(order))
    if int(counts.max(initial=0)) > _MOST:
        bounded = _bounded(occurrences, order, terms)
        if len(bounded.terms) < len(order):
            return invert(bounded, term_count)
    ones = np.uint64(1) << (np.arange(_MOST_FIELDS) * _FREQUENCY_BITS).astype(np.uint64)
    in_fields = ones[occurrences.fields[order]]
    frequencies = np.add.reduceat(in_fields, starts) if len(starts) else in_fields
    return Run(
        np.cumsum(np.bincount(terms[starts], minlength=term_count)),
        np.cumsum(np.bincount(terms, minlength=term_count)),
        occurrences.articles[order[starts]].astype(np.uint32),
        frequencies,
        counts.astype(np.uint32),
        occurrences.positions[order].astype(np.uint32),
    )


def _sorted_by_term(occurrences: Occurrences) -> tuple[Ints, Ints, Ints]:
    """Give the order by term, the term of each place in it, and where postings begin in it."""
    # Sorting one array of (term, arrival) is much faster than a stable argsort, and as stable.
    key = occurrences.terms.astype(np.int64) << _ARRIVAL_BITS
    key |= np.arange(len(key))
    key.sort()
    order = key & _ARRIVAL
    terms = key >> _ARRIVAL_BITS
    articles = occurrences.articles[order]
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = (terms[1:] != terms[:-1]) | (articles[1:] != articles[:-1])
    return order, terms, np.flatnonzero(begins)


def _bounded(occurrences: Occurrences, order: Ints, terms: Ints) -> Occurrences:
    """Leave out what a term has beyond 65,535 occurrences in one field of an article.

    No text has so many, and no score would change with them.
    """
    articles, fields = occurrences.articles[order], occurrences.fields[order]
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = (
        (terms[1:] != terms[:-1]) | (articles[1:] != articles[:-1]) | (fields[1:] != fields[:-1])
    )
    starts = np.flatnonzero(begins)
    ranks = np.arange(len(order)) - np.repeat(starts, np.diff(starts, append=len(order)))
    kept = np.sort(order[ranks < _MOST])
    return Occurrences(*(array[kept] for array in occurrences))


class _RunSource(PostingSource):
    """A run, as something to merge from."""

    def __init__(self, run: Run, container: Container | None) -> None:
        self._run = run
        self._container = container
        # A term that a run does not know came up after it.
        self.term_count = len(run.posting_ends)
        self.distinct_frequencies = np.unique(run.frequencies)

    def posting_counts(self) -> Ints:
        """Give the number of postings of each term."""
        return counts_of(self._run.posting_ends)

    def take(self, terms: Ints) -> TakenPostings:
        """Give the postings of some terms."""
        run = self._run
        first_postings, posting_counts = list_ranges(run.posting_ends, terms)
        postings = ragged(first_postings, posting_counts)
        return TakenPostings(
            np.repeat(np.arange(len(terms)), posting_counts),
            run.articles[postings],
            run.frequencies[postings],
            run.counts[postings].astype(np.int64),
            run.positions[ragged(*list_ranges(run.position_ends, terms))],
        )

    def release(self) -> None:
        """Give back the memory of what was taken from a file."""
        if self._container is not None:
            self._container.release()


def _load_run(path: Path) -> tuple[Run, Container]:
    container = Container(path, _RUN_KIND)
    return Run(*(container[name] for name in Run._fields)), container
