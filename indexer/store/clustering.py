"""Finding the stories of a generation that is being prepared.

Which pairs may be reprints is asked anew of all articles, from the samples in their segments, and
so are the stories: that costs little, and so the stories are those of an index that is built anew
of the same articles. Texts are read and compared only for pairs that the generation before had
not compared yet.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from corpus import Article
from indexer.analysis.chunks import ChunkTokens
from indexer.columnar.columns import UNDATED
from indexer.columnar.container import header_checksum
from indexer.columnar.postings import Ints
from indexer.columnar.segment import Segment
from indexer.durability import writing_to
from indexer.reprints.candidates import Pairs, candidates
from indexer.reprints.finding import compare_all
from indexer.reprints.grouping import Compared, stories
from indexer.reprints.texts import TextReader
from indexer.store.guard import guarded
from indexer.store.layout import STORIES
from indexer.store.manifest import FileRecord, SegmentRecord
from indexer.store.merging import PlannedSegment
from indexer.store.snapshot import Snapshot, open_deletions, open_segment
from indexer.store.stories import write_stories
from indexer.store.transaction import Transaction

_NO_DATE: Final = np.iinfo(np.int64).max


def find_stories(
    transaction: Transaction,
    records: Sequence[SegmentRecord],
    before: Snapshot | None = None,
    planned: Sequence[PlannedSegment] = (),
    tokens: ChunkTokens | None = None,
) -> FileRecord | None:
    """Find the stories of a new generation, and write them.

    Args:
        transaction: The right to write.
        records: The segments of the new generation, complete.
        before: The generation that it takes the place of, if its articles stay.
        planned: The segments of that one as they were planned to be, and new ones after them;
            `records` was made of them.
        tokens: What has cut the new articles, and so knows most of their texts.

    Returns:
        The file; `None` where the generation before tells no reprints.

    Raises:
        BuildError: The file could not be written.
        DamagedIndexError: A segment cannot be read.
    """
    directory = transaction.directory
    if before is not None and (
        before.stories is None or tuple(records) == before.manifest.segments
    ):
        return before.manifest.stories
    with writing_to(directory), guarded(directory):
        living = _Living(directory, records)
        known = None if before is None else _known(before, planned)
        compared = _compared(living, TextReader(tokens or ChunkTokens()), known)
        earliest = np.arange(living.size)
        earliest[living.numbers] = living.numbers[stories(compared, living.dates())]
        path = directory / STORIES / f"{secrets.token_hex(8)}.tb"
        write_stories(
            path,
            earliest,
            compared._replace(
                firsts=living.numbers[compared.firsts], seconds=living.numbers[compared.seconds]
            ),
        )
        return FileRecord(path.name, path.stat().st_size, header_checksum(path))


class _Living:
    """The articles of a generation that are not deleted, counted from 0 in their order.

    Attributes:
        size: How many articles there are, deleted ones included.
        numbers: The number of each living one among all.
    """

    def __init__(self, directory: Path, records: Sequence[SegmentRecord]) -> None:
        self._segments: list[Segment] = [open_segment(directory, record) for record in records]
        self._kept: list[Ints] = []
        self.size = 0
        numbers = []
        for record in records:
            deleted = open_deletions(directory, record)
            kept = np.arange(record.articles) if deleted is None else np.flatnonzero(~deleted)
            self._kept.append(kept)
            numbers.append(kept + self.size)
            self.size += record.articles
        self.numbers: Ints = np.concatenate([*numbers, np.empty(0, np.int64)])
        self._bases = np.cumsum([0, *map(len, self._kept)])

    def candidates(self) -> Pairs:
        """Find the pairs that may be reprints."""
        samples, counts = [np.empty(0, np.uint32)], [np.empty(0, np.int64)]
        for segment, kept in zip(self._segments, self._kept, strict=True):
            of_segment, own = segment.sketches.of(kept)
            samples.append(of_segment)
            counts.append(own)
        each = np.concatenate(counts)
        return candidates(np.concatenate(samples), each)

    def dates(self) -> Ints:
        """Give when each article was published; undated ones last."""
        dates = [np.empty(0, np.int64)]
        for segment, kept in zip(self._segments, self._kept, strict=True):
            columns = segment.columns
            undated = columns.precision[kept] == UNDATED
            dates.append(np.where(undated, _NO_DATE, columns.date_start[kept]))
        return np.concatenate(dates)

    def articles(self, wanted: Sequence[int]) -> list[Article]:
        """Read some articles."""
        articles = []
        for number in wanted:
            segment = int(np.searchsorted(self._bases, number, side="right")) - 1
            own = int(self._kept[segment][number - self._bases[segment]])
            articles.append(self._segments[segment].article(own))
        return articles


def _known(before: Snapshot, planned: Sequence[PlannedSegment]) -> Compared:
    """Give what the generation before compared, of the articles that stay, by their new places.

    Articles that stay keep their order, and new ones come after them.
    """
    kept = [np.empty(0, dtype=bool)]
    for segment in planned[: len(before.segments)]:
        deleted = segment.deleted
        alive = np.ones(segment.record.articles, dtype=bool) if deleted is None else ~deleted
        kept.append(alive)
    alive = np.concatenate(kept)
    places = np.cumsum(alive) - 1
    assert before.stories is not None  # noqa: S101 - asked before
    compared = before.stories.compared()
    compared = compared.chosen(alive[compared.firsts] & alive[compared.seconds])
    return compared._replace(firsts=places[compared.firsts], seconds=places[compared.seconds])


def _compared(living: _Living, reader: TextReader, known: Compared | None) -> Compared:
    """Give the outcome of all pairs that may be reprints."""
    pairs = living.candidates()
    keys = (pairs.firsts << 32) | pairs.seconds
    outcomes = np.zeros(len(keys), np.uint8)
    shares = np.zeros(len(keys), np.uint8)
    new = np.ones(len(keys), dtype=bool)
    if known is not None and len(known.firsts) and len(keys):
        known_keys = (known.firsts << 32) | known.seconds
        places = np.minimum(np.searchsorted(known_keys, keys), len(known_keys) - 1)
        new = known_keys[places] != keys
        outcomes[~new] = known.outcomes[places[~new]]
        shares[~new] = known.shares[places[~new]]
    outcomes[new], shares[new] = compare_all(
        Pairs(pairs.firsts[new], pairs.seconds[new]),
        len(living.numbers),
        lambda numbers: reader.read(living.articles(numbers)),
    )
    return Compared(*pairs, outcomes, shares)
