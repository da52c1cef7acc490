"""The page and the command say when results lack words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus import Article
from indexer import build_index
from tests.webapp.test_search_page import get, links, text_of
from webapp import create_app
from webapp.cli import main

BODIES = [*["mưa lớn miền Trung"] * 3, *["mưa lớn miền Bắc"] * 4, "nắng"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("matching") / "index"
    build_index([Article(title=f"Tin {n}", body=(b,)) for n, b in enumerate(BODIES)], folder)
    return folder


@pytest.fixture(scope="module")
def app(folder: Path) -> Iterator[Flask]:
    app = create_app({"INDEX": folder})
    yield app
    app.extensions["timbao"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_page_announces_that_results_lack_words_with_both_counts(client: FlaskClient) -> None:
    html = get(client, q="mưa lớn miền Trung").text
    announced = "Không đủ bài có mọi từ (3 bài); đang hiện 7 bài có hầu hết các từ."
    assert announced in text_of(html)
    assert text_of(html).count("Thiếu: Trung") == 4


def test_announcement_links_to_the_articles_with_all_words(client: FlaskClient) -> None:
    html = get(client, q="mưa lớn miền Trung").text
    (address,) = [href for href, label in links(html) if label == "Chỉ bài có mọi từ"]
    assert address.endswith("&match=all")
    strict = client.get(address).text
    assert "trong 3 bài" in text_of(strict)
    assert "hầu hết các từ" not in text_of(strict)


def test_page_says_where_no_article_has_all_words(client: FlaskClient) -> None:
    html = get(client, q="mưa lớn miền Nam").text
    announced = "Không có bài nào có mọi từ; đang hiện 7 bài có hầu hết các từ."
    assert announced in text_of(html)
    assert "Chỉ bài có mọi từ" not in text_of(html)


@pytest.mark.parametrize("query", ["mưa lớn", "mưa lớn miền"])
def test_nothing_is_announced_where_all_words_are_held(client: FlaskClient, query: str) -> None:
    text = text_of(get(client, q=query).text)
    assert "các từ" not in text
    assert "Thiếu" not in text


def test_any_word_is_announced_too(client: FlaskClient) -> None:
    text = text_of(get(client, q="nắng Trung", match="any").text)
    assert "Đang hiện 4 bài có ít nhất một từ; không bài nào có mọi từ." in text


def test_an_empty_answer_offers_articles_that_lack_words(client: FlaskClient) -> None:
    html = get(client, q="mưa lớn miền Nam", sort="newest").text
    (address,) = [href for href, label in links(html) if label == "Nhận cả bài thiếu vài từ"]
    assert "trong 7 bài" in text_of(client.get(address).text)


def test_another_query_keeps_how_much_must_match(client: FlaskClient) -> None:
    html = get(client, q="mưa lớn miền Nam", match="all").text
    assert '<input type="hidden" name="match" value="all">' in html


def test_unknown_policy_is_a_problem_of_the_address(client: FlaskClient) -> None:
    answer = get(client, q="mưa", match="some")
    assert answer.status_code == 400
    assert "match" in text_of(answer.text)


def test_command_says_which_words_results_lack(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "mưa lớn miền Trung", "--index", str(folder)]) == 0
    shown = capsys.readouterr().out
    assert "without Trung" in shown
    assert "These hold most of the words; 3 hold all (--match all)." in shown


def test_command_takes_how_much_must_match(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "mưa lớn miền Trung", "--index", str(folder), "--match", "all"]) == 0
    shown = capsys.readouterr().out
    assert "1-3 of 3 articles" in shown
    assert "without" not in shown
