"""`build_index`: read, analyse, write, switch."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from corpus import Article, SkippedRecord, corpus_size, read_records
from indexer.analysis import Segmenter
from indexer.build.pipeline import Located, analyze_all
from indexer.build.report import MAX_EXAMPLES, BuildProgress, BuildReport, Duplicate
from indexer.engines.base import EngineWriter
from indexer.engines.embedded import EmbeddedWriter
from indexer.errors import BuildError, RequestError
from indexer.generations import new_generation

CorpusPart = str | os.PathLike[str] | Article
"""A file, a folder, or an article that was made in another way."""


def build_index(
    corpus: CorpusPart | Iterable[CorpusPart],
    directory: str | os.PathLike[str],
    *,
    processes: int = 1,
    limit: int | None = None,
    strict: bool = False,
    on_progress: Callable[[BuildProgress], None] | None = None,
    on_skip: Callable[[SkippedRecord], None] | None = None,
) -> BuildReport:
    """Build an index, and put it in the place of the one that was there.

    The new index is made aside. Until it is complete, and if the build stops for any reason, the
    old one is searched as before. Of several articles with the same id the last one is kept.

    Args:
        corpus: Files, folders and articles, one or several.
        directory: Folder of the index; made where there is none.
        processes: Worker processes for the analysis. More than one needs a main module that can
            be imported again (`if __name__ == "__main__":`), as `multiprocessing` does.
        limit: The most articles to read.
        strict: Stop at the first record that gives no article.
        on_progress: Called as articles are written.
        on_skip: Called with each record that gives no article.

    Returns:
        What was done, and what was left out.

    Raises:
        RequestError: `processes` or `limit` is not positive.
        CorpusError: The corpus cannot be read, or, if strict, one record of it.
        ForeignFolderError: The folder holds something that is not an index.
        BuildError: The index could not be built.
    """
    for option, number in (("processes", processes), ("limit", limit)):
        if number is not None and number < 1:
            raise RequestError(option, f"must be at least 1, not {number}")
    started = time.perf_counter()
    reading = _Reading(corpus, strict, on_skip)
    segmenter = Segmenter()
    with new_generation(Path(directory), segmenter) as generation:
        writer = EmbeddedWriter(generation.folder)
        try:
            written = _write_all(writer, reading, limit, segmenter, processes, on_progress)
        except BaseException:
            writer.abort()
            raise
        writer.finish(superseded=written.superseded)
        generation.publish(articles=len(written.newest))
        size = sum(f.stat().st_size for f in generation.folder.rglob("*") if f.is_file())
    return BuildReport(
        articles=len(written.newest),
        skipped=reading.skipped,
        skipped_examples=tuple(reading.examples),
        duplicates=len(written.superseded),
        duplicate_examples=tuple(written.duplicates),
        seconds=time.perf_counter() - started,
        size_bytes=size,
    )


class _Reading:
    """The articles of a corpus in their order; counts what gives none, and how much was read."""

    def __init__(
        self,
        corpus: CorpusPart | Iterable[CorpusPart],
        strict: bool,
        on_skip: Callable[[SkippedRecord], None] | None,
    ) -> None:
        self._parts = [corpus] if isinstance(corpus, str | os.PathLike | Article) else corpus
        self._strict = strict
        self._on_skip = on_skip
        # A stream of parts may have no end; of a list of files the size is soon found.
        self._size = (
            sum(corpus_size(part) for part in self._parts if not isinstance(part, Article))
            if isinstance(self._parts, Sequence)
            else 0
        )
        self._bytes = 0
        self.skipped = 0
        self.examples: list[SkippedRecord] = []

    def __iter__(self) -> Iterator[Located]:
        given = 0
        for part in self._parts:
            if isinstance(part, Article):
                given += 1
                yield Located(part, f"article {given}")
            else:
                records = read_records(
                    part, strict=self._strict, on_skip=self._skip, on_bytes=self._count
                )
                for record in records:
                    yield Located(record.article, record.location)

    @property
    def fraction(self) -> float | None:
        """Which part of the files was read; `None` where their size is not known."""
        return min(1.0, self._bytes / self._size) if self._size else None

    def _count(self, count: int) -> None:
        self._bytes += count

    def _skip(self, record: SkippedRecord) -> None:
        self.skipped += 1
        if len(self.examples) < MAX_EXAMPLES:
            self.examples.append(record)
        if self._on_skip:
            self._on_skip(record)


class _Written:
    """What has been handed to the engine."""

    def __init__(self) -> None:
        self.articles = 0
        self.newest: dict[str, tuple[int, str]] = {}
        self.superseded: list[int] = []
        self.duplicates: list[Duplicate] = []

    def note(self, batch: Iterable[Located]) -> None:
        """Remember articles; an earlier one with the same id is superseded."""
        for located in batch:
            article_id = located.article.id
            if earlier := self.newest.get(article_id):
                self.superseded.append(earlier[0])
                if len(self.duplicates) < MAX_EXAMPLES:
                    self.duplicates.append(Duplicate(article_id, earlier[1], located.location))
            self.newest[article_id] = (self.articles, located.location)
            self.articles += 1


def _write_all(
    writer: EngineWriter,
    reading: _Reading,
    limit: int | None,
    segmenter: Segmenter,
    processes: int,
    on_progress: Callable[[BuildProgress], None] | None,
) -> _Written:
    written = _Written()
    # Closed at once when the loop is left: workers must not outlive a build that failed.
    with closing(analyze_all(islice(reading, limit), segmenter, processes)) as analyzed:
        for located, batch in analyzed:
            writer.add(batch)
            written.note(located)
            if on_progress:
                done = written.articles
                on_progress(BuildProgress(done, _fraction(done, limit, reading)))
    if not written.newest:
        raise BuildError(
            f"the corpus holds no article ({reading.skipped} records were skipped); "
            "nothing was built"
        )
    return written


def _fraction(articles: int, limit: int | None, reading: _Reading) -> float | None:
    """Tell which part is done: of the articles wanted or of the files, whichever is further."""
    known = [articles / limit] if limit else []
    if reading.fraction is not None:
        known.append(reading.fraction)
    return max(known, default=None)
