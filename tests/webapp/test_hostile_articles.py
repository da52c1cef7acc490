"""Articles and queries that try to be more than text: on pages, in feeds, exports and the API."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus import Article, ArticleError, PublicationDate
from indexer import build_index
from webapp import create_app
from webapp.links import external_url

MARKUP: Final = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload='alert(1)'>",
    "</title></textarea></style></script><blink>",
    "<!-- --> <![CDATA[ ]]> <?php ?>",
    "{{ 7*7 }} {% raw %} ${7*7} &lt;b&gt; &amp;amp;",
    "<a href=javascript:alert(1)>x</a>",
    "`onmouseover=alert(1)",
)
BIDI: Final = "bình \u202ethường\u202c \u2067gnp.exe"
TEXTS: Final = (*MARKUP, BIDI)
ADDRESSES: Final = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript://good.example/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example/x",
    "https:evil.example",
    "https://",
    "https://[evil",
    "https://good.example@evil.example/",
    "https://good.example/\u202egro.elpmaxe",
    "\u200bhttps://evil.example/",
    "https://evil.example /",
    "blob:https://evil.example/x",
)


def _accepted(url: str) -> str:
    """The address, if an article may have it at all."""
    try:
        return Article(title="x", url=url).url
    except ArticleError:
        return ""


ARTICLES: Final = tuple(
    Article(
        id=f"{number}{text}" if text in MARKUP else str(number),
        title=f"Đường {text}",
        lead=f"Sapo {text}",
        body=(f"Đoạn {text}", f"Đường phố {text} và chữ sau."),
        captions=(f"Ảnh {text}",),
        authors=(f"Tác {text}",),
        source=f"Báo {text}",
        section=f"Mục {text}",
        tags=(f"Thẻ {text}",),
        url=_accepted(url),
        published=PublicationDate.of_day(2024, 1, 1 + number % 28),
    )
    for number, (text, url) in enumerate(
        zip(TEXTS * 2, ADDRESSES, strict=True),
    )
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("hostile") / "index"
    build_index(ARTICLES, folder)
    app = create_app({"INDEX": folder, "PAGE_SIZE": 50})
    yield app
    app.extensions["timbao"].close()


class _Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def assert_harmless(self) -> None:
        for tag, attributes in self.elements:
            assert tag not in {"base", "iframe", "object", "embed", "style", "blink", "img"}
            assert tag != "script" or (attributes.get("src") or "").startswith("/static/")
            for name, value in attributes.items():
                assert not name.startswith("on")
                assert name not in {"style", "srcdoc", "formaction"}
                if name in {"href", "src", "action"}:
                    address = value or ""
                    assert address.startswith(("/", "#")), address
                    assert not address.startswith("//")


def _addresses() -> list[str]:
    # The newest first: an empty search shows them all.
    return ["/", "/?q=%C4%91%C6%B0%E1%BB%9Dng", *(f"/?q={quote(text)}" for text in TEXTS)]


@pytest.mark.parametrize("address", _addresses())
def test_nothing_of_an_article_or_a_query_becomes_markup(app: Flask, address: str) -> None:
    response = app.test_client().get(address)
    assert response.status_code in {200, 400}
    _Page(response.text).assert_harmless()


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id[:2])
def test_an_article_shows_its_text_as_it_is_and_links_no_odd_address(
    app: Flask, article: Article
) -> None:
    with app.test_request_context():
        address = app.url_for("article.article", article_id=article.id)
    response = app.test_client().get(f"{address}?q=%C4%91%C6%B0%E1%BB%9Dng")
    assert response.status_code == 200
    page = _Page(response.text)
    page.assert_harmless()
    for part in (article.title, article.lead, *article.body, *article.captions, *article.tags):
        assert part in page.text


@pytest.mark.parametrize("parameter", ["source", "section", "tag", "author", "from", "sort", "by"])
@pytest.mark.parametrize("text", MARKUP)
def test_no_parameter_becomes_markup(app: Flask, parameter: str, text: str) -> None:
    response = app.test_client().get("/", query_string={"q": "đường", parameter: text})
    assert response.status_code in {200, 400}
    _Page(response.text).assert_harmless()


@pytest.mark.parametrize("text", MARKUP)
def test_no_address_and_no_header_becomes_markup(app: Flask, text: str) -> None:
    client = app.test_client()
    for response in (
        client.get(f"/{quote(text)}"),
        client.get(f"/bai/{quote(text)}"),
        client.get("/", headers={"Referer": text, "Accept-Language": text}),
    ):
        _Page(response.text).assert_harmless()


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_odd_address_is_not_linked(address: str) -> None:
    assert external_url(address) == ""


@pytest.mark.parametrize(
    "address",
    ["https://báo.example/tin?a=1&b=2#x", "http://127.0.0.1:8000/", 'https://a.example/"><b>'],
)
def test_a_plain_address_is_linked(address: str) -> None:
    assert external_url(address) == address


def test_a_feed_of_hostile_articles_is_whole_and_links_only_to_us(app: Flask) -> None:
    feed = ET.fromstring(app.test_client().get("/feed.atom").data)
    atom = "{http://www.w3.org/2005/Atom}"
    titles = [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")]
    assert sorted(filter(None, titles)) == sorted(article.title for article in ARTICLES)
    for link in feed.iter(f"{atom}link"):
        assert link.attrib["href"].startswith("http://localhost/")


def test_the_api_gives_texts_as_they_are_and_no_markup_of_theirs(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=%C4%91%C6%B0%E1%BB%9Dng&size=50&collapse=0")
    assert answer.mimetype == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    hits = answer.get_json()["hits"]
    assert {hit["title"] for hit in hits} == {article.title for article in ARTICLES}
    for hit in hits:
        _Page(json.dumps(hit.get("headline", ""))).assert_harmless()


def test_exports_are_files_that_no_browser_shows(client: FlaskClient) -> None:
    for form in ("csv", "jsonl", "bibtex"):
        with client.get(f"/api/v1/export?format={form}") as response:
            assert response.headers["Content-Disposition"].startswith("attachment")
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            data = response.get_data(as_text=True)
        if form == "csv":
            assert len(list(csv.reader(io.StringIO(data)))) == len(ARTICLES) + 1
        if form == "jsonl":
            written = [json.loads(line)["title"] for line in data.splitlines()]
            assert sorted(written) == sorted(article.title for article in ARTICLES)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("HEAD", "/?q=%3F"),
        ("OPTIONS", "/"),
        ("POST", "/"),
        ("GET", "/bai/x"),
        ("GET", "/healthz"),
        ("GET", "/readyz"),
        ("GET", "/metrics"),
        ("GET", "/feed.atom"),
        ("GET", "/opensearch.xml"),
        ("GET", "/api/v1/search"),
        ("GET", "/api/v1/nowhere"),
        ("GET", "/api/v1/docs"),
        ("GET", "/api/v1/openapi.json"),
        ("GET", "/static/style.css"),
        ("GET", "/static/../../app.py"),
        ("GET", f"/?q={'x' * 3000}"),
        ("TRACE", "/"),
    ],
)
def test_every_answer_forbids_what_is_not_from_here(app: Flask, method: str, path: str) -> None:
    with app.test_client().open(path, method=method) as response:
        policy = response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        assert "*" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["X-Frame-Options"] == "DENY"
        assert "Server" not in response.headers


def test_the_application_is_never_in_debug_mode(app: Flask) -> None:
    assert not app.debug
    assert not app.testing
    assert not app.config["PROPAGATE_EXCEPTIONS"]
