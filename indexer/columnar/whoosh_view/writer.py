"""Writing through Whoosh's interface.

    with whoosh_index(directory).writer() as writer:
        writer.update_document(id="7", title="Bầu cử", body="…", published=datetime(2021, 5, 23))
        writer.delete_by_term("source", "Báo A")

Articles are cut as those of `update_index` are, and make a new segment. All of it becomes visible
at once, with `commit`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from whoosh.query import Query
from whoosh.reading import IndexReader
from whoosh.writing import IndexingError, IndexWriter

from corpus import Article
from indexer.columnar.collection import Collection
from indexer.columnar.whoosh_queries import WhooshEvaluator
from indexer.columnar.whoosh_view.index import collection_reader
from indexer.columnar.whoosh_view.schema import make_schema
from indexer.columnar.whoosh_view.stored import article_of


class Changes(Protocol):
    """The next generation of an index, while it is prepared."""

    def add(self, article: Article) -> None:
        """Add an article; it takes the place of what has its id."""

    def commit(self, deleted: Iterable[int], *, optimize: bool) -> None:
        """Make it the current generation, and end.

        Args:
            deleted: Articles to delete, by their numbers in the generation before.
            optimize: Whether to merge all segments into one, without deleted articles.
        """

    def cancel(self) -> None:
        """Give up, and end."""


class ColumnarWriter(IndexWriter):
    """Writes the next generation of an index.

    The id of an article is unique: one that is added takes the place of the one with the same id,
    be it in the index or added before, so that `add_document` and `update_document` are the same.
    What is deleted is deleted from the generation that the writer began with.

    Args:
        changes: The next generation.
        collection: The generation that it begins with.
        tombstones: Ids that are kept out of the index.
    """

    def __init__(
        self, changes: Changes, collection: Collection, tombstones: frozenset[str]
    ) -> None:
        self.schema = make_schema()
        self.is_closed = False
        self._changes = changes
        self._collection = collection
        self._tombstones = tombstones
        self._deleted: set[int] = set()

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
        if article.id in self._tombstones:
            raise IndexingError(f"the article {article.id!r} was withdrawn, and is kept out")
        self._changes.add(article)

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
        # Not through Whoosh's matchers: that of `AndNot` finds articles that it excludes.
        found = WhooshEvaluator(self._collection).match(q).articles.tolist()
        before = len(self._deleted)
        self._deleted.update(found)
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
        self.is_closed = True
        self._changes.commit(self._deleted, optimize=optimize)

    def cancel(self, **kwargs: Any) -> None:  # noqa: ARG002 - Whoosh's signature
        """Give up; the index remains as it is."""
        self._check_open()
        self.is_closed = True
        self._changes.cancel()

    def add_field(self, fieldname: str, fieldtype: Any, **kwargs: Any) -> None:
        """Refuse: an index of news has the fields that it has."""
        raise NotImplementedError("the fields of this index are fixed")

    def remove_field(self, fieldname: str, **kwargs: Any) -> None:
        """Refuse: an index of news has the fields that it has."""
        raise NotImplementedError(f"the field {fieldname!r} cannot be removed")

    def _check_open(self) -> None:
        if self.is_closed:
            raise IndexingError("this writer is closed")
