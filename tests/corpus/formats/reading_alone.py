"""One reader at a time, without the files and encodings around it."""

import io
from contextlib import nullcontext
from pathlib import Path

from corpus import Article, Record
from corpus.formats.fields import Fields
from corpus.formats.source import Outcome, Reader, Source
from corpus.records import Origin

PATH = Path("a")


def outcomes(reader: Reader, content: bytes, fields: Fields | None = None) -> list[Outcome]:
    """What a reader makes of a content, which comes in small blocks."""
    blocks = [content[at : at + 1000] for at in range(0, len(content), 1000)]
    source = Source(
        Origin(PATH), blocks, fields or Fields(), lambda: nullcontext(io.BytesIO(content))
    )
    return list(reader(source))


def articles(reader: Reader, content: bytes, fields: Fields | None = None) -> list[Article]:
    """The same, where nothing may be skipped."""
    found = outcomes(reader, content, fields)
    assert all(isinstance(one, Record) for one in found), list(map(str, found))
    return [one.article for one in found if isinstance(one, Record)]


def told(reader: Reader, content: bytes, fields: Fields | None = None) -> list[str]:
    """The title of each article with its place, and the places and reasons of the others."""
    return [
        f"{one.location} {one.article.title}" if isinstance(one, Record) else str(one)
        for one in outcomes(reader, content, fields)
    ]
