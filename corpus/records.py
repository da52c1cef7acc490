"""What a reader yields: an article and where it stood, or what it skipped and why."""

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
        line: The line in the (decompressed) file, from 1.
    """

    article: Article
    path: Path
    line: int

    @property
    def location(self) -> str:
        """The place as ``file:line``, printable."""
        return location(self.path, self.line)


@dataclass(frozen=True, slots=True)
class SkippedRecord:
    """A record, or a whole file, that gave no article.

    Attributes:
        path: The file.
        line: The line in the (decompressed) file, from 1; `None` if it is the whole file.
        reason: What is wrong and how to mend it.
    """

    path: Path
    line: int | None
    reason: str

    def __str__(self) -> str:
        return f"{location(self.path, self.line)}: {self.reason}"
