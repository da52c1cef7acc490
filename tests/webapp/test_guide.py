"""The page of help, whose examples find something in the index at hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus import Article, PublicationDate
from indexer import build_index, open_index
from tests.webapp.test_search_page import headlines, links, text_of
from webapp import create_app
from webapp.pages.examples import topics


def test_examples_have_no_mistake_and_find_as_many_as_they_say(client: FlaskClient) -> None:
    html = client.get("/cach-tim").text
    found = re.findall(
        r'<a href="([^"]+)"><code>(.*?)</code></a> <span class="number">(\d+) bài', html
    )
    assert len(found) > 15
    for href, query, total in found:
        page = client.get(href.replace("&amp;", "&")).text
        assert 'class="notice' not in page, query
        assert f"trong {total} bài" in text_of(page), query


def test_nearly_every_form_has_an_example_that_finds_something(sample_index: Path) -> None:
    with open_index(sample_index) as index:
        examples = [example for topic in topics(index) for example in topic.examples]
    without = [example.query for example in examples if not example.total]
    assert len(without) <= 1, without


@pytest.mark.parametrize(
    "articles",
    [
        [Article(title="Một")],
        [Article(title="ABC 123", section="x&y", published=PublicationDate.of_year(2020))],
    ],
)
def test_forms_are_explained_even_where_nothing_can_be_found(
    tmp_path: Path, articles: list[Article]
) -> None:
    build_index(articles, tmp_path / "index")
    app = create_app({"INDEX": tmp_path / "index"})
    try:
        html = app.test_client().get("/cach-tim").text
    finally:
        app.extensions["timbao"].close()
    for word in ("HOẶC", "GẦN/5", "tiêu-đề:", "ngày:", "*"):
        assert f"{word}" in text_of(html)


def test_every_page_leads_to_the_help_and_to_what_the_index_holds(client: FlaskClient) -> None:
    for path in ("/", "/?q=xyzzyx", "/nowhere", "/kho-bai", "/cach-tim"):
        found = {text: href for href, text in links(client.get(path).text)}
        assert found["Cách tìm"] == "/cach-tim"
        assert found["Về kho bài"] == "/kho-bai"
        assert found["API"] == "/api/v1/docs"


def test_examples_are_those_of_the_index_that_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build_index([Article(title="Chợ nổi miền tây", body=("Chợ nổi.",))], folder)
    app = create_app({"INDEX": folder})
    try:
        client = app.test_client()
        assert "chợ nổi" not in client.get("/cach-tim").text  # a capital may begin a name
        assert "nổi miền" in client.get("/cach-tim").text
        build_index([Article(title="Mùa nước nổi", body=("Mùa nước nổi.",))], folder)
        app.extensions["timbao"].renew()
        html = client.get("/cach-tim").text
        assert "nước nổi" in html
        assert "nổi miền" not in html
        href = next(href for href, text in links(html) if text == '"nước nổi"')
        assert headlines(client.get(href).text) == ["Mùa nước nổi"]
    finally:
        app.extensions["timbao"].close()
