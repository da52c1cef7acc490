"""One JSON object to a record: strict JSON, or what MongoDB's shells print."""

import json
from typing import NamedTuple, NoReturn

from corpus.formats.mongo_shell import to_json
from corpus.text.detection import detect_legacy, encoding_named

_MOST_DIGITS = 1_000
"""No whole number of an article comes near it, and a long one takes ever longer to read."""


class NotAnObjectError(Exception):
    """What should be a JSON object is none; says why."""


class JsonObject(NamedTuple):
    """An object, and whether its text was converted.

    Attributes:
        members: Its members.
        doubts: What is doubtful about its text, one sentence each.
    """

    members: dict[str, object]
    doubts: tuple[str, ...] = ()


def object_of(data: bytes) -> JsonObject:
    """Return an object.

    JSON proper is asked for: ``NaN`` and ``Infinity`` are refused. Of a key that occurs twice
    the last value counts. An object that is not UTF-8 may be in one of the encodings of before,
    if that is sure: files are joined from pieces of different origin.

    Raises:
        NotAnObjectError: It is none.
    """
    text, was = _text(data)
    try:
        value: object = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        value = _from_shell(text, error)
    except RecursionError as error:
        raise NotAnObjectError("not an article: nested too deeply") from error
    except ValueError as error:  # a constant or a number that is refused
        raise NotAnObjectError(f"not JSON: {error}") from error
    if not isinstance(value, dict):
        raise NotAnObjectError("not a JSON object; write one object, {...}, a line")
    doubt = f"text: converted from {was}, while the rest of the file is UTF-8"
    return JsonObject(value, (doubt,) if was else ())


def _text(data: bytes) -> tuple[str, str]:
    """Return the text, and the encoding that it was in if that was not UTF-8."""
    try:
        return data.decode(), ""
    except UnicodeDecodeError as error:
        found = detect_legacy(data)
        if found.encoding:
            return encoding_named(found.encoding).decode(data), found.encoding
        raise NotAnObjectError(
            f"not UTF-8: byte 0x{data[error.start]:02X} at position {error.start}; "
            "convert the file to UTF-8"
        ) from error


def _from_shell(text: str, first: json.JSONDecodeError) -> object:
    if text.lstrip().startswith("{") and (other := to_json(text)) != text:
        try:
            return _DECODER.decode(other)
        except (ValueError, RecursionError):
            pass
    what = first.msg.removesuffix(" at")
    raise NotAnObjectError(f"not JSON: {what} at column {first.colno}") from first


def _whole_number(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"a number of {len(digits)} digits; write it as a text")
    return int(digits)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON value; write null")


_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_int=_whole_number)
