"""Which form a file has, by what is in it.

The name of a file is asked only where the content leaves it open: nearly any text could be an
article in plain text, so one without a ``Nguồn`` line is taken for an article only under a
name that ends in ``.txt``, ``.text`` or has no ending.
"""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import NamedTuple

from corpus.formats import (
    bson_dump,
    csv_table,
    html_page,
    json_documents,
    json_lines,
    parquet_table,
    plain_text,
    warc,
)
from corpus.formats.source import Reader

_OTHER_FORMS = (
    (b"%PDF-", "a PDF file, which is not read; save it as text"),
    (b"{\\rtf", "an RTF document, which is not read; save it as text in UTF-8"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document; save it as text in UTF-8"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive, which is not read; pack it as zip or tar"),
    (b"Rar!\x1a\x07", "a RAR archive, which is not read; pack it as zip or tar"),
    (b"SQLite format 3\0", "an SQLite database, which is not read; export it as CSV or JSON"),
)
# A list of records may have other values before the first of them.
_ARRAY = re.compile(
    rb"""\[ \s*+
    (?: (?: "(?:[^"\\\n]++|\\.)*+" | -?[0-9][0-9.eE+-]*+ | null | true | false ) \s*+ , \s*+ )*+
    [\[{\]]""",
    re.VERBOSE,
)
# Robo 3T puts one before each document.
_COMMENT = re.compile(rb"/\*[^*{}]{0,200}+\*/\s*+\{")
_XML = re.compile(rb"<[!?a-zA-Z]")
_TABLES = frozenset({".csv", ".tsv", ".tab"})
_TEXT = frozenset({"", ".txt", ".text"})
_LINES_LOOKED_AT = 20


class UnknownFormError(Exception):
    """The content is in no form that is read; says what it is instead."""


class Form(NamedTuple):
    """A form of files.

    Attributes:
        name: What it is called.
        read: Its reader.
    """

    name: str
    read: Reader


def recognise_binary(head: bytes) -> Form | None:
    """Return the form of a file that is no text, by its first block; `None` if it is text.

    Raises:
        UnknownFormError: It is of a form that is known and not read.
    """
    if bson_dump.is_bson(head):
        return Form("BSON", bson_dump.read)
    if parquet_table.is_parquet(head):
        return Form("Parquet", parquet_table.read)
    if warc.is_warc(head):
        return Form("WARC", warc.read)
    for start, what in _OTHER_FORMS:
        if head.startswith(start):
            raise UnknownFormError(what)
    return None


def recognise_text(name: str, head: bytes, mapped: Iterable[str] = ()) -> Form:
    """Return the form of a text.

    Args:
        name: The file's own name, without the endings of compression.
        head: Its first block, decompressed, in UTF-8.
        mapped: The names of values that the user gave.

    Raises:
        UnknownFormError: If there is none.
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise UnknownFormError("is empty")
    if form := _json(start):
        return form
    if html_page.is_page(start):
        return Form("HTML", html_page.read)
    if _XML.match(start):
        raise UnknownFormError(
            "XML or a piece of HTML, which is not read; save it as text or JSON"
        )
    if csv_table.is_table(start, mapped):
        return Form("CSV", csv_table.read)
    ending = PurePosixPath(name).suffix.lower()
    if ending in _TEXT or _mentions_nguon(head):
        return Form("plain text", plain_text.read)
    if ending in _TABLES:
        names = ", ".join(csv_table.column_names(start, csv_table.separator_of(start) or ","))
        raise UnknownFormError(
            f"a table without a column that is known for titles; map one of its columns to "
            f"title: {names[:300]}"
        )
    raise UnknownFormError(
        "not an article: neither JSON, nor a table with a column of titles, nor a text that ends "
        "with a line “Nguồn <paper>: <URL>” (texts without one must be named .txt)"
    )


def _json(start: bytes) -> Form | None:
    """Tell JSON Lines from other JSON by most of the first lines: one may be damaged."""
    lines = [line.strip() for line in start[: 1 << 16].splitlines() if line.strip()]
    is_one_line = len(lines) == 1
    if len(lines) > 1 and len(start) > 1 << 16:
        lines.pop()  # it was cut off
    lines = lines[:_LINES_LOOKED_AT]
    begun = sum(line.startswith(b"{") for line in lines)
    whole = sum(line.startswith(b"{") and line.endswith(b"}") for line in lines)
    if _COMMENT.match(start):
        return Form("JSON", json_documents.read)
    if start.startswith(b"{") and is_one_line and not json_documents.around_list(start):
        return Form("JSON Lines", json_lines.read)
    if lines[:1] == [b"{"] and 2 * whole >= len(lines):  # the first line is cut off
        return Form("JSON Lines", json_lines.read)
    if 2 * whole > len(lines) and not is_one_line:
        return Form("JSON Lines", json_lines.read)
    if start.startswith(b"{") or _ARRAY.match(start):
        return Form("JSON", json_documents.read)
    return Form("JSON Lines", json_lines.read) if 2 * begun > len(lines) else None


def _mentions_nguon(head: bytes) -> bool:
    text = unicodedata.normalize("NFC", head.decode(errors="replace"))
    return re.search(r"^[^\S\n]*Nguồn\b", text, re.MULTILINE | re.IGNORECASE) is not None
