"""The readings of a bare form: which terms of a segment look the same without marks.

Each group has a file of them: `readings.tb` those of syllables, `word-readings.tb` of compounds.

Arrays, with B bare forms and T terms of the group:

| array | items | what |
|---|---|---|
| `bare.bytes`, `bare.ends` | B | the bare forms, a term dictionary |
| `reading_ends` | B | where in `readings` those of a bare form end |
| `readings` | T | numbers of terms; ascending within a bare form |
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indexer.analysis import bare_form
from indexer.columnar.container import Container
from indexer.columnar.container_writer import ContainerWriter
from indexer.columnar.patterns import Pattern
from indexer.columnar.postings import Ints, list_ranges, ragged
from indexer.columnar.terms import TermDictionary, smallest_unsigned, write_terms

_KIND = "readings of bare forms"


class Readings:
    """Finds the terms that a bare form may stand for.

    Args:
        path: The file.
        terms: The terms of the group.
    """

    def __init__(self, path: Path, terms: TermDictionary) -> None:
        self.container = Container(path, _KIND)
        self._bare = TermDictionary.load(self.container, "bare")
        self.container.same_length("bare.ends", "reading_ends")
        self._readings = self.container.codes("readings", len(terms))
        self._ends = self.container.ends("reading_ends", len(self._readings))

    def numbers(self, bare: bytes) -> Ints:
        """Give the numbers of all terms that read like a bare form, ascending."""
        number = self._bare.number(bare)
        if number is None:
            return np.empty(0, np.int64)
        return self._of(np.array([number]))

    def matching(self, pattern: Pattern) -> Ints:
        """Give the numbers of all terms whose bare form a pattern matches, ascending."""
        return np.sort(self._of(pattern.among(self._bare)))

    def _of(self, bare_forms: Ints) -> Ints:
        starts, counts = list_ranges(self._ends, bare_forms)
        numbers: Ints = self._readings[ragged(starts, counts)].astype(np.int64)
        return numbers


def write_readings(path: Path, terms: Sequence[bytes]) -> None:
    """Write the readings of a segment.

    Args:
        path: A file that does not exist yet.
        terms: The terms of the group, sorted.
    """
    bare = [bare_form(term.decode()).encode() for term in terms]
    readings = np.array(sorted(range(len(bare)), key=bare.__getitem__), np.int64)
    distinct: list[bytes] = []
    firsts = []
    for place, number in enumerate(readings.tolist()):
        if not distinct or bare[number] != distinct[-1]:
            distinct.append(bare[number])
            firsts.append(place)
    ends = np.append(np.array(firsts[1:], np.int64), [len(bare)] * bool(bare))
    with ContainerWriter(path, _KIND) as writer:
        write_terms(writer, "bare", distinct)
        writer.add("reading_ends", ends.astype(smallest_unsigned(len(terms))))
        writer.add("readings", readings.astype(smallest_unsigned(max(0, len(terms) - 1))))
        writer.finish({})
