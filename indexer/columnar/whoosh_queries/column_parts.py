"""Parts of the fields that have no postings: facets, ids, dates and numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from whoosh.fields import NUMERIC
from whoosh.query import QueryError

from indexer.columnar.combining import ConstantPart
from indexer.columnar.evaluation import AllPart, NonePart, Part
from indexer.columnar.field_parts import ColumnPart, ListedPart
from indexer.columnar.matching import Bools
from indexer.columnar.postings import Ints
from indexer.columnar.segment import Segment
from indexer.columnar.whoosh_queries.statistics import group_and_field
from indexer.columnar.whoosh_view.reader import ColumnarReader
from indexer.schema import FACETS


class ColumnParts:
    """Makes parts over the columns of a segment.

    Args:
        segment: The segment.
        reader: Its Whoosh reader.
    """

    def __init__(self, segment: Segment, reader: ColumnarReader) -> None:
        self._segment = segment
        self._reader = reader
        self._size = len(segment)

    def term(self, name: str, text: bytes) -> Part:
        """Make the part of a value of a field."""
        columns = self._segment.columns
        if name in FACETS:
            value = text.decode("utf-8", "surrogatepass")
            return ColumnPart(lambda some: columns.facets[name].holds(some, [value]), self._size)
        if isinstance(self._reader.schema[name], NUMERIC):
            postings = self._reader.all_postings(name, text)
            return NonePart() if postings is None else ListedPart(postings.articles)
        number = columns.article_number(text.decode("utf-8", "surrogatepass"))
        return NonePart() if number is None else ListedPart(np.array([number]))

    def range(self, query: Any, boost: float) -> Part:
        """Make the part of a `NumericRange` or `DateRange`.

        Raises:
            QueryError: Its field is not numeric.
        """
        field = self._reader.schema[query.fieldname]
        if not isinstance(field, NUMERIC):
            raise QueryError(f"{query.fieldname} has no numbers, so it has no range of them")
        values, known = self._reader.numbers(query.fieldname)
        low = None if query.start is None else field.prepare_number(query.start)
        high = None if query.end is None else field.prepare_number(query.end)

        def holds(articles: Ints) -> Bools:
            own = values[articles]
            inside: Bools = known[articles].copy()
            if low is not None:
                inside &= own > low if query.startexcl else own >= low
            if high is not None:
                inside &= own < high if query.endexcl else own <= high
            return inside

        return ConstantPart(ColumnPart(holds, self._size), boost)

    def every(self, name: str | None) -> Part:
        """Make the part of all articles that have anything in a field."""
        columns = self._segment.columns
        if name is None or name == "id":
            return AllPart(self._size)
        text = group_and_field(name)
        if text is not None:
            group, field = self._segment.groups[text[0]], text[1]
            in_field = group.frequencies[:, field] > 0
            return ListedPart(np.unique(group.articles[in_field[group.codes]]).astype(np.int64))
        if name in FACETS:
            owners, _ = columns.facets[name].pairs(np.arange(self._size))
            return ListedPart(np.unique(owners))
        if isinstance(self._reader.schema[name], NUMERIC):
            return ListedPart(np.flatnonzero(self._reader.numbers(name).known))
        return NonePart()
