"""The page that lists all values of a facet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, sample_articles
from indexer import Bucket, Facet, build_index
from tests.webapp.test_search_page import text_of
from webapp import create_app
from webapp.pages.facet_values import facet_view
from webapp.spelling import bare
from webapp.url_state import SearchState


@pytest.fixture
def short(sample_index: Path) -> Iterator[FlaskClient]:
    """A page whose facets list three values."""
    app = create_app({"INDEX": sample_index, "FACET_SIZE": 3})
    yield app.test_client()
    app.extensions["timbao"].close()


def _values(html: str) -> list[str]:
    return re.findall(r'type="checkbox" name="author" value="([^"]*)"', html)


def test_every_value_can_be_reached_from_a_facet_that_lists_a_few(short: FlaskClient) -> None:
    html = short.get("/").text
    [path] = re.findall(r'formaction="(/gia-tri/author)"', html)
    every = {author for article in sample_articles() for author in article.authors}
    assert set(_values(html)) < every
    assert set(_values(short.get(path).text)) == every


def test_values_are_found_whatever_their_marks_and_case(client: FlaskClient) -> None:
    html = client.get("/gia-tri/section?loc=MOI+TRUONG").text
    assert re.findall(r'type="checkbox" name="section" value="([^"]*)"', html) == ["moi-truong"]
    assert "1 giá trị có “MOI TRUONG”" in text_of(html)


def test_what_is_chosen_stays_chosen_where_it_is_not_listed(client: FlaskClient) -> None:
    html = client.get("/gia-tri/section?q=n%C6%B0%E1%BB%9Bc&section=y-te&loc=moi").text
    assert '<input type="hidden" name="section" value="y-te">' in html
    assert '<input type="hidden" name="q" value="nước">' in html


def test_a_chosen_value_without_articles_is_listed_as_chosen(client: FlaskClient) -> None:
    html = client.get("/gia-tri/source?source=" + quote("Không Có Báo Này")).text
    assert re.search(r'value="Không Có Báo Này" form="chon" checked', html)


def test_what_was_looked_for_in_the_list_goes_from_the_address(client: FlaskClient) -> None:
    response = client.get("/?" + urlencode({"section": "y-te", "loc": "y"}))
    assert response.headers["Location"] == "/?section=y-te"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/gia-tri/none", 404),
        ("/gia-tri/source?page=9", 404),
        ("/gia-tri/source?q=%3F", 400),
        ("/gia-tri/source?loc=<script>", 200),
    ],
)
def test_odd_addresses_have_an_answer(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert "<script>" not in response.text


def test_pages_of_values_follow_each_other_without_gaps_or_repeats() -> None:
    buckets = tuple(Bucket(f"v{n}", 300 - n, 300 - n, False) for n in range(250))
    facet = Facet("author", buckets, 0, 0, 0)
    # A page has the values up to its own end.
    views = [
        facet_view(
            replace(facet, buckets=buckets[: 100 * page], other_values=max(250 - 100 * page, 0)),
            SearchState(page=page),
            "",
        )
        for page in (1, 2, 3)
    ]
    assert [v.value for view in views for v in view.values] == [b.value for b in buckets]
    assert [view.paging.pages for view in views] == [3, 3, 3]
    assert {view.total for view in views} == {250}


def test_values_are_found_in_a_facet_of_any_length(tmp_path: Path) -> None:
    names = [f"Phóng viên {number}" for number in range(12_000)]
    articles = (
        Article(title=f"Đường {first}", authors=tuple(names[first : first + 100]))
        for first in range(0, len(names), 100)
    )
    build_index(articles, tmp_path / "index")
    app = create_app({"INDEX": tmp_path / "index"})
    client = app.test_client()
    # All have one article, so they stand in the order of their names.
    last = sorted(names)[-1]
    html = client.get("/gia-tri/author", query_string={"loc": last.upper()}).text
    assert _values(html) == [last]
    html = client.get("/gia-tri/author?page=120").text
    assert _values(html)[-1] == last
    assert "12.000 giá trị" in text_of(html)
    answer = client.get("/api/v1/facets/author", query_string={"contains": last.lower()}).json
    assert answer is not None
    assert [found["value"] for found in answer["values"]] == [last]
    app.extensions["timbao"].close()


@given(st.text())
def test_a_text_is_bare_however_its_marks_are_composed(text: str) -> None:
    assert bare(bare(text)) == bare(text)
