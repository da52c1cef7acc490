"""Plain text: one article a file, in UTF-8, as it is saved from a newspaper's page.

::

    Title

    Lead.

     Caption of the picture.

    Caption of the picture.

    A paragraph.

    Another one.

    Byline

    Nguồn <paper>: <URL>

Each line that is not blank is a paragraph, with or without blank lines around it; what is
said here holds for lines without the white space at their ends, compared in one Unicode form.

- The first line is the **title**. Later lines that repeat it go.
- The last line gives **source and URL** if it begins with ``Nguồn`` and goes on with a name
  (one that begins with a capital letter or digit and ends no sentence), a URL, or both.
  **Section and date** are read from the URL.
- Lines that are repeated are **captions**, which pages hold twice (below the picture and as
  its alternative text): they are kept once, apart from the body. Only lines of 4 to 80
  words: shorter ones are the labels of an interview, longer ones are text.
- The last of the lines that remain is the **byline** if it is nothing but names: up to 4,
  joined by ``-``, ``,``, ``/``, ``;``, ``&`` or ``và``; each of 2 to 5 words that all begin
  with a capital letter, or initials such as ``H.T``; without digits, and not the end of a
  sentence. A label before them (``Bài, ảnh:``) and what follows in parentheses
  (``(Tổng hợp)``) go. A credit (``Theo …``) is no byline and stays in the body.
- The first of the rest is the **lead**, if it is not all that there is: a title and one
  paragraph are an article without a lead.

Two doubts are decided for keeping text: a line that may be a paragraph is not taken for a
byline, and a text without ``Nguồn`` is read all the same.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from corpus.errors import ArticleError
from corpus.formats.source import Outcome, Source
from corpus.text.cleaning import cleaned

MAX_FILE = 8 << 20
"""The greatest size of a file, in bytes; far more than any article has."""

_LINE_BREAK = re.compile("\r\n|[\r\n\u2028\u2029]")
_INVISIBLE_ENDS = "\ufeff\u200b"

_CAPTION_WORDS = range(4, 81)

_LONGEST_ORIGIN = 3000  # the address included
_NGUON = re.compile(
    r"nguồn \s* :? \s* (?P<source> [^:]*? ) (?: \s* : )? \s* (?P<url> [a-z]+:\S+ )?",
    re.IGNORECASE | re.VERBOSE,
)

_LONGEST_BYLINE = 200
_MOST_NAMES = 4
_NAME_WORDS = range(2, 6)
_BYLINE_LABEL = re.compile(
    r"(?: tác \s giả | thực \s hiện | phóng \s viên | pv "
    r"| (?: tin | bài ) (?: \s* (?: , | và | - ) \s* ảnh )? ) \s* : \s*",
    re.IGNORECASE | re.VERBOSE,
)
_PARENTHESES = re.compile(r"\s*\([^()]*\)$")
_BETWEEN_NAMES = re.compile(r"\s+[-–—]\s+|\s*[,;/&]\s*|\s+và\s+")
_INITIALS = re.compile(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+\.?|PV|P\.V\.?")


def read(source: Source) -> Iterator[Outcome]:
    """Yield the article that the file is, or why it is none."""
    content = bytearray()
    for block in source.blocks:
        content += block
        if len(content) > MAX_FILE:
            yield source.origin.skipped(f"longer than {MAX_FILE >> 20} MiB; no article")
            return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = f"not UTF-8: byte 0x{content[error.start]:02X}; convert the file to UTF-8"
        yield source.origin.skipped(reason, line)
        return
    try:
        record = source.record(parse(cleaned(text)), 1)
    except ArticleError as error:
        yield source.origin.skipped(str(error))
    else:
        yield record


def parse(text: str) -> dict[str, object]:
    """Return the named parts of a text in this form; see the rules above."""
    lines = [
        line
        for raw in _LINE_BREAK.split(text)
        if (line := raw.strip().strip(_INVISIBLE_ENDS).strip())
    ]
    if not lines:
        return {}
    title, *rest = lines
    parts: dict[str, object] = {"title": title}
    if rest and (origin := parse_origin(rest[-1])):
        parts |= origin
        rest.pop()
    rest, parts["captions"] = _without_repeats(title, rest)
    if len(rest) > 1 and (authors := parse_byline(rest[-1])):
        parts["authors"] = authors
        rest.pop()
    if len(rest) > 1:
        parts["lead"] = rest.pop(0)
    parts["body"] = rest
    return parts


def parse_origin(line: str) -> dict[str, object]:
    """Return the ``source`` and ``url`` of a ``Nguồn`` line; nothing if it is none."""
    match = _NGUON.fullmatch(_key(line)) if len(line) <= _LONGEST_ORIGIN else None
    if not match:
        return {}
    source, url = match["source"], match["url"]
    is_name = source[:1].isupper() or source[:1].isdigit()
    if source and not url and (not is_name or source.endswith((".", "!", "?", "…"))):
        return {}  # a paragraph: "Nguồn nước bị ô nhiễm."
    return {name: value for name, value in (("source", source), ("url", url)) if value}


def parse_byline(line: str) -> list[str]:
    """Return the names that a byline consists of; nothing if the line is no byline."""
    if len(line) > _LONGEST_BYLINE:
        return []
    names = _PARENTHESES.sub("", _key(line))
    names = _BYLINE_LABEL.sub("", names, count=1) if ":" in names else names
    found = _BETWEEN_NAMES.split(names)
    return found if len(found) <= _MOST_NAMES and all(map(_is_name, found)) else []


def _is_name(text: str) -> bool:
    if _INITIALS.fullmatch(text):
        return True
    words = text.split()
    return (
        len(words) in _NAME_WORDS
        and words[0].lower() != "theo"
        and all(
            word[0].isupper() and all(c.isalpha() or c in "-'’" for c in word) for word in words
        )
    )


def _without_repeats(title: str, lines: list[str]) -> tuple[list[str], list[str]]:
    """Separate the lines of the text from the captions among them."""
    keys = [_key(line) for line in lines]
    times = Counter(keys)
    rest: list[str] = []
    captions: dict[str, str] = {}
    for key, line in zip(keys, lines, strict=True):
        if times[key] > 1 and len(key.split(" ")) in _CAPTION_WORDS:
            captions.setdefault(key, line)
        elif key != _key(title):
            rest.append(line)
    captions.pop(_key(title), None)
    return rest, list(captions.values())


def _key(line: str) -> str:
    """Return what is the same for lines that read the same."""
    return " ".join(unicodedata.normalize("NFC", line).split())
