"""Columns of a segment, as Whoosh sorts and groups by them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
from whoosh.columns import ColumnReader
from whoosh.fields import DATETIME, NUMERIC, FieldType
from whoosh.util.times import datetime_to_long

from indexer.columnar.segment import Segment
from indexer.columnar.whoosh_view.fields import number_column
from indexer.schema import FACETS

_UNDATED = datetime_to_long(datetime.max)  # noqa: DTZ901 - Whoosh's times have no zone


class ValueColumn(ColumnReader):
    """One value for each article.

    Args:
        values: The values, by article number.
        missing: Stands for "no value"; comes last in both directions.
    """

    def __init__(self, values: list[Any], missing: Any) -> None:
        self._values = values
        self._missing = missing
        self._reverse = False

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Any:
        return iter(self._values)

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum]

    def sort_key(self, docnum: int) -> Any:
        """Give what to sort an article by."""
        value = self._values[docnum]
        return 0 - value if self._reverse and value != self._missing else value

    def load(self) -> list[Any]:
        """Give all values."""
        return self._values

    def set_reverse(self) -> None:
        """Make the sort keys of numbers descend."""
        self._reverse = True


def make_column(segment: Segment, name: str, field: FieldType) -> ValueColumn:
    """Make the column of a sortable field.

    Args:
        segment: The segment.
        name: Name of the field.
        field: Its type in the schema.
    """
    if name in FACETS:
        facet = segment.columns.facets[name]
        owners, codes = facet.pairs(np.arange(len(segment)))
        values = [b""] * len(segment)
        for owner, code in zip(owners.tolist(), codes.tolist(), strict=True):
            values[owner] = facet.values[code]
        return ValueColumn(values, b"")
    if name == "id":
        return ValueColumn(segment.columns.ids(), b"")
    numbers, known = number_column(segment.columns, name)
    if isinstance(field, DATETIME) or not isinstance(field, NUMERIC):
        longs = np.where(known, numbers, _UNDATED)
        return ValueColumn(longs.tolist(), _UNDATED)
    missing = field.to_column_value(field.default)
    return ValueColumn(
        [
            field.to_column_value(number) if is_known else missing
            for number, is_known in zip(numbers.tolist(), known.tolist(), strict=True)
        ],
        missing,
    )
