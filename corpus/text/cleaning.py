"""What stands in texts and is neither a letter nor a sign of the author's.

- **Invisible characters** go: soft hyphens, zero-width spaces and joiners between letters, byte
  order marks, marks of direction. Joiners between other signs stay (emoji consist of them).
- **HTML entities** become what they stand for (``&agrave;``, ``&quot;``, ``&#7879;``).
- **Boilerplate**: a paragraph that only leads to another page (``Xem thêm: …``, ``>> Đọc
  thêm …``) goes; a list of tags among the last paragraphs (``Từ khóa: a, b``) is told apart.
  A sentence that only begins with these words stays.
"""

import html
import re
import unicodedata
from collections.abc import Sequence

_INVISIBLE = re.compile(
    "[\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    "|[\u200c\u200d](?=[^\\W\\d_])|(?<=[^\\W\\d_])[\u200c\u200d]"
)
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")

_LONGEST_LINE = 400
_LAST = 5
_READ_ON = re.compile(
    r"""
    [>»▶►→*•●+–-]* \s* (?:
        (?: mời \s (?: bạn | độc \s giả | quý \s vị ) \s )? (?: xem | đọc ) \s (?: thêm | tiếp )
        (?: \s (?: tại | ở ) \s đây )? \s* (?: [:>»→…] .* | \.* )
      | (?: tin | bài (?: \s viết )? ) \s liên \s quan \s* :? \s*
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ARROW = re.compile(r"(?:>|&gt;|»){2,}\s*(?:xem|đọc)\s+thêm\b.*", re.IGNORECASE)
_TAGS = re.compile(r"(?:tags?|từ \s kh(?:óa|oá)) \s* : \s* (.+)", re.IGNORECASE | re.VERBOSE)
_BETWEEN_TAGS = re.compile(r"[,;|#]")


def cleaned(text: str) -> str:
    """Return a text without invisible characters and HTML entities."""
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    if not text.isprintable():  # invisible characters are not; nearly all texts are
        text = _INVISIBLE.sub("", text)
    return text


def without_boilerplate(paragraphs: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the paragraphs that belong to an article, and the tags in a list at its end."""
    kept: list[str] = []
    tags: list[str] = []
    first_of_last = len(paragraphs) - _LAST
    for place, paragraph in enumerate(paragraphs):
        line = paragraph.strip()
        if len(line) <= _LONGEST_LINE and _may_be_boilerplate(line):
            line = unicodedata.normalize("NFC", line)
            if _READ_ON.fullmatch(line) or _ARROW.fullmatch(line):
                continue
            if place >= first_of_last and (match := _TAGS.fullmatch(line)):
                found = map(str.strip, _BETWEEN_TAGS.split(match[1].rstrip(".")))
                tags += filter(None, found)
                continue
        kept.append(paragraph)
    return kept, tags


_SIGNS = frozenset(">»▶►→*•●+–-&")
_WORDS = frozenset(
    {"xem", "đọc", "đo\u0323", "mời", "mo\u031b", "mơ\u0300", "tin", "bài", "ba\u0300"}
)
_TAG_WORDS = frozenset({"tag", "từ ", "tư\u0300", "tu\u031b"})


def _may_be_boilerplate(line: str) -> bool:
    """Tell quickly of nearly all paragraphs that they are none."""
    start = line[:3].lower()
    return start in _WORDS or start in _TAG_WORDS or line[:1] in _SIGNS
