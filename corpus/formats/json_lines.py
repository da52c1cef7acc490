r"""JSON Lines: one JSON object a line, UTF-8 (https://jsonlines.org).

The keys are the names of an article's fields, or those in `corpus.formats.fields.ALIASES`;
other keys are ignored. Lines may end in ``\r\n``, blank lines are passed over, and a byte
order mark may stand before the first line. JSON proper is asked for: ``NaN`` and ``Infinity``
are refused. Of a key that occurs twice in an object the last value counts.
"""

import json
from collections.abc import Iterator
from typing import NoReturn

from corpus.errors import ArticleError
from corpus.formats.fields import article_from_fields
from corpus.formats.source import Outcome, Source
from corpus.streams import MAX_LINE, read_lines

_BOM = b"\xef\xbb\xbf"


def read(source: Source) -> Iterator[Outcome]:
    """Yield the article of each line, or why it has none."""
    for number, line in read_lines(source.blocks):
        if line is None:
            reason = f"longer than {MAX_LINE >> 20} MiB; is this one object a line?"
            yield source.origin.skipped(reason, number)
            continue
        if number == 1:
            line = line.removeprefix(_BOM)
        if not line or line.isspace():
            continue
        try:
            article = article_from_fields(_object(line))
        except (ArticleError, _NotAnObjectError) as error:
            yield source.origin.skipped(str(error), number)
        else:
            yield source.origin.record(article, number)


class _NotAnObjectError(Exception):
    """A line that is not a JSON object in UTF-8."""


def _object(line: bytes) -> dict[str, object]:
    try:
        value: object = _DECODER.decode(line.decode())
    except UnicodeDecodeError as error:
        raise _NotAnObjectError(
            f"not UTF-8: byte 0x{line[error.start]:02X} at position {error.start}; "
            "convert the file to UTF-8"
        ) from error
    except json.JSONDecodeError as error:
        raise _NotAnObjectError(f"not JSON: {error.msg} at column {error.colno}") from error
    except RecursionError as error:
        raise _NotAnObjectError("not an article: nested too deeply") from error
    except ValueError as error:  # a constant or a number that is refused
        raise _NotAnObjectError(f"not JSON: {error}") from error
    if not isinstance(value, dict):
        raise _NotAnObjectError("not a JSON object; write one object, {...}, a line")
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON value; write null")


_DECODER = json.JSONDecoder(parse_constant=_refuse)
