"""What a reader is given: one file's content, and what goes with it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from corpus.records import Origin, Record, SkippedRecord


@dataclass(frozen=True, slots=True)
class Source:
    """The content of one file.

    Attributes:
        origin: The file.
        blocks: Its bytes, decompressed, in pieces of any size.
    """

    origin: Origin
    blocks: Iterable[bytes]


Outcome = Record | SkippedRecord
Reader = Callable[[Source], Iterator[Outcome]]
