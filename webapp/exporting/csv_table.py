"""Articles as a table of comma-separated values (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from corpus import Article

COLUMNS: Final = (
    *("id", "title", "lead", "body", "captions", "authors", "source", "url", "section"),
    *("topic", "published", "tags", "photographers", "credited"),
)
"""The fields of an article, in the order of the columns; they are also the header."""

_PARAGRAPHS: Final = {"body", "captions"}
_STARTS_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")


def csv_rows(articles: Iterable[Article]) -> Iterator[str]:
    """Write a header and a row for each article.

    Values of a list are set apart by `; `, paragraphs by an empty line. A cell that a spreadsheet
    would run as a formula gets an apostrophe in front, as OWASP advises against CSV injection, so
    a title may differ from the article's by that; JSON Lines are exact.
    """
    yield _row(COLUMNS)
    for article in articles:
        values = article.to_dict()
        yield _row(_cell(name, values[name]) for name in COLUMNS)


def _cell(name: str, value: object) -> str:
    if isinstance(value, list):
        value = ("\n\n" if name in _PARAGRAPHS else "; ").join(value)
    text = str(value or "")
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()
