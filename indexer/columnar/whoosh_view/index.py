"""An index of ours as a Whoosh index."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from whoosh.fields import Schema
from whoosh.index import Index, LockError
from whoosh.reading import EmptyReader, IndexReader, MultiReader
from whoosh.writing import IndexWriter

from indexer.columnar.collection import Collection
from indexer.columnar.whoosh_view.reader import ColumnarReader
from indexer.columnar.whoosh_view.schema import make_schema
from indexer.errors import IndexLockedError

if TYPE_CHECKING:
    from indexer.columnar.whoosh_view.writer import Changes


class OpenGeneration(NamedTuple):
    """A generation that was opened for reading.

    Attributes:
        collection: Its articles.
        number: Its number.
        close: Gives it free.
    """

    collection: Collection
    number: int
    close: Callable[[], None]


class Generations(Protocol):
    """Where an index finds its generations."""

    def open(self) -> OpenGeneration:
        """Open the current generation."""

    def latest(self) -> int:
        """Give the number of the current generation."""

    def modified(self) -> float:
        """Give when it was completed, in seconds since 1970 UTC."""

    def begin(self) -> tuple[Changes, Collection, frozenset[str]]:
        """Begin to prepare the next generation.

        Returns:
            It, the generation that it begins with, and ids that are kept out of the index.

        Raises:
            IndexLockedError: Somebody else is writing; says who.
        """


class ColumnarIndex(Index):
    """The current generation of an index, whichever that is when a reader is asked for.

    `whoosh.index.open_dir` cannot open a folder of ours; `indexer.whoosh_index` gives this.

    Args:
        generations: Where the generations are.
    """

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._schema = make_schema()

    @property
    def schema(self) -> Schema:
        """The fields of the index. They are the same for every index."""
        return self._schema

    def reader(self, reuse: IndexReader | None = None) -> IndexReader:
        """Open the current generation, and close the reader that the new one is to replace."""
        if reuse is not None:
            reuse.close()
        return _GenerationReader(self._generations.open(), self._schema)

    def writer(self, **kwargs: Any) -> IndexWriter:
        """Begin to write the next generation.

        Raises:
            LockError: Somebody else is writing; says who.
        """
        # The writer evaluates queries, and queries are evaluated with readers of this module.
        from indexer.columnar.whoosh_view.writer import ColumnarWriter

        if kwargs:
            raise TypeError(f"this writer has no option {min(kwargs)!r}")
        try:
            begun = self._generations.begin()
        except IndexLockedError as error:
            raise LockError(str(error)) from error
        return ColumnarWriter(*begun)

    def latest_generation(self) -> int:
        """Give the number of the current generation."""
        return self._generations.latest()

    def last_modified(self) -> int:
        """Give when the current generation was completed, in seconds since 1970 UTC."""
        return int(self._generations.modified())

    def is_empty(self) -> bool:
        """Tell whether there is no article."""
        return self.doc_count_all() == 0

    def optimize(self) -> None:
        """Merge all segments, and drop deleted articles for good."""
        self.writer().commit(optimize=True)

    def add_field(self, fieldname: str, fieldspec: Any) -> None:
        """Refuse: an index of news has the fields that it has."""
        raise NotImplementedError("the fields of this index are fixed")

    def remove_field(self, fieldname: str) -> None:
        """Refuse: an index of news has the fields that it has."""
        raise NotImplementedError(f"the field {fieldname!r} cannot be removed")


class _GenerationReader(MultiReader):
    """Reads the segments of a generation, and gives it free when it is closed."""

    def __init__(self, generation: OpenGeneration, schema: Schema) -> None:
        super().__init__(
            _segment_readers(generation.collection, generation.number, schema), generation.number
        )
        # Whoosh takes it from the first segment, and there may be none.
        self.schema = schema
        self._free = generation.close

    def close(self) -> None:
        """Close the segments."""
        if not self.is_closed:
            super().close()
            self._free()


def collection_reader(collection: Collection) -> IndexReader:
    """Give a Whoosh reader for some segments that somebody else keeps open."""
    schema = make_schema()
    readers = _segment_readers(collection, -1, schema)
    return MultiReader(readers) if readers else EmptyReader(schema)


def _segment_readers(collection: Collection, generation: int, schema: Schema) -> list[IndexReader]:
    return [
        ColumnarReader(segment, schema, deleted, generation)
        for segment, deleted in zip(collection.segments, collection.deleted, strict=True)
    ]
