"""CSV and its kin: a row of names, then a row for each article (RFC 4180).

The separator (comma, semicolon, tab or bar) is the one with which the first rows have the most
cells, and all the same number of them. Rows that are longer or shorter than the first cost only
themselves. A quoted cell may run over lines, but not over more than `MAX_CELL` characters: a
quotation mark that is never closed would take all that follows.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice

from corpus.errors import ArticleError
from corpus.formats.source import Outcome, Source
from corpus.formats.values import known_names
from corpus.streams import MAX_LINE, Stream, read_lines

MAX_CELL = 4 << 20
"""The most characters of a cell."""

_SEPARATORS = ",;\t|"
_HEAD = 1 << 18
_ROWS_LOOKED_AT = 30
_MOST_COLUMNS = 1_000


def separator_of(head: bytes) -> str:
    """Return the separator of a table; empty if the text is none.

    Args:
        head: The beginning of the file.
    """
    text = head.decode(errors="replace").removeprefix("\ufeff")
    complete = text[: text.rfind("\n") + 1] if len(head) >= _HEAD else text
    best = ("", 1)
    for separator in _SEPARATORS:
        if separator not in complete.partition("\n")[0]:
            continue
        rows = _first_rows(complete, separator)
        width = len(rows[0]) if rows else 0
        same = sum(len(row) == width for row in rows)
        # The last row may be cut off, and some are damaged.
        if best[1] < width <= _MOST_COLUMNS and same >= 0.8 * len(rows) - 1:
            best = (separator, width)
    return best[0]


def column_names(head: bytes, separator: str) -> list[str]:
    """Return the names in the first row of a table."""
    rows = _first_rows(head.decode(errors="replace").removeprefix("\ufeff"), separator)
    return [name.strip() for name in rows[0]] if rows else []


def is_table(head: bytes, mapped: Iterable[str] = ()) -> bool:
    """Tell whether a text is a table that has a column of titles.

    Args:
        head: The beginning of the file.
        mapped: The names that the user gave.
    """
    if not (separator := separator_of(head)):
        return False
    names = column_names(head, separator)
    known = known_names(names)
    return ("title" in known and len(known) > 1) or any(name in names for name in mapped)


def read(source: Source) -> Iterator[Outcome]:
    """Yield the article of each row, or why it has none."""
    stream = Stream(source.blocks)
    head = stream.peek(_HEAD)
    separator = separator_of(head) or ","
    lines = _Lines(source, stream)
    names: list[str] = []
    for start, row in _rows(lines, separator):
        yield from lines.skipped()
        if isinstance(row, str):
            yield source.origin.skipped(row, start)
        elif not names:
            names = [name.strip() for name in row]
        elif len(row) != len(names):
            if row:
                reason = f"has {len(row)} cells, and the first row {len(names)}"
                yield source.origin.skipped(reason, start)
        else:
            try:
                record = source.record(dict(zip(names, row, strict=True)), start)
            except ArticleError as error:
                yield source.origin.skipped(str(error), start)
            else:
                yield record
    yield from lines.skipped()


class _Lines:
    """The lines of a table as text, with the number of the last one."""

    def __init__(self, source: Source, stream: Stream) -> None:
        self._source = source
        self._stream = stream
        self._skipped: list[Outcome] = []
        self.number = 0
        self.begun = 0  # the first line that the row took, if it has taken any

    def __iter__(self) -> Iterator[str]:
        for number, line in read_lines(self._stream.blocks()):
            self.number = number
            if line is None:
                self._skip(f"longer than {MAX_LINE >> 20} MiB")
                continue
            try:
                text = line.decode()
            except UnicodeDecodeError as error:
                self._skip(f"not UTF-8: byte 0x{line[error.start]:02X}; convert the file to UTF-8")
                continue
            self.begun = self.begun or number
            yield text.removesuffix("\r") + "\n"

    def _skip(self, reason: str) -> None:
        self._skipped.append(self._source.origin.skipped(reason, self.number))

    def skipped(self) -> list[Outcome]:
        """Return what was skipped since the last call."""
        found, self._skipped = self._skipped, []
        return found


def _rows(lines: _Lines, separator: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield each row with the line that it begins in, or what is wrong with it."""
    limit = csv.field_size_limit(MAX_CELL)
    try:
        rows = csv.reader(lines, delimiter=separator)
        while True:
            lines.begun = 0
            # The limit belongs to the whole process; another reader may have changed it.
            csv.field_size_limit(MAX_CELL)
            try:
                row = next(rows)
                yield lines.begun, row
            except StopIteration:
                return
            except csv.Error as error:
                yield lines.begun, f"no row of a table: {error}; is a quotation mark not closed?"
    finally:
        csv.field_size_limit(limit)


def _first_rows(text: str, separator: str) -> list[list[str]]:
    limit = csv.field_size_limit(MAX_CELL)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return [row for row in islice(rows, _ROWS_LOOKED_AT) if row]
    except csv.Error:
        return []
    finally:
        csv.field_size_limit(limit)
