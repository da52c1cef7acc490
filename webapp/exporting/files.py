"""The formats of exports, and their files in chunks of bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from corpus import Article
from webapp.exporting.bibtex import bibtex_entries
from webapp.exporting.csv_table import csv_rows
from webapp.exporting.json_lines import json_lines

_CHUNK: Final = 64 * 1024
_BOM: Final = "\ufeff"


class ExportFormat(StrEnum):
    """What a result can be exported as."""

    CSV = "csv"
    JSONL = "jsonl"
    BIBTEX = "bibtex"

    @property
    def media_type(self) -> str:
        """The type that HTTP calls it, with its encoding."""
        return _MEDIA_TYPES[self]

    @property
    def suffix(self) -> str:
        """How its files' names end, with the dot."""
        return ".bib" if self is ExportFormat.BIBTEX else f".{self}"


_MEDIA_TYPES: Final[Mapping[ExportFormat, str]] = MappingProxyType(
    {
        ExportFormat.CSV: "text/csv; charset=utf-8",
        ExportFormat.JSONL: "application/jsonl; charset=utf-8",
        ExportFormat.BIBTEX: "application/x-bibtex; charset=utf-8",
    }
)
_WRITERS: Final[Mapping[ExportFormat, Callable[[Iterable[Article]], Iterator[str]]]] = (
    MappingProxyType(
        {
            ExportFormat.CSV: csv_rows,
            ExportFormat.JSONL: json_lines,
            ExportFormat.BIBTEX: bibtex_entries,
        }
    )
)


def file_chunks(
    articles: Iterable[Article], form: ExportFormat, *, bom: bool = False
) -> Iterator[bytes]:
    """Write articles as a file, of which never more than a small part is in memory.

    Args:
        articles: The articles, read as they are written.
        form: The format.
        bom: Whether the file begins with a byte order mark, without which some spreadsheets do not
            read a table as UTF-8. Only a table gets one: other readers would stumble over it.

    Yields:
        UTF-8, in chunks of about 64 KB.
    """
    pieces: list[str] = [_BOM] if bom and form is ExportFormat.CSV else []
    size = 0
    for piece in _WRITERS[form](articles):
        pieces.append(piece)
        size += len(piece)
        if size >= _CHUNK:
            yield "".join(pieces).encode()
            pieces.clear()
            size = 0
    if pieces:
        yield "".join(pieces).encode()
