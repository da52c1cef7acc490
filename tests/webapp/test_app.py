"""Headers, static files, errors, and the change of the index below a running application."""

from __future__ import annotations

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus import Article, sample_articles
from indexer import AbbreviationsError, build_index
from webapp import create_app

_PATHS = [
    "/",
    "/?q=n%C6%B0%E1%BB%9Bc",
    "/?q=%3F",
    "/nowhere",
    "/static/style.css",
    "/bai/none",
    "/gia-tri/source",
    "/api/v1/docs",
]


@pytest.mark.parametrize("path", _PATHS)
def test_every_answer_has_strict_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        headers = response.headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy
    assert "*" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", _PATHS)
def test_pages_need_nothing_that_the_policy_forbids(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        html = response.get_data(as_text=True)
    if html.startswith("<!doctype"):
        assert not re.search(
            r"<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son\w+=|javascript:|@import", html
        )
        loaded = re.findall(
            r'<(?:link rel="(?:stylesheet|icon)"|img|script|iframe)[^>]*(?:href|src)="([^"]*)"',
            html,
        )
        assert loaded
        assert all(address.startswith("/static/") for address in loaded)


def test_static_files_are_kept_as_long_as_their_content_stays(client: FlaskClient) -> None:
    html = client.get("/").text
    [address] = re.findall(r'href="(/static/style\.css\?v=[0-9a-f]+)"', html)
    with client.get(address) as kept, client.get("/static/style.css?v=old") as old:
        assert "immutable" in kept.headers["Cache-Control"]
        assert "immutable" not in old.headers["Cache-Control"]
    assert client.get("/").headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("POST", "/", 405), ("GET", "/static/../app.py", 404)],
)
def test_errors_are_pages_of_the_house(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    response = client.open(path, method=method)
    assert response.status_code == status
    assert "<h1>" in response.text
    assert 'role="search"' in response.text


def test_a_fault_of_our_own_shows_no_trace(
    sample_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app({"INDEX": sample_index})
    monkeypatch.setitem(app.config, "PAGE_SIZE", "not a number")
    response = app.test_client().get("/")
    app.extensions["timbao"].close()
    assert response.status_code == 500
    assert "Có lỗi ở máy chủ" in response.text
    assert "Traceback" not in response.text
    assert "not a number" not in response.text


def test_a_new_generation_is_served_without_a_restart(copied_index: Path) -> None:
    app = create_app({"INDEX": copied_index})
    client = app.test_client()
    assert "Bài duy nhất" not in client.get("/").text
    build_index([Article(title="Bài duy nhất", body=("Chỉ một bài.",))], copied_index)
    app.extensions["timbao"].renew()
    assert "Bài duy nhất" in client.get("/").text
    app.extensions["timbao"].close()


def test_no_request_fails_while_the_index_is_replaced(copied_index: Path) -> None:
    app = create_app({"INDEX": copied_index})
    articles = list(sample_articles())[:8]
    stop = False

    def ask() -> set[int]:
        client = app.test_client()
        statuses = set()
        while not stop:
            statuses.add(client.get("/?q=duong").status_code)
        return statuses

    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(ask) for _ in range(4)]
        for _ in range(4):
            build_index(articles, copied_index)
            app.extensions["timbao"].renew()
        stop = True
        assert {status for one in asking for status in one.result()} == {200}
    app.extensions["timbao"].close()


def test_an_index_that_disappears_is_served_on(copied_index: Path) -> None:
    app = create_app({"INDEX": copied_index})
    client = app.test_client()
    client.get("/")
    (copied_index / "manifest.json").write_text("{}")
    assert client.get("/?q=duong").status_code == 200
    shutil.rmtree(copied_index)
    app.extensions["timbao"].renew()
    assert client.get("/").status_code == 200
    app.extensions["timbao"].close()


def test_a_file_of_abbreviations_is_known_to_the_page(copied_index: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("ĐVK\tdân vận khéo\n", "utf-8")
    app = create_app({"INDEX": copied_index, "ABBREVIATIONS": str(own)})
    assert "“dân vận khéo”" in app.test_client().get("/?q=%C4%90VK").text
    own.write_text("ĐVK\n", "utf-8")
    # The next generation cannot be had, so the page goes on with this one.
    build_index([Article(title="Bài duy nhất")], copied_index)
    app.extensions["timbao"].renew()
    assert "“dân vận khéo”" in app.test_client().get("/?q=%C4%90VK").text
    app.extensions["timbao"].close()
    with pytest.raises(AbbreviationsError, match=r"own\.tsv:1: "):
        create_app({"INDEX": copied_index, "ABBREVIATIONS": str(own)})


def test_a_warm_index_answers_as_before(copied_index: Path) -> None:
    app = create_app({"INDEX": copied_index})
    before = app.test_client().get("/?q=duong").text
    app.extensions["timbao"].warm()
    after = app.test_client().get("/?q=duong").text
    app.extensions["timbao"].close()
    took = re.compile(r"· (\d+ ms|dưới 1 ms)")
    assert took.sub("", after) == took.sub("", before)
