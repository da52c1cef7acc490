"""From the articles of a corpus to a new segment."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from typing import NamedTuple, TypedDict

from corpus import CorpusSummary, SkippedRecord
from indexer.analysis import Analyzer
from indexer.build.pipeline import Located, analyze_all
from indexer.build.reading import Reading
from indexer.build.report import MAX_EXAMPLES, BuildProgress, Duplicate
from indexer.engines.base import EngineWriter


class Work(NamedTuple):
    """What to write, and how.

    Attributes:
        reading: The articles.
        limit: The most articles to read.
        analyzer: Cuts them into terms.
        processes: Worker processes for the analysis.
        kept_out: Ids of articles that are not to be written.
        on_progress: Called as articles are written.
    """

    reading: Reading
    limit: int | None
    analyzer: Analyzer
    processes: int
    kept_out: frozenset[str]
    on_progress: Callable[[BuildProgress], None] | None


class Written:
    """What has been handed to the engine.

    Attributes:
        articles: How many articles, superseded ones included.
        newest: By id, the ordinal of the article that counts.
        superseded: Ordinals of articles that a later one with the same id replaces.
        duplicates: The first of them.
        kept_out: How many articles were not written because their ids are kept out.
    """

    def __init__(self) -> None:
        self.articles = 0
        self.newest: dict[str, int] = {}
        self.superseded: list[int] = []
        self.duplicates: list[Duplicate] = []
        self.kept_out = 0
        self._locations = _Locations()

    def note(self, batch: Iterable[Located]) -> None:
        """Remember articles; an earlier one with the same id is superseded."""
        for located in batch:
            article_id = located.article.id
            if (earlier := self.newest.get(article_id)) is not None:
                self.superseded.append(earlier)
                if len(self.duplicates) < MAX_EXAMPLES:
                    place = self._locations[earlier]
                    self.duplicates.append(Duplicate(article_id, place, located.location))
            self.newest[article_id] = self.articles
            self._locations.append(located.location)
            self.articles += 1


class _Locations:
    """Where articles stand, by ordinal; of a million of them, so in one piece."""

    def __init__(self) -> None:
        self._text = bytearray()
        self._ends = array("Q", [0])

    def append(self, location: str) -> None:
        self._text += location.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._text))

    def __getitem__(self, ordinal: int) -> str:
        text = self._text[self._ends[ordinal] : self._ends[ordinal + 1]]
        return text.decode("utf-8", "surrogatepass")


class Figures(TypedDict):
    """What a report tells of the articles that were read and written."""

    skipped: int
    skipped_examples: tuple[SkippedRecord, ...]
    duplicates: int
    duplicate_examples: tuple[Duplicate, ...]
    withdrawn: int
    corpus: CorpusSummary


def figures(reading: Reading, written: Written) -> Figures:
    """Give what was read, what was left out, and why."""
    return {
        "skipped": reading.skipped,
        "skipped_examples": tuple(reading.examples),
        "duplicates": len(written.superseded),
        "duplicate_examples": tuple(written.duplicates),
        "withdrawn": written.kept_out,
        "corpus": reading.tally.summary(),
    }


def write_articles(writer: EngineWriter, work: Work) -> Written:
    """Read, analyse and write all articles, and complete the segment if there are any."""
    written = Written()
    try:
        articles = admitted(islice(work.reading, work.limit), work.kept_out, written)
        # Closed at once when the loop is left: workers must not outlive a build that failed.
        with closing(analyze_all(articles, work.analyzer, work.processes)) as analyzed:
            for located, batch in analyzed:
                writer.add(batch)
                written.note(located)
                if work.on_progress:
                    work.on_progress(BuildProgress(written.articles, fraction_done(work, written)))
        if written.articles:
            writer.finish(superseded=written.superseded)
    finally:
        # Does nothing to a segment that is complete.
        writer.abort()
    return written


def admitted(
    articles: Iterable[Located], kept_out: frozenset[str], written: Written
) -> Iterator[Located]:
    """Leave out articles whose ids are kept out, and count them."""
    for located in articles:
        if located.article.id in kept_out:
            written.kept_out += 1
        else:
            yield located


def fraction_done(work: Work, written: Written) -> float | None:
    """Give which part of the work is done, where that can be known."""
    of_files = work.reading.fraction
    if of_files is None and not work.limit:
        return None
    of_limit = (written.articles + written.kept_out) / work.limit if work.limit else 0.0
    return min(1.0, max(of_limit, of_files or 0.0))
