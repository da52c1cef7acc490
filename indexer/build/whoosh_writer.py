"""Writing through Whoosh's interface.

    with whoosh_index(directory).writer() as writer:
        writer.update_document(id="7", title="Bầu cử", body="…", published=datetime(2021, 5, 23))
        writer.delete_by_term("source", "Báo A")

Articles are cut as those of `update_index` are, and make a new segment. All of it becomes visible
at once, with `commit`.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import numpy as np
from whoosh.index import LockError
from whoosh.query import Query
from whoosh.reading import IndexReader
from whoosh.writing import IndexingError, IndexWriter

from corpus import Article
from indexer.analysis import Analyzer
from indexer.build.deleter import with_deleted
from indexer.build.updater import shared_dictionary
from indexer.columnar.collection import Collection
from indexer.columnar.whoosh_queries import WhooshEvaluator
from indexer.columnar.whoosh_view.index import collection_reader
from indexer.columnar.whoosh_view.schema import make_schema
from indexer.columnar.whoosh_view.stored import article_of
from indexer.engines.embedded import EmbeddedWriter
from indexer.errors import IndexLockedError
from indexer.store.merge_policy import plan_one_segment
from indexer.store.merging import PlannedSegment, settle
from indexer.store.snapshot import open_snapshot
from indexer.store.transaction import begin_writing

_ARTICLES_AT_A_TIME: Final = 256


class ColumnarWriter(IndexWriter):
    """Writes the next generation of an index.

    The id of an article is unique: one that is added takes the place of the one with the same id,
    be it in the index or added before, so that `add_document` and `update_document` are the same.
    What is deleted is deleted from the generation that the writer began with.

    Args:
        directory: Folder of the index.
        options: Nothing; those of Whoosh's own writer have no meaning here.

    Raises:
        LockError: Somebody else is writing; says who.
        IndexUnusableError: There is no index that can be written; nothing was changed.
    """

    def __init__(self, directory: Path, **options: Any) -> None:
        if options:
            raise TypeError(f"this writer has no option {min(options)!r}")
        self.schema = make_schema()
        with ExitStack() as stack:
            try:
                self._transaction = stack.enter_context(begin_writing(directory))
            except IndexLockedError as error:
                raise LockError(str(error)) from error
            self._snapshot = stack.enter_context(open_snapshot(directory))
            self._held = stack.pop_all()
        self._collection = Collection(self._snapshot.segments, self._snapshot.deleted)
        self._analyzer = Analyzer(self._snapshot.segmenter)
        self._deleted: set[int] = set()
        self._waiting: list[Article] = []
        self._newest: dict[str, int] = {}
        self._superseded: list[int] = []
        self._added = 0
        self._folder: Path | None = None
        self._segment: EmbeddedWriter | None = None
        self.is_closed = False

    def reader(self, **kwargs: Any) -> IndexReader:  # noqa: ARG002 - Whoosh's signature
        """Give a reader of the generation that the writer began with."""
        self._check_open()
        return collection_reader(self._collection)

    def add_document(self, **fields: Any) -> None:
        """Add an article, or replace the one that has its id.

        Args:
            fields: Values of the fields that are stored; see `whoosh_view.stored`.

        Raises:
            UnknownFieldError: There is no such field.
            ArticleError: Something is not the value of an article.
            IndexingError: Its id was withdrawn from the index for good.
        """
        self._check_open()
        article = article_of(fields)
        if article.id in self._snapshot.tombstones:
            raise IndexingError(f"the article {article.id!r} was withdrawn, and is kept out")
        if (earlier := self._newest.get(article.id)) is not None:
            self._superseded.append(earlier)
        self._newest[article.id] = self._added
        self._added += 1
        self._waiting.append(article)
        if len(self._waiting) == _ARTICLES_AT_A_TIME:
            self._write_waiting()

    def update_document(self, **fields: Any) -> None:
        """Do the same as `add_document`."""
        self.add_document(**fields)

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete an article by its number, or take that back."""
        self._check_open()
        if not 0 <= docnum < self._collection.size:
            raise IndexingError(f"there is no article with the number {docnum}")
        if delete:
            self._deleted.add(docnum)
        else:
            self._deleted.discard(docnum)

    def delete_by_query(self, q: Query, searcher: Any = None) -> int:  # noqa: ARG002
        """Delete the articles that a query matches.

        Returns:
            How many there are that were not deleted before.
        """
        self._check_open()
        found = set(WhooshEvaluator(self._collection).match(q).articles.tolist())
        before = len(self._deleted)
        self._deleted |= found
        return len(self._deleted) - before

    def add_reader(self, reader: IndexReader) -> None:
        """Add all articles of another Whoosh index that has the stored fields of this one."""
        for _, fields in reader.iter_docs():
            self.add_document(**fields)

    def commit(self, optimize: bool = False, **options: Any) -> None:
        """Make the new generation the current one.

        Args:
            optimize: Whether to merge all segments into one, without deleted articles.
            options: Nothing; when segments are merged is not up to the caller.

        Raises:
            BuildError: It could not be written; the old one is still current.
        """
        if options:
            raise TypeError(f"this writer has no option {min(options)!r}")
        self._check_open()
        try:
            segments = self._segments()
            if optimize or self._added or self._deleted:
                records = settle(
                    self._transaction, segments, plan_one_segment if optimize else None
                )
                if tuple(records) != self._snapshot.manifest.segments:
                    self._transaction.publish(records)
        finally:
            self._close()

    def cancel(self, **kwargs: Any) -> None:  # noqa: ARG002 - Whoosh's signature
        """Give up; the index remains as it is."""
        self._check_open()
        if self._segment is not None:
            self._segment.abort()
        self._close()

    def add_field(self, fieldname: str, fieldtype: Any, **kwargs: Any) -> None:
        """Refuse: an index of news has the fields that it has."""
        raise NotImplementedError("the fields of this index are fixed")

    def remove_field(self, fieldname: str, **kwargs: Any) -> None:
        """Refuse: an index of news has the fields that it has."""
        raise NotImplementedError(f"the field {fieldname!r} cannot be removed")

    def _segments(self) -> list[PlannedSegment]:
        """Complete the new segment, and plan what the generation consists of."""
        segments, _ = with_deleted(self._snapshot, self._newest.keys())
        numbers = np.array(sorted(self._deleted), np.int64)
        bases = self._collection.bases
        for place, segment in enumerate(segments):
            first, last = np.searchsorted(numbers, bases[place : place + 2])
            if first < last:
                mask = np.zeros(segment.record.articles, dtype=bool)
                mask[numbers[first:last] - bases[place]] = True
                if segment.deleted is not None:
                    mask |= segment.deleted
                segments[place] = segment._replace(deleted=mask)
        self._write_waiting()
        if self._segment is not None and self._folder is not None:
            self._segment.finish(superseded=self._superseded)
            record = self._transaction.segment_record(self._folder, len(self._newest))
            segments.append(PlannedSegment(record, None))
        return segments

    def _write_waiting(self) -> None:
        if not self._waiting:
            return
        if self._segment is None:
            self._folder = self._transaction.new_segment()
            self._segment = EmbeddedWriter(self._folder, shared_dictionary(self._snapshot))
        self._segment.add(self._analyzer.analyze(self._waiting))
        self._waiting = []

    def _check_open(self) -> None:
        if self.is_closed:
            raise IndexingError("this writer is closed")

    def _close(self) -> None:
        self.is_closed = True
        self._held.close()
