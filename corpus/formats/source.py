"""What a reader is given: one file's content, and what goes with it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import BinaryIO

from corpus.formats.fields import Fields
from corpus.records import Origin, Record, SkippedRecord


@dataclass(frozen=True, slots=True)
class Source:
    """The content of one file.

    Attributes:
        origin: The file.
        blocks: Its bytes, decompressed, in pieces of any size; in UTF-8 if it is text.
        fields: What makes articles of its records.
        at_any_place: Opens it for a reader that does not go from front to back.
    """

    origin: Origin
    blocks: Iterable[bytes]
    fields: Fields = field(default_factory=Fields)
    at_any_place: Callable[[], AbstractContextManager[BinaryIO]] | None = None

    def record(
        self,
        values: Mapping[str, object],
        line: int | None = None,
        offset: int | None = None,
        doubts: tuple[str, ...] = (),
    ) -> Record:
        """Make the article of a record's values, and say where it stood.

        Args:
            values: The values.
            line: As for `Record`.
            offset: As for `Record`.
            doubts: What the reader finds doubtful, one sentence each.

        Raises:
            ArticleError: If a value cannot be accepted.
        """
        article, warnings = self.fields.article_and_warnings(values)
        return self.origin.record(article, line, offset, [*doubts, *warnings])


Outcome = Record | SkippedRecord
Reader = Callable[[Source], Iterator[Outcome]]
