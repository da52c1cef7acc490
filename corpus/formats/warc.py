"""WARC, the form that crawlers store pages in (ISO 28500:2017): an article a page.

Only pages that were delivered count. Redirects, errors, pictures, scripts and the front pages of
sites are no articles, and are skipped with a reason; requests and notes of the crawler are passed
over. `warcio`, of the extra ``web``, takes the records apart (HTTP
headers, chunks, compression); where they begin and end is found here, so that no record is held
that is larger than a page may be, and a damaged one costs only itself.
"""

import io
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from corpus.errors import ArticleError
from corpus.formats.extras import extra
from corpus.formats.html_page import MAX_PAGE, is_page, values_of
from corpus.formats.source import Outcome, Source
from corpus.streams import BLOCK, Stream
from corpus.text.detection import detect
from corpus.text.transcoding import to_utf_8

_LONGEST_HEADER = 1 << 16
_END = b"\r\n\r\n"
_KIND = re.compile(rb"^WARC-Type:\s*(?:response|resource)\s*$", re.IGNORECASE | re.MULTILINE)
_LENGTH = re.compile(rb"^Content-Length:\s*([0-9]{1,15})\s*$", re.IGNORECASE | re.MULTILINE)
_HTML = re.compile(r"\s*(?:text/html|application/xhtml)", re.IGNORECASE)
_VERSION = b"WARC/1."
_CUT_OFF = "a WARC record that ends early; the file was cut off"


def is_warc(head: bytes) -> bool:
    """Tell by the first bytes."""
    return head.startswith(_VERSION)


def read(source: Source) -> Iterator[Outcome]:
    """Yield the article of each page, or why it has none."""
    stream = Stream(source.blocks)
    offset = 0
    while start := stream.peek(_LONGEST_HEADER):
        blank = len(start) - len(start.lstrip(b"\r\n"))
        if blank:
            stream.read(blank)
            offset += blank
            continue
        end = start.find(_END)
        length = _LENGTH.search(start, 0, end + 1) if end > 0 else None
        if not start.startswith(_VERSION) or length is None:
            reason = "no WARC record; what follows is lost, for its beginning is not known"
            yield source.origin.skipped(reason, offset=offset)
            return
        header, content = stream.read(end + len(_END)), int(length[1])
        if _KIND.search(header) and content <= MAX_PAGE:
            record = header + stream.read(content) + _END
            if len(record) < len(header) + content + len(_END):
                stream.read(1)  # raises if the reason is a failure further down
                yield source.origin.skipped(_CUT_OFF, offset=offset)
                return
            yield from _outcomes(source, record, offset)
        else:
            left = content
            while left and (piece := stream.read(min(BLOCK, left))):
                left -= len(piece)
            if left:
                yield source.origin.skipped(_CUT_OFF, offset=offset)
            elif _KIND.search(header):
                reason = f"longer than {MAX_PAGE >> 20} MiB; no article"
                yield source.origin.skipped(reason, offset=offset)
        offset += len(header) + content


def _outcomes(source: Source, record: bytes, offset: int) -> Iterator[Outcome]:
    """Yield the article of one record, why it has none, or nothing if it is no page."""
    headers = record.partition(_END)[2]
    if _END not in headers[:_LONGEST_HEADER] and not is_page(headers.lstrip()):
        return
    try:
        address, page = _page(record)
        yield source.record(values_of(page, address), offset=offset)
    except ArticleError as error:
        yield source.origin.skipped(str(error), offset=offset)


def _page(record: bytes) -> tuple[str, str]:
    """Return the address and the HTML of a record.

    Raises:
        ArticleError: It is no page that may be an article.
    """
    archive = extra("warcio.archiveiterator", "web", "WARC files")
    try:
        found = next(iter(archive.WARCIterator(io.BytesIO(record))))
        address = found.rec_headers.get_header("WARC-Target-URI", "").strip("<>")
        headers = found.http_headers
        if headers:
            kind, status = headers.get_header("Content-Type", ""), headers.get_statuscode()
        else:
            kind, status = found.rec_headers.get_header("Content-Type", ""), "200"
        reason = _no_article(address, status, kind)
        content = b"" if reason else found.content_stream().read(MAX_PAGE + 1)
    except Exception as error:  # `warcio` raises bare exceptions
        raise ArticleError("body", f"the WARC record is damaged: {error}") from error
    if reason:
        raise ArticleError("body", reason)
    if len(content) > MAX_PAGE:
        raise ArticleError("body", f"the page is longer than {MAX_PAGE >> 20} MiB; no article")
    encoding = detect(content)
    if not encoding.encoding:
        raise ArticleError("body", f"the page is {encoding.reason}")
    return address, b"".join(to_utf_8([content], encoding.encoding)).decode(errors="replace")


def _no_article(address: str, status: str, kind: str) -> str:
    """Tell why a response cannot be an article; nothing if it may be one."""
    if status != "200":
        return f"not delivered: the server answered {status[:10]!r}"
    if not _HTML.match(kind):
        return f"no page, but {kind.partition(';')[0].strip()[:60]!r}"
    try:
        place = urlsplit(address)
    except ValueError:
        return ""
    is_front = place.scheme.startswith("http") and not place.path.strip("/") and not place.query
    return "the front page of a site, which is no article" if is_front else ""
