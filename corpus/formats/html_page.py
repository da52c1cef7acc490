"""Saved pages: one article a file.

What the page says for machines gives the metadata (`page_metadata`), `trafilatura` finds the
article's text among menus and advertisements; it is the extra ``web``. A page without a
headline or without text is no article.
"""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from corpus.errors import ArticleError
from corpus.formats.extras import extra
from corpus.formats.page_metadata import metadata
from corpus.formats.source import Outcome, Source
from corpus.text.markup import read_fragment

MAX_PAGE = 16 << 20
"""The greatest size of a page, in bytes."""

_HTML = re.compile(
    rb"(?:<\?xml[^<>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,3}"
    rb"(?:<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s|<title>)",
    re.IGNORECASE | re.DOTALL,
)
# How much of a paragraph is looked for in the page, and how far from it a picture may stand.
_PROBE = 20
_NEAR = 3_000
_ITEM = re.compile(r"^- ")


def is_page(start: bytes) -> bool:
    """Tell by the beginning, without white space before it."""
    return _HTML.match(start) is not None


def read(source: Source) -> Iterator[Outcome]:
    """Yield the article of the page, or why it has none."""
    content = bytearray()
    for block in source.blocks:
        content += block
        if len(content) > MAX_PAGE:
            yield source.origin.skipped(f"longer than {MAX_PAGE >> 20} MiB; no article")
            return
    try:
        record = source.record(values_of(content.decode(errors="replace")), 1)
    except ArticleError as error:
        yield source.origin.skipped(str(error))
    else:
        yield record


def values_of(page: str, address: str = "") -> dict[str, object]:
    """Return the values of an article's fields that a page has.

    Args:
        page: The HTML.
        address: From where it was loaded, if that is known.

    Raises:
        ArticleError: It holds none.
        StreamError: `trafilatura` is not installed.
    """
    values = metadata(page)
    url = urljoin(address, str(values.get("url", address)))
    # The address of the front page is a mistake of the page's maker.
    url = url if urlsplit(url).path.strip("/") else address
    values["url"] = url if url.startswith(("http://", "https://")) else ""
    paragraphs = _paragraphs(page)
    captions = _captions(page, paragraphs)
    told = {" ".join(str(values.get(field, "")).split()) for field in ("title", "lead")}
    values["body"] = [text for text in paragraphs if text not in told and text not in captions]
    values["captions"] = captions
    if not values["body"]:
        raise ArticleError("body", "no article was found in the page")
    return values


def _captions(page: str, paragraphs: list[str]) -> list[str]:
    """Return the captions in the part of the page that the article is in."""
    if not paragraphs:
        return []
    begin = page.find(paragraphs[0][:_PROBE])
    end = page.rfind(paragraphs[-1][:_PROBE])
    if begin < 0 or end < begin:
        return []
    heading = page.rfind("<h1", 0, begin)
    begin = max(begin - _NEAR, 0) if heading < 0 else heading
    return read_fragment(page[begin : end + _NEAR]).captions


def _paragraphs(page: str) -> list[str]:
    trafilatura = extra("trafilatura", "web", "HTML pages")
    try:
        found = trafilatura.bare_extraction(
            page, with_metadata=False, include_comments=False, include_tables=False
        )
    except Exception as error:  # pages may be anything, and cost only themselves
        raise ArticleError("body", f"the page cannot be taken apart: {error}") from error
    text = (found.text or "") if found else ""
    return [_ITEM.sub("", line.strip()) for line in text.splitlines() if line.strip()]
