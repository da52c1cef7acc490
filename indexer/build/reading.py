"""The articles of a corpus in their order, wherever they come from."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from corpus import (
    Article,
    CorpusTally,
    FileReport,
    SkippedRecord,
    corpus_size,
    read_records,
)
from indexer.build.pipeline import Located
from indexer.build.report import MAX_EXAMPLES
from indexer.errors import RequestError

CorpusPart = str | os.PathLike[str] | Article
"""A file, a folder, or an article that was made in another way."""


def check_options(processes: int, limit: int | None) -> None:
    """Refuse numbers that have no meaning.

    Raises:
        RequestError: One of them is not positive.
    """
    for option, number in (("processes", processes), ("limit", limit)):
        if number is not None and not 1 <= number <= sys.maxsize:
            raise RequestError(option, f"must be at least 1 and at most {sys.maxsize}")


class Reading:
    """Reads articles; counts the records that give none, and how much was read.

    Args:
        corpus: Files, folders and articles, one or several.
        strict: Whether to stop at the first record that gives no article.
        on_skip: Called with each record that gives no article.
        field_map: The records' names for fields of an article; see `corpus.read_records`.
        encoding: The encoding of all texts; see `corpus.read_records`.
        on_file: Called at the end of each file with what it was read as.
        leave_out: The folder of the index, which is no part of the corpus.

    Attributes:
        skipped: How many records gave no article so far.
        examples: The first of them.
        tally: What the corpus is made of, as far as it was read.
    """

    def __init__(
        self,
        corpus: CorpusPart | Iterable[CorpusPart],
        strict: bool,
        on_skip: Callable[[SkippedRecord], None] | None,
        *,
        field_map: Mapping[str, str] | None = None,
        encoding: str | None = None,
        on_file: Callable[[FileReport], None] | None = None,
        leave_out: str | os.PathLike[str] | None = None,
    ) -> None:
        self._parts = [corpus] if isinstance(corpus, str | os.PathLike | Article) else corpus
        self._strict = strict
        self._on_skip = on_skip
        self._field_map = field_map
        self._encoding = encoding
        self._on_file = on_file
        self._leave_out = leave_out
        # A stream of parts may have no end; of a list of files the size is soon found.
        self._size = (
            sum(
                corpus_size(part, leave_out)
                for part in self._parts
                if not isinstance(part, Article)
            )
            if isinstance(self._parts, Sequence)
            else 0
        )
        self._bytes = 0
        self.skipped = 0
        self.examples: list[SkippedRecord] = []
        self.tally = CorpusTally()

    def __iter__(self) -> Iterator[Located]:
        given = 0
        for part in self._parts:
            if isinstance(part, Article):
                given += 1
                location = f"article {given}"
                self.tally.article(part, location)
                yield Located(part, location)
            else:
                records = read_records(
                    part,
                    strict=self._strict,
                    on_skip=self._skip,
                    field_map=self._field_map,
                    encoding=self._encoding,
                    on_bytes=self._count,
                    on_file=self._count_file,
                    leave_out=self._leave_out,
                )
                for record in records:
                    location = record.location
                    self.tally.article(record.article, location, record.warnings)
                    yield Located(record.article, location)

    @property
    def fraction(self) -> float | None:
        """Which part of the files was read; `None` where their size is not known."""
        return min(1.0, self._bytes / self._size) if self._size else None

    def _count(self, count: int) -> None:
        self._bytes += count

    def _count_file(self, report: FileReport) -> None:
        self.tally.file(report)
        if self._on_file:
            self._on_file(report)

    def _skip(self, record: SkippedRecord) -> None:
        self.skipped += 1
        self.tally.skipped(record)
        if len(self.examples) < MAX_EXAMPLES:
            self.examples.append(record)
        if self._on_skip:
            self._on_skip(record)
