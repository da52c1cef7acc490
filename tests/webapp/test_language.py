"""The interface in Vietnamese and in English."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.webapp import catalogue
from tests.webapp.test_search_page import links, text_of

PATHS = ["/", "/?q=n%C6%B0%E1%BB%9Bc&by=month", "/?q=xyzzyx", "/cach-tim", "/kho-bai", "/nowhere"]
PATHS += ["/gia-tri/author", "/?q=duong+sat", "/?from=2021-02-30&sort=none"]
_VALUES = re.compile(r"%\(\w+\)s")


def _messages() -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    def forms(text: Any) -> tuple[str, ...]:
        return (text,) if isinstance(text, str) else tuple(text)

    return [(forms(m.id), forms(m.string)) for m in catalogue.catalogue() if m.id]


def test_every_text_of_the_code_is_in_the_catalogue_and_no_other() -> None:
    found = {m.id if isinstance(m.id, str) else tuple(m.id) for m in catalogue.extracted()} - {""}
    known = {m.id if isinstance(m.id, str) else tuple(m.id) for m in catalogue.catalogue()} - {""}
    assert known == found


def test_every_text_is_translated_with_the_same_values() -> None:
    for original, translated in _messages():
        assert all(translated), original
        for text in translated:
            assert set(_VALUES.findall(text)) == set(_VALUES.findall(original[0])), original


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    assert catalogue.COMPILED.read_bytes() == catalogue.compiled(catalogue.catalogue())


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "vi"),
        ("vi", "vi"),
        ("en-US,en;q=0.9,vi;q=0.5", "en"),
        ("vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        ("fr", "vi"),
        ("\x7f;q=", "vi"),
    ],
)
def test_the_language_is_the_one_that_the_browser_asks_for(
    client: FlaskClient, header: str, language: str
) -> None:
    response = client.get("/", headers={"Accept-Language": header})
    assert f'<html lang="{language}">' in response.text
    assert response.headers["Content-Language"] == language
    assert "Accept-Language" in response.headers["Vary"]


def test_the_address_chooses_the_language_and_every_link_keeps_it(client: FlaskClient) -> None:
    html = client.get("/?q=n%C6%B0%E1%BB%9Bc&lang=en").text
    assert '<html lang="en">' in html
    assert '<input type="hidden" name="lang" value="en">' in html
    for href, text in links(html):
        page = href.partition("?")[0]
        if page.startswith(("/static", "/api", "/feed", "http", "#")) or text == "Tiếng Việt":
            continue
        assert "lang=en" in href, (href, text)
    assert ("/?q=n%C6%B0%E1%BB%9Bc&lang=vi", "Tiếng Việt") in links(html)


def test_an_unknown_language_is_none_of_ours(client: FlaskClient) -> None:
    assert '<html lang="vi">' in client.get("/?lang=xx").text


@pytest.mark.parametrize("path", PATHS)
def test_an_english_page_says_nothing_of_its_own_in_vietnamese(
    client: FlaskClient, path: str
) -> None:
    html = client.get(path, headers={"Accept-Language": "en"}).text
    assert '<html lang="en">' in html
    shown = text_of(html)
    for original, _ in _messages():
        # Shorter ones are also words of articles.
        if len(original[0]) > 14 and "%" not in original[0]:
            assert original[0] not in shown


def test_a_date_that_is_not_known_is_told_in_the_language_of_the_page(odd: FlaskClient) -> None:
    for _ in range(2):
        assert "không rõ ngày" in text_of(odd.get("/?q=quê").text)
        assert "undated" in text_of(odd.get("/?q=quê&lang=en").text)


def test_what_a_template_says_of_a_constant_is_in_the_language_of_the_page(app: Flask) -> None:
    template = app.jinja_env.from_string("{{ none|published }}, {{ 0|articles }}")
    for language, told in (("vi", "không rõ ngày, 0 bài"), ("en", "undated, 0 articles")):
        with app.test_request_context(f"/?lang={language}"):
            app.preprocess_request()
            assert template.render() == told


def test_numbers_and_dates_are_written_as_the_language_writes_them(client: FlaskClient) -> None:
    english = text_of(client.get("/?q=n%C6%B0%E1%BB%9Bc&lang=en").text)
    vietnamese = text_of(client.get("/?q=n%C6%B0%E1%BB%9Bc").text)
    assert re.search(r"\d{1,2} (Jan|Mar|Apr|May|Jul|Aug|Sep|Oct|Nov|Dec) 20\d\d", english)
    assert re.search(r"\d{1,2}/\d{1,2}/20\d\d", vietnamese)
    assert re.search(r"1–10 of \d+ articles", english)
    assert re.search(r"1–10 trong \d+ bài", vietnamese)
