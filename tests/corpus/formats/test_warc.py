import gzip
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import StreamError
from corpus.formats.warc import is_warc, read
from tests.corpus.formats.pages import PARAGRAPHS, page
from tests.corpus.formats.reading_alone import articles, outcomes, told
from tests.corpus.text.encoders import ENCODERS

pytest.importorskip("trafilatura")
pytest.importorskip("warcio")

HTML = "Content-Type: text/html\r\n"


def record(
    body: bytes,
    number: int = 1,
    headers: str = HTML,
    status: str = "200 OK",
    kind: str = "response",
) -> bytes:
    http = f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"WARC-Target-URI: https://tin.example/phap-luat/202104/bai-{number}.html\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


PAGE = record(page().encode())


def test_pages_are_articles_with_their_address_and_place() -> None:
    first, second = articles(read, PAGE + record(page().encode(), 2))
    assert first.body == tuple(PARAGRAPHS)
    assert second.url == "https://tin.example/phap-luat/202104/bai-2.html"
    assert (second.section, str(second.published)) == ("phap-luat", "2021-04")
    assert told(read, PAGE * 2)[1].startswith(f"a: byte {len(PAGE)} ")


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (record(b"\x89PNG", headers="Content-Type: image/png\r\n"), "no page, but 'image/png'"),
        (record(page().encode(), status="404 Not Found"), "the server answered '404'"),
        (record(b"", headers="Location: /x\r\n", status="301 Moved"), "answered '301'"),
        (PAGE.replace(b"/phap-luat/202104/bai-1.html", b"/"), "the front page of a site"),
    ],
)
def test_response_that_is_no_article_is_skipped_with_the_reason(other: bytes, reason: str) -> None:
    skipped, article = told(read, other + PAGE)
    assert skipped.startswith("a: byte 0: ")
    assert reason in skipped
    assert article.endswith(articles(read, PAGE)[0].title)


def test_requests_are_passed_over() -> None:
    assert len(told(read, record(page().encode(), kind="request") + PAGE)) == 1


def test_content_may_be_compressed_and_chunked() -> None:
    packed = gzip.compress(page().encode())
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    headers = HTML + "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
    assert articles(read, record(chunked, headers=headers))[0].body == tuple(PARAGRAPHS)


@pytest.mark.parametrize("name", ENCODERS)
def test_each_page_may_have_an_encoding_of_its_own(name: str) -> None:
    old = ENCODERS[name](page().replace("Đoạn", "đoạn").replace("Ảnh", "ảnh"))
    first, second = articles(read, record(old) + PAGE)
    assert first.body[0].startswith("đoạn văn thứ một" if name != "Windows-1258" else "đ")
    assert second.body == tuple(PARAGRAPHS)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (PAGE + PAGE[:300], "ends early"),
        (PAGE + b"GARBAGE", "what follows is lost"),
        (PAGE + b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "what follows is lost"),
        (PAGE + b"WARC/1.0\r\n" + b"x" * 100_000, "what follows is lost"),
    ],
)
def test_damage_is_reported_with_its_place(content: bytes, reason: str) -> None:
    found = told(read, content)
    assert len(found) == 2
    assert found[1].startswith(f"a: byte {len(PAGE)}: ")
    assert reason in found[1]


def test_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    with pytest.raises(StreamError, match=r"pip install 'timbao\[web\]'"):
        outcomes(read, PAGE)


def test_warc_is_recognised() -> None:
    assert is_warc(PAGE)
    assert not is_warc(b"WARC of the worlds")


@settings(max_examples=60)
@given(st.data())
def test_damaged_archives_are_read_without_a_crash(data: st.DataObject) -> None:
    content = bytearray(PAGE * 2)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, 500))] = data.draw(st.integers(0, 255))
    outcomes(read, bytes(content[: data.draw(st.integers(0, len(content)))]))
