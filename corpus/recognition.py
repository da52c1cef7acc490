"""Which form a file has, by what is in it.

The name of a file is asked only where the content leaves it open: nearly any text could be an
article in plain text, so one without a ``Nguồn`` line is taken for an article only under a
name that ends in ``.txt``, ``.text`` or has no ending.
"""

import re
import unicodedata
from pathlib import PurePosixPath

from corpus.formats import json_lines, plain_text
from corpus.formats.source import Reader

_UTF16_OR_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_OBJECT_OVER_LINES = re.compile(rb"\{[ \t\r]*\n")
_OTHER_FORMS = (
    (_OBJECT_OVER_LINES, "JSON over several lines, which is not read; write one object a line"),
    (re.compile(rb"\[\s*[\[{]"), "a JSON array, which is not read; write one object a line"),
    (re.compile(rb"<[!?a-zA-Z]"), "HTML or XML, which is not read; save it as text or JSON"),
    (re.compile(rb"%PDF-"), "a PDF file, which is not read; save it as text"),
)
_TEXT = frozenset({"", ".txt", ".text"})


class UnknownFormError(Exception):
    """The content is in no form that is read; says what it is instead."""


def recognise(name: str, head: bytes) -> Reader:
    """Return the reader for a file.

    Args:
        name: Its own name, without the endings of compression.
        head: Its first block, decompressed.

    Raises:
        UnknownFormError: If there is none.
    """
    if head.startswith(_UTF16_OR_32):
        raise UnknownFormError("UTF-16 or UTF-32 text; convert the file to UTF-8")
    if b"\x00" in head:
        raise UnknownFormError("binary data, not text")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise UnknownFormError("is empty")
    if _looks_like_json_lines(start):
        return json_lines.read
    for pattern, what in _OTHER_FORMS:
        if pattern.match(start):
            raise UnknownFormError(what)
    ending = PurePosixPath(name).suffix.lower()
    if ending not in _TEXT and not _mentions_nguon(head):
        raise UnknownFormError(
            "not an article: neither JSON Lines nor a text that ends with a line "
            "“Nguồn <paper>: <URL>” (texts without one must be named .txt)"
        )
    return plain_text.read


def _looks_like_json_lines(start: bytes) -> bool:
    """Tell by the first line, or by most of the first ones: the very first may be damaged."""
    if start.startswith(b"{") and not _OBJECT_OVER_LINES.match(start):
        return True
    lines = [line.strip() for line in start[: 1 << 16].splitlines() if line.strip()][:20]
    objects = sum(line.startswith(b"{") for line in lines)
    return 2 * objects > len(lines)


def _mentions_nguon(head: bytes) -> bool:
    text = unicodedata.normalize("NFC", head.decode(errors="replace"))
    return re.search(r"^[^\S\n]*Nguồn\b", text, re.MULTILINE | re.IGNORECASE) is not None
