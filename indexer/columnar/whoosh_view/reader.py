"""One segment as a Whoosh reader."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from whoosh.columns import ColumnReader, TranslatingColumnReader
from whoosh.fields import Schema
from whoosh.matching import Matcher
from whoosh.reading import IndexReader, ReaderClosed, TermInfo, TermNotFound

from indexer.columnar.matching import Bools
from indexer.columnar.segment import Segment
from indexer.columnar.whoosh_view.column import make_column
from indexer.columnar.whoosh_view.fields import (
    FieldPostings,
    FieldView,
    NumberColumn,
    make_field,
    number_column,
)
from indexer.columnar.whoosh_view.matcher import ColumnMatcher
from indexer.columnar.whoosh_view.stored import stored_values
from indexer.schema import TEXT_FIELDS, WORDS_SUFFIX


class ColumnarReader(IndexReader):
    """Reads a segment.

    As with Whoosh's own segments, frequencies and lengths count deleted articles until a merge
    drops them, and postings leave them out.

    Args:
        segment: The segment.
        schema: The schema of the index.
        deleted: Which articles are deleted; `None` where none is.
        generation: Number of the generation.
    """

    def __init__(
        self, segment: Segment, schema: Schema, deleted: Bools | None, generation: int
    ) -> None:
        self.schema = schema
        self.is_closed = False
        self._segment = segment
        self._deleted = frozenset(() if deleted is None else np.flatnonzero(deleted).tolist())
        self._generation = generation
        self._fields: dict[str, FieldView] = {}
        self._numbers: dict[str, NumberColumn] = {}

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        name, text = term
        if name not in self.schema or not self.schema[name].indexed:
            return False
        return self.all_postings(name, text) is not None

    def close(self) -> None:
        """Let go of the segment."""
        self.is_closed = True

    def generation(self) -> int:
        """Give the number of the generation."""
        return self._generation

    def indexed_field_names(self) -> list[str]:
        """Give the names of the fields that can be searched."""
        return [name for name, field in self.schema.items() if field.indexed]

    def all_terms(self) -> Iterator[tuple[str, bytes]]:
        """Give all terms of all fields, ascending."""
        names = sorted(self.indexed_field_names())
        return chain.from_iterable(
            ((name, term) for term in self._field(name).terms) for name in names
        )

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Give the terms of a field from one on, and those of the fields after it."""
        start = self._bytes(fieldname, prefix)
        terms = self._field(fieldname).terms
        for number in range(bisect_left(terms, start), len(terms)):
            yield fieldname, terms[number]
        for name in sorted(self.indexed_field_names()):
            if name > fieldname:
                for term in self._field(name).terms:
                    yield name, term

    def term_info(self, fieldname: str, text: str | bytes) -> TermInfo:
        """Give the statistics of a term.

        Raises:
            TermNotFound: The field does not have it.
        """
        postings = self._known_postings(fieldname, text)
        articles, frequencies, _ = postings
        lengths = self._lengths(fieldname)
        own = np.ones(len(articles), np.int64) if lengths is None else lengths[articles]
        return TermInfo(
            weight=float(frequencies.sum()),
            df=len(articles),
            minlength=int(own.min()),
            maxlength=int(own.max()),
            maxweight=float(frequencies.max()),
            minid=int(articles[0]),
            maxid=int(articles[-1]),
        )

    def frequency(self, fieldname: str, text: str | bytes) -> int:
        """Give how often a term stands in a field of all articles."""
        postings = self.all_postings(fieldname, text)
        return 0 if postings is None else int(postings.frequencies.sum())

    def doc_frequency(self, fieldname: str, text: str | bytes) -> int:
        """Give how many articles have a term in a field."""
        postings = self.all_postings(fieldname, text)
        return 0 if postings is None else len(postings.articles)

    def postings(self, fieldname: str, text: str | bytes, **kwargs: Any) -> Matcher:
        """Give a matcher for a term.

        Args:
            fieldname: The field.
            text: The term.
            kwargs: `scorer`, a Whoosh scorer, or none.

        Raises:
            TermNotFound: The field does not have it.
        """
        postings = self._known_postings(fieldname, text)
        kept = np.flatnonzero(
            [article not in self._deleted for article in postings.articles.tolist()]
        )
        positions = postings.positions
        alive = FieldPostings(
            postings.articles[kept],
            postings.frequencies[kept],
            positions and (lambda place: positions(int(kept[place]))),
        )
        term = fieldname, self._bytes(fieldname, text)
        return ColumnMatcher(term, alive, kwargs.get("scorer"))

    def holding(self, fieldname: str, texts: Sequence[str | bytes]) -> int:
        """Count the articles, deleted ones included, that have any of several terms."""
        found = [self.all_postings(fieldname, text) for text in texts]
        articles = [postings.articles for postings in found if postings is not None]
        return len(np.unique(np.concatenate(articles))) if articles else 0

    def has_deletions(self) -> bool:
        """Tell whether any article is deleted."""
        return bool(self._deleted)

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether an article is deleted."""
        return docnum in self._deleted

    def doc_count_all(self) -> int:
        """Count the articles, deleted ones included."""
        return len(self._segment)

    def doc_count(self) -> int:
        """Count the articles that are not deleted."""
        return len(self._segment) - len(self._deleted)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Give the values of an article that has not been deleted, or not yet dropped."""
        self._check_open()
        return stored_values(self._segment.article(docnum))

    def field_length(self, fieldname: str) -> int:
        """Give the length of a field over all articles."""
        lengths = self._lengths(fieldname)
        return 0 if lengths is None else int(lengths.sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        """Give the length of the shortest field."""
        lengths = self._lengths(fieldname)
        return int(lengths.min()) if lengths is not None and len(lengths) else 0

    def max_field_length(self, fieldname: str) -> int:
        """Give the length of the longest field."""
        lengths = self._lengths(fieldname)
        return int(lengths.max()) if lengths is not None and len(lengths) else 0

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Give the length of a field of an article."""
        lengths = self._lengths(fieldname)
        return default if lengths is None else int(lengths[docnum])

    def has_vector(self, docnum: int, fieldname: str) -> bool:  # noqa: ARG002
        """Tell that there are no term vectors."""
        return False

    def vector(self, docnum: int, fieldname: str, format_: Any = None) -> Matcher:  # noqa: ARG002
        """Refuse: there are no term vectors."""
        raise KeyError(f"no term vectors are stored for {fieldname!r}")

    def has_column(self, fieldname: str) -> bool:
        """Tell whether one can sort by a field through a column."""
        return fieldname in self.schema and bool(self.schema[fieldname].column_type)

    def column_reader(
        self,
        fieldname: str,
        column: Any = None,  # noqa: ARG002 - another type of column holds the same values
        reverse: bool = False,
        translate: bool = False,
    ) -> ColumnReader:
        """Give the values of a field by article."""
        if not self.has_column(fieldname):
            raise KeyError(f"the field {fieldname!r} has no column")
        field = self.schema[fieldname]
        reader: ColumnReader = make_column(self._segment, fieldname, field)
        if reverse:
            reader.set_reverse()
        return TranslatingColumnReader(reader, field.from_column_value) if translate else reader

    def numbers(self, fieldname: str) -> NumberColumn:
        """Give the numbers of a numeric or date field."""
        if fieldname not in self._numbers:
            self._numbers[fieldname] = number_column(self._segment.columns, fieldname)
        return self._numbers[fieldname]

    def _field(self, name: str) -> FieldView:
        self._check_open()
        if name not in self.schema or not self.schema[name].indexed:
            raise TermNotFound(f"no field {name!r}")
        if name not in self._fields:
            self._fields[name] = make_field(self._segment, name, self.schema[name])
        return self._fields[name]

    def _bytes(self, name: str, text: str | bytes) -> bytes:
        encoded: bytes = self._text_to_bytes(name, text)
        return encoded

    def all_postings(self, name: str, text: str | bytes) -> FieldPostings | None:
        """Give the postings of a term, deleted articles included."""
        return self._field(name).postings(self._bytes(name, text))

    def _known_postings(self, name: str, text: str | bytes) -> FieldPostings:
        postings = self.all_postings(name, text)
        if postings is None:
            raise TermNotFound(f"{name}:{text!r}")
        return postings

    def _lengths(self, name: str) -> Any:
        text_field = name.removesuffix(WORDS_SUFFIX)
        if text_field not in TEXT_FIELDS:
            return None
        return self._segment.columns.lengths[:, TEXT_FIELDS.index(text_field)]

    def _check_open(self) -> None:
        if self.is_closed:
            raise ReaderClosed
