import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import StreamError
from corpus.formats.html_page import is_page, read
from corpus.formats.page_metadata import metadata
from tests.corpus.formats.pages import CAPTION, JSON_LD, LEAD, OPEN_GRAPH, PARAGRAPHS, TIME, page
from tests.corpus.formats.reading_alone import articles, outcomes, told

pytest.importorskip("trafilatura")


@pytest.mark.parametrize(
    ("head", "top"), [(JSON_LD, ""), (OPEN_GRAPH, ""), ("", TIME)], ids=["ld", "og", "time"]
)
def test_text_and_metadata_are_found(head: str, top: str) -> None:
    (article,) = articles(read, page(head, top).encode())
    assert article.title == "Đà Nẵng nhắn tin phạt nguội"
    assert article.body == tuple(PARAGRAPHS)
    assert article.captions == (CAPTION,)
    assert str(article.published) == "2018-02-05T05:15:07+07:00"


def test_everything_that_json_ld_says_is_read() -> None:
    (article,) = articles(read, page(JSON_LD).encode())
    assert (article.authors, article.source) == (("Lê An",), "Tin Ven Biển")
    assert article.section == "Pháp luật"


def test_everything_that_open_graph_says_is_read() -> None:
    (article,) = articles(read, page(OPEN_GRAPH).encode())
    assert article.url == "https://tin.example/phap-luat/da-nang-123.html"
    assert (article.source, article.lead) == ("Tin Ven Biển", LEAD)
    assert article.tags == ("Đà Nẵng", "phạt")
    assert article.section == "phap-luat"


def test_json_ld_wins() -> None:
    told_by_both = metadata(page(OPEN_GRAPH.replace("2018-02-05", "2019-01-01") + JSON_LD))
    assert told_by_both["published"] == "2018-02-04T22:15:07Z"
    assert told_by_both["lead"] == LEAD


def test_page_without_an_article_is_skipped() -> None:
    assert told(read, b"<html><title>Trang</title><body></body></html>") == [
        "a: body: no article was found in the page"
    ]


def test_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(StreamError, match=r"pip install 'timbao\[web\]'"):
        outcomes(read, page().encode())


@pytest.mark.parametrize(
    ("start", "is_one"),
    [
        (b"<!DOCTYPE html>", True),
        (b"<!-- saved from x -->\n<html lang=vi>", True),
        (b'<?xml version="1.0"?><html>', True),
        (b"<rss>", False),
        (b"<p>a</p>", False),
        (b"a <html>", False),
    ],
)
def test_page_is_recognised_by_its_beginning(start: bytes, is_one: bool) -> None:
    assert is_page(start) == is_one


@settings(max_examples=60)
@given(st.data())
def test_damaged_pages_are_read_without_a_crash(data: st.DataObject) -> None:
    content = bytearray(page(JSON_LD + OPEN_GRAPH, TIME).encode())
    for _ in range(data.draw(st.integers(1, 10))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    outcomes(read, bytes(content[: data.draw(st.integers(0, len(content)))]))


@settings(max_examples=100)
@given(st.text(alphabet="<>/metaproyjsonldcript =\"'{}[]@:\\", max_size=200))
def test_any_text_has_metadata_or_none(text: str) -> None:
    metadata("<html><meta " + text)
    metadata('<script type="application/ld+json">' + text + "</script>")
