"""What a build tells while it runs and when it is done."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from corpus import CorpusSummary, SkippedRecord
from indexer.store.stories import ReprintFigures

MAX_EXAMPLES = 1_000
"""How many skipped records and duplicates a report lists; all of them are counted."""


@dataclass(frozen=True, slots=True)
class BuildProgress:
    """How far a build has come.

    Attributes:
        articles: How many articles were written.
        fraction: Which part of the corpus was read, from 0 to 1; `None` where nobody knows how
            long the corpus is.
    """

    articles: int
    fraction: float | None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article that a later one with the same id replaced.

    Attributes:
        id: The id of both.
        replaced: Where the article stood that is not in the index.
        kept: Where the article stands that is.
    """

    id: str
    replaced: str
    kept: str

    def __str__(self) -> str:
        return f"{self.replaced}: replaced by {self.kept}, which has the same id {self.id!r}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteReport:
    """What builds and updates tell alike when they are done.

    Attributes:
        articles: How many articles the index holds now.
        skipped: How many records gave no article.
        skipped_examples: The first `MAX_EXAMPLES` of them.
        duplicates: How many articles were replaced by a later one that was read with them.
        duplicate_examples: The first `MAX_EXAMPLES` of them.
        withdrawn: How many articles were left out because their ids have tombstones.
        seconds: Time from the start to the switch to the new generation.
        size_bytes: Size of all files of the index now.
        reprints: How many articles of the index are reprints; `None` where nobody looked.
        corpus: What the corpus that was read is made of: files, fields, papers, years, warnings.
    """

    articles: int
    skipped: int
    skipped_examples: tuple[SkippedRecord, ...]
    duplicates: int
    duplicate_examples: tuple[Duplicate, ...]
    withdrawn: int
    seconds: float
    size_bytes: int
    reprints: ReprintFigures | None
    corpus: CorpusSummary

    def to_dict(self) -> dict[str, Any]:
        """Give the report as JSON-ready data."""
        return {field.name: getattr(self, field.name) for field in fields(self)} | {
            "skipped_examples": [str(record) for record in self.skipped_examples],
            "duplicate_examples": [str(duplicate) for duplicate in self.duplicate_examples],
            "seconds": round(self.seconds, 3),
            "reprints": None if self.reprints is None else asdict(self.reprints),
            "corpus": self.corpus.to_dict(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport(WriteReport):
    """The outcome of a build.

    Attributes:
        parts_missing: How many other parts of the corpus are not written yet; until they are, the
            index that was there before is searched.
    """

    parts_missing: int = 0

    @property
    def articles_per_second(self) -> float:
        """Articles of the index by second of the build."""
        return self.articles / self.seconds if self.seconds else 0.0

    def to_dict(self) -> dict[str, Any]:
        """Give the report as JSON-ready data."""
        # Named by its class: a dataclass with slots is made anew, which `super()` misses.
        given = WriteReport.to_dict(self)
        return {**given, "articles_per_second": round(self.articles_per_second, 1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateReport(WriteReport):
    """The outcome of an update.

    Attributes:
        added: How many articles are new.
        replaced: How many took the place of one that the index had.
    """

    added: int
    replaced: int


@dataclass(frozen=True, slots=True)
class DeleteReport:
    """The outcome of a deletion.

    Attributes:
        deleted: How many articles were deleted.
        unknown: How many of the ids the index did not have.
        tombstones_added: How many ids are kept out from now on that were not before.
        articles: How many articles the index holds now.
        seconds: Time that it took.
    """

    deleted: int
    unknown: int
    tombstones_added: int
    articles: int
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """Give the report as JSON-ready data."""
        return {**asdict(self), "seconds": round(self.seconds, 3)}


@dataclass(frozen=True, slots=True)
class OptimizeReport:
    """The outcome of an optimization.

    Attributes:
        segments_before: How many segments there were.
        dropped: How many deleted articles took space, and no longer do.
        articles: How many articles the index holds.
        size_bytes_before: Size of all files of the index before.
        size_bytes: Size of all files of the index now.
        seconds: Time that it took.
    """

    segments_before: int
    dropped: int
    articles: int
    size_bytes_before: int
    size_bytes: int
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """Give the report as JSON-ready data."""
        return {**asdict(self), "seconds": round(self.seconds, 3)}
