"""What a build tells while it runs and when it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from corpus import SkippedRecord

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


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The outcome of a build.

    Attributes:
        articles: How many articles the index holds.
        skipped: How many records gave no article.
        skipped_examples: The first `MAX_EXAMPLES` of them.
        duplicates: How many articles were replaced by a later one with the same id.
        duplicate_examples: The first `MAX_EXAMPLES` of them.
        seconds: Time from the start to the switch to the new index.
        size_bytes: Size of all files of the new index.
    """

    articles: int
    skipped: int
    skipped_examples: tuple[SkippedRecord, ...]
    duplicates: int
    duplicate_examples: tuple[Duplicate, ...]
    seconds: float
    size_bytes: int

    @property
    def articles_per_second(self) -> float:
        """Articles of the index by second of the build."""
        return self.articles / self.seconds if self.seconds else 0.0

    def to_dict(self) -> dict[str, Any]:
        """Give the report as JSON-ready data."""
        return {
            "articles": self.articles,
            "skipped": self.skipped,
            "skipped_examples": [str(record) for record in self.skipped_examples],
            "duplicates": self.duplicates,
            "duplicate_examples": [str(duplicate) for duplicate in self.duplicate_examples],
            "seconds": round(self.seconds, 3),
            "articles_per_second": round(self.articles_per_second, 1),
            "size_bytes": self.size_bytes,
        }
