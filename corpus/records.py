"""What a reader yields: an article and where it stood, or what it skipped and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.article import Article
from corpus.errors import location


@dataclass(frozen=True, slots=True)
class Record:
    """An article and the place that it was read from.

    Attributes:
        article: The article.
        path: The file.
        line: The line in the (decompressed) file, from 1, or the row of a table; `None` where
            there are none.
        member: The file in the archive, where `path` is one; that of an archive in an archive
            stands behind its name and a ``!``. A name, never a path to open.
        offset: The byte in the (decompressed) file, from 0, where it has no lines.
        warnings: What is doubtful about its text and metadata, one sentence each: letters that
            were lost, a date that cannot be.
    """

    article: Article
    path: Path
    line: int | None
    member: str = ""
    offset: int | None = None
    warnings: tuple[str, ...] = ()

    @property
    def location(self) -> str:
        """The place as ``file:line``, printable."""
        return location(self.path, self.line, self.member, self.offset)


@dataclass(frozen=True, slots=True)
class SkippedRecord:
    """A record, or a whole file, that gave no article.

    Attributes:
        path: The file.
        line: As for `Record`; `None` if it is the whole file.
        reason: What is wrong and how to mend it.
        member: As for `Record`.
        offset: As for `Record`.
    """

    path: Path
    line: int | None
    reason: str
    member: str = ""
    offset: int | None = None

    def __str__(self) -> str:
        return f"{location(self.path, self.line, self.member, self.offset)}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Origin:
    """A file, on the disk or in an archive, whose records are read.

    Attributes:
        path: The file on the disk.
        member: As for `Record`.
    """

    path: Path
    member: str = ""

    def member_of(self, name: str) -> "Origin":
        """Return the file of this name in the archive that this file is."""
        return Origin(self.path, f"{self.member}!{name}" if self.member else name)

    def record(
        self,
        article: Article,
        line: int | None = None,
        offset: int | None = None,
        warnings: Sequence[str] = (),
    ) -> Record:
        """Return an article of this file."""
        return Record(article, self.path, line, self.member, offset, tuple(warnings))

    def skipped(
        self, reason: str, line: int | None = None, offset: int | None = None
    ) -> SkippedRecord:
        """Return what gave no article in this file."""
        return SkippedRecord(self.path, line, reason, self.member, offset)
