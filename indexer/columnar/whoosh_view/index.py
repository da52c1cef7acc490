"""An index of ours as a Whoosh index."""

from __future__ import annotations

from typing import Any, Protocol

from whoosh.fields import Schema
from whoosh.index import Index
from whoosh.reading import EmptyReader, IndexReader, MultiReader

from indexer.columnar.collection import Collection
from indexer.columnar.whoosh_view.reader import ColumnarReader
from indexer.columnar.whoosh_view.schema import make_schema


class Generations(Protocol):
    """Where an index finds its generations."""

    def open(self) -> tuple[Collection, int]:
        """Open the current generation; give it, and its number."""

    def latest(self) -> int:
        """Give the number of the current generation."""

    def modified(self) -> float:
        """Give when it was completed, in seconds since 1970 UTC."""


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

    def reader(self, reuse: IndexReader | None = None) -> IndexReader:  # noqa: ARG002
        """Open the current generation."""
        collection, generation = self._generations.open()
        return collection_reader(collection, generation, self._schema)

    def latest_generation(self) -> int:
        """Give the number of the current generation."""
        return self._generations.latest()

    def last_modified(self) -> int:
        """Give when the current generation was completed, in seconds since 1970 UTC."""
        return int(self._generations.modified())

    def is_empty(self) -> bool:
        """Tell whether there is no article."""
        return self.doc_count_all() == 0

    def add_field(self, fieldname: str, fieldspec: Any) -> None:
        """Refuse: an index of news has the fields that it has."""
        raise NotImplementedError("the fields of this index are fixed")

    def remove_field(self, fieldname: str) -> None:
        """Refuse: an index of news has the fields that it has."""
        raise NotImplementedError(f"the field {fieldname!r} cannot be removed")


def collection_reader(
    collection: Collection, generation: int = -1, schema: Schema | None = None
) -> IndexReader:
    """Give a Whoosh reader for the segments of a generation.

    Args:
        collection: The segments.
        generation: The number of the generation.
        schema: What `make_schema` gave.
    """
    schema = schema or make_schema()
    readers: list[IndexReader] = [
        ColumnarReader(segment, schema, deleted, generation)
        for segment, deleted in zip(collection.segments, collection.deleted, strict=True)
    ]
    return MultiReader(readers, generation) if readers else EmptyReader(schema)
