"""Exports over HTTP: complete, of one generation, and sent while they are written."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus import Article
from indexer import build_index
from webapp import create_app

EXPORT = "/api/v1/export"


@pytest.fixture
def long_index(tmp_path: Path) -> Path:
    articles = (Article(id=f"b{n}", title=f"Bài {n}", body=("chữ " * 300,)) for n in range(400))
    build_index(articles, tmp_path / "index")
    return tmp_path / "index"


@pytest.mark.parametrize(
    ("form", "media_type", "suffix"),
    [
        ("csv", "text/csv; charset=utf-8", "csv"),
        ("jsonl", "application/jsonl; charset=utf-8", "jsonl"),
        ("bibtex", "application/x-bibtex; charset=utf-8", "bib"),
    ],
)
def test_a_file_has_its_type_its_name_and_its_counts(
    client: FlaskClient, form: str, media_type: str, suffix: str
) -> None:
    response = client.get(f"{EXPORT}?q=nước&format={form}")
    headers = response.headers
    assert headers["Content-Type"] == media_type
    assert headers["Content-Disposition"] == f'attachment; filename="timbao.{suffix}"'
    assert headers["X-Total-Count"] == headers["X-Exported-Count"] == "33"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_table_has_a_byte_order_mark_where_asked_for(client: FlaskClient) -> None:
    assert client.get(f"{EXPORT}?format=csv&bom=1").data.startswith(b"\xef\xbb\xbfid,")
    assert client.get(f"{EXPORT}?format=csv").data.startswith(b"id,")


def test_an_export_that_a_limit_cuts_says_so(long_index: Path) -> None:
    app = create_app({"INDEX": long_index, "EXPORT_LIMIT": 30})
    client = app.test_client()
    response = client.get(f"{EXPORT}?format=csv")
    assert len(list(csv.DictReader(io.StringIO(response.text)))) == 30
    assert response.headers["X-Total-Count"] == "400"
    assert response.headers["X-Exported-Count"] == "30"
    assert "timbao-first-30-of-400.csv" in response.headers["Content-Disposition"]
    assert "Lấy 30 bài đầu" in client.get("/?q=bài").text
    app.extensions["timbao"].close()


def test_the_page_says_how_many_articles_an_export_has(client: FlaskClient) -> None:
    assert "Lấy cả 33 bài" in client.get("/?q=nước").text


def test_an_export_is_of_one_generation_and_gives_it_free_at_its_end(long_index: Path) -> None:
    app = create_app({"INDEX": long_index, "KEPT_GENERATIONS": 1, "KEPT_SECONDS": 1})
    client = app.test_client()
    before = {path.stem for path in (long_index / "generations").iterdir()}
    response = client.get(EXPORT, buffered=False)
    chunks = response.iter_encoded()
    first = next(iter(chunks))
    assert first.count(b"\n") < 400
    for number in range(3):
        build_index([Article(title=f"Bài mới {number}")], long_index)
        app.extensions["timbao"].renew()
    lines = (first + b"".join(chunks)).decode().splitlines()
    assert {json.loads(line)["id"] for line in lines} == {f"b{n}" for n in range(400)}
    response.close()
    build_index([Article(title="Bài cuối")], long_index)
    assert not before & {path.stem for path in (long_index / "generations").iterdir()}
    app.extensions["timbao"].close()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_reader_who_goes_away_leaves_nothing_open(long_index: Path, method: str) -> None:
    app = create_app({"INDEX": long_index})
    live = app.extensions["timbao"]
    response = app.test_client().open(EXPORT, method=method, buffered=False)
    response.close()
    assert live._opened.users == 0
    live.close()


def test_a_refused_export_leaves_nothing_open(client: FlaskClient) -> None:
    live = client.application.extensions["timbao"]
    before = live._opened.users
    assert client.get(f"{EXPORT}?q=%3F").status_code == 400
    assert live._opened.users == before
