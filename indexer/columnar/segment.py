"""A segment: a folder of files that are written once and never changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from corpus import Article
from indexer.analysis import AnalyzedBatch
from indexer.columnar.columns import Columns, ColumnsWriter
from indexer.columnar.container import Container
from indexer.columnar.documents import Documents, DocumentsWriter, merge_documents
from indexer.columnar.inversion import RUN_OCCURRENCES, GroupInverter, Occurrences
from indexer.columnar.merging import NumberedSource, SegmentSource, write_group
from indexer.columnar.postings import GROUP_KIND, FieldGroup, Ints
from indexer.columnar.readings import Readings, write_readings
from indexer.columnar.sketches import Sketches, SketchesWriter
from indexer.columnar.suggestions.counting import SuggestionCounter
from indexer.columnar.suggestions.gathering import gather
from indexer.columnar.suggestions.left_out import Source
from indexer.columnar.suggestions.material import Material
from indexer.columnar.suggestions.reading import Suggestions
from indexer.columnar.suggestions.writing import write_suggestions
from indexer.columnar.terms import TermDictionary
from indexer.schema import TEXT_FIELDS

GROUPS = ("text", "words")
"""The field groups: syllables of the text fields, and their compounds."""

_READINGS = {"text": "readings.tb", "words": "word-readings.tb"}

_FIELDS = len(TEXT_FIELDS)


class Segment:
    """Reads a segment.

    Args:
        folder: Its folder.

    Attributes:
        groups: The field groups by name.
        readings: The syllables that a bare form may stand for.
        word_readings: The compounds.
        columns: What is known of each article.
        documents: The stored articles.
        sketches: Samples of shingles, by which reprints are found.
        suggestions: Titles, words and phrases to complete, and pairs of syllables.
        containers: Its files.

    Raises:
        DamagedIndexError: A file is missing or cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        groups = [Container(folder / f"{name}.tb", GROUP_KIND) for name in GROUPS]
        self.groups = dict(zip(GROUPS, map(FieldGroup, groups), strict=True))
        self.readings, self.word_readings = (
            Readings(folder / _READINGS[name], self.groups[name].terms) for name in GROUPS
        )
        self.columns = Columns(folder / "columns.tb")
        self.documents = Documents(folder / "documents.tb")
        self.suggestions = Suggestions(
            folder / "suggestions.tb", self.groups["text"].terms, len(self.columns)
        )
        self.sketches = Sketches(folder / "sketches.tb", len(self.columns))
        others = (
            self.readings,
            self.word_readings,
            self.columns,
            self.documents,
            self.suggestions,
            self.sketches,
        )
        self.containers = [*groups, *(file.container for file in others)]

    def __len__(self) -> int:
        return len(self.columns)

    def article(self, number: int) -> Article:
        """Give an article by its number."""
        return Article.restore(json.loads(self.documents[number].decode()))

    def sizes(self) -> dict[str, int]:
        """Give the bytes of each array, by `file/array`."""
        return {
            f"{container.path.stem}/{name}": size
            for container in self.containers
            for name, size in container.sizes().items()
        }

    def faults(self) -> Iterator[str]:
        """Read everything, and tell what was changed since it was written."""
        for container in self.containers:
            yield from container.faults()


class SegmentWriter:
    """Writes a new segment from analysed articles.

    Args:
        folder: An empty folder; also for scratch files, which are gone at the end.
        run_occurrences: How many occurrences to hold in memory.
    """

    def __init__(self, folder: Path, run_occurrences: int = RUN_OCCURRENCES) -> None:
        self._folder = folder
        self._inverters = {
            name: GroupInverter(_FIELDS, folder, name, run_occurrences) for name in GROUPS
        }
        self._columns = ColumnsWriter()
        self._suggestions = SuggestionCounter()
        self._sketches = SketchesWriter()
        self._documents = DocumentsWriter(folder / "documents.tb")

    def add(self, batch: AnalyzedBatch) -> None:
        """Add articles after those added before."""
        first = len(self._columns)
        numbers = {}
        for name, inverter in self._inverters.items():
            terms = batch.groups[name]
            numbers[name] = inverter.add(
                terms.vocabulary,
                Occurrences(
                    terms.terms, terms.articles + np.int32(first), terms.fields, terms.positions
                ),
            )
        self._suggestions.add(batch, numbers["text"], numbers["words"])
        self._sketches.add(batch, numbers["text"])
        self._columns.add(batch.articles, batch.lengths, batch.field_starts)
        for article in batch.articles:
            document = json.dumps(article.to_dict(), ensure_ascii=False, separators=(",", ":"))
            self._documents.add(document.encode())

    def finish(self) -> None:
        """Complete the segment and bring it to the disk."""
        material = self._suggestions.material(
            self._inverters["text"].numbers, self._inverters["words"].numbers
        )
        for name, inverter in self._inverters.items():
            inverter.write(self._folder / f"{name}.tb", len(self._columns))
        _write_of_terms(self._folder, material)
        self._columns.write(self._folder / "columns.tb")
        self._sketches.write(self._folder / "sketches.tb")
        self._documents.finish()

    def abort(self) -> None:
        """Close the files of an unfinished segment."""
        self._documents.close()


def merge_segments(segments: Sequence[Segment], left_out: Sequence[Ints], folder: Path) -> None:
    """Make one segment of several.

    Args:
        segments: The segments, in the order of their articles.
        left_out: For each of them the numbers of articles to leave out.
        folder: An empty folder for the new segment.
    """
    columns = ColumnsWriter()
    sketches = SketchesWriter()
    new_numbers = []
    sources_of_suggestions = []
    kept_documents = []
    for segment, numbers in zip(segments, left_out, strict=True):
        keeps = np.ones(len(segment), dtype=bool)
        keeps[numbers] = False
        sources_of_suggestions.append(
            Source(
                segment.suggestions,
                segment.groups["text"],
                segment.groups["words"],
                segment.columns.lengths.sum(axis=1),
                keeps,
            )
        )
        kept = np.flatnonzero(keeps)
        mapped = np.full(len(segment), -1, np.int64)
        mapped[kept] = np.arange(len(kept)) + len(columns)
        new_numbers.append(mapped)
        columns.copy(segment.columns, kept)
        sketches.copy(segment.sketches, kept)
        kept_documents.append((segment.documents, kept))
    merge_documents(folder / "documents.tb", kept_documents)
    columns.write(folder / "columns.tb")
    sketches.write(folder / "sketches.tb")
    for name in GROUPS:
        dictionaries = [segment.groups[name].terms for segment in segments]
        terms = sorted({term for dictionary in dictionaries for term in dictionary})
        sources: list[NumberedSource] = []
        for segment, mapped in zip(segments, new_numbers, strict=True):
            group = segment.groups[name]
            ranks = {term: number for number, term in enumerate(group.terms)}
            wanted = np.fromiter((ranks.get(term, -1) for term in terms), np.int64, len(terms))
            sources.append((SegmentSource(group, mapped), wanted))
        write_group(folder / f"{name}.tb", terms, sources, fields=_FIELDS, articles=len(columns))
    _write_of_terms(folder, gather(sources_of_suggestions))


def _write_of_terms(folder: Path, material: Material) -> None:
    """Write the files that name terms by their numbers in the groups, which are complete."""
    for name, file in _READINGS.items():
        terms = list(TermDictionary.load(Container(folder / f"{name}.tb", GROUP_KIND), "terms"))
        write_readings(folder / file, terms)
        if name == "text":
            write_suggestions(folder / "suggestions.tb", material, terms)
