"""A sample of the shingles of each article, by which its reprints are found.

Arrays, with N articles:

| array | items | what |
|---|---|---|
| `samples` | all samples of all articles | lower 32 bits of the hash of a shingle |
| `ends` | N | where the samples of an article end |
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import AnalyzedBatch
from indexer.analysis.segmenter.growing import GrowingArray
from indexer.columnar.container import Array, Container
from indexer.columnar.container_writer import ContainerWriter
from indexer.columnar.postings import Ints, list_ranges, ragged
from indexer.columnar.terms import smallest_unsigned
from indexer.errors import DamagedIndexError
from indexer.reprints.sampling import COMPARED_FIELDS, sample
from indexer.reprints.shingles import syllable_hashes

_KIND = "samples of shingles"


class SketchesWriter:
    """Collects the samples of a new segment."""

    def __init__(self) -> None:
        self._hashes = GrowingArray(np.uint64)
        self._samples: list[NDArray[np.uint32]] = []
        self._counts: list[Ints] = []

    def add(self, batch: AnalyzedBatch, syllables: Array) -> None:
        """Sample articles that come after those added before.

        Args:
            batch: The articles.
            syllables: The number that each term of the batch's group `text` has for good; new
                ones count on from the ones before.
        """
        text = batch.groups["text"]
        new = np.flatnonzero(syllables >= len(self._hashes))
        self._hashes.extend(syllable_hashes([text.vocabulary[place] for place in new.tolist()]))
        compared = np.isin(text.fields, COMPARED_FIELDS)
        hashes = self._hashes.view()[syllables[text.terms[compared]]]
        samples, counts = sample(hashes, text.articles[compared], len(batch.articles))
        self._samples.append(samples)
        self._counts.append(counts)

    def copy(self, source: Sketches, numbers: Ints) -> None:
        """Take over articles of another segment."""
        samples, counts = source.of(numbers)
        self._samples.append(samples)
        self._counts.append(counts)

    def write(self, path: Path) -> None:
        """Write the file, and bring it to the disk."""
        ends = np.cumsum(np.concatenate([*self._counts, np.empty(0, np.int64)]))
        with ContainerWriter(path, _KIND) as writer:
            writer.add("samples", np.concatenate([*self._samples, np.empty(0, np.uint32)]))
            writer.add("ends", ends.astype(smallest_unsigned(int(ends[-1]) if len(ends) else 0)))
            writer.finish({})


class Sketches:
    """Reads the samples of a segment.

    Args:
        path: The file.
        size: How many articles the segment has.

    Attributes:
        samples: Of all articles, one after the other; ascending within an article.
        ends: Where those of an article end.

    Raises:
        DamagedIndexError: The file cannot be read, or belongs to another segment.
    """

    def __init__(self, path: Path, size: int) -> None:
        self.container = Container(path, _KIND)
        self.samples = self.container["samples"]
        self.ends = self.container.ends("ends", len(self.samples))
        if len(self.ends) != size:
            raise DamagedIndexError(f"{path} has samples of more or fewer articles")

    def of(self, articles: Ints) -> tuple[NDArray[np.uint32], Ints]:
        """Give the samples of some articles, one after the other, and how many each has."""
        starts, counts = list_ranges(self.ends, articles)
        return self.samples[ragged(starts, counts)], counts
