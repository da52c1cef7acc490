"""Feeds of searches, held against RFC 4287."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from corpus import Article, PublicationDate
from indexer import build_index
from webapp import create_app

ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(client: FlaskClient, address: str = "/feed.atom") -> ET.Element:
    response = client.get(address)
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/atom+xml"
    root = ET.fromstring(response.data)
    assert root.tag == f"{ATOM}feed"
    return root


def texts(root: ET.Element, path: str) -> list[str]:
    return [element.text or "" for element in root.iterfind(path.replace("@", ATOM))]


def links(element: ET.Element) -> dict[str, str]:
    return {link.attrib["rel"]: link.attrib["href"] for link in element.iterfind(f"{ATOM}link")}


def test_a_feed_has_what_the_standard_demands(client: FlaskClient) -> None:
    root = feed_of(client, "/feed.atom?q=nước")
    for element in (root, *root.iterfind(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(texts(element, f"@{name}")) == 1
        moment = datetime.fromisoformat(texts(element, "@updated")[0])
        assert moment.tzinfo is not None
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", texts(element, "@id")[0])
        assert "alternate" in links(element)
    assert texts(root, "@author/@name")
    ids = texts(root, "@entry/@id")
    assert ids
    assert len(ids) == len(set(ids))


def test_a_feed_names_itself_and_the_page_of_its_search(client: FlaskClient) -> None:
    found = links(feed_of(client, "/feed.atom?q=nước&section=y-te&page=3&by=day"))
    assert (
        found["self"] == "http://localhost/feed.atom?q=n%C6%B0%E1%BB%9Bc&section=y-te&sort=newest"
    )
    assert client.get(found["alternate"]).status_code == 200
    assert links(feed_of(client, found["self"]))["self"] == found["self"]


def test_entries_are_the_newest_first(client: FlaskClient) -> None:
    moments = [datetime.fromisoformat(text) for text in texts(feed_of(client), "@entry/@updated")]
    assert moments == sorted(moments, reverse=True)


def test_names_of_entries_stay_whatever_asks_for_them(client: FlaskClient) -> None:
    def entries(root: ET.Element) -> dict[str, str]:
        found = root.iterfind(f"{ATOM}entry")
        return {links(entry)["alternate"]: texts(entry, "@id")[0] for entry in found}

    every, some = entries(feed_of(client)), entries(feed_of(client, "/feed.atom?q=nước"))
    common = every.keys() & some.keys()
    assert common
    assert {page: every[page] for page in common} == {page: some[page] for page in common}
    assert texts(feed_of(client), "@id") != texts(feed_of(client, "/feed.atom?q=nước"), "@id")


@pytest.fixture
def awkward(tmp_path: Path) -> FlaskClient:
    articles = [
        Article(
            id="moi",
            title="<b>A & B</b> \ufffe",
            lead="Sapo",
            url="http://bao.example/a?b=1&c=2",
            authors=("<An>",),
            tags=("x & y",),
            published=PublicationDate.parse("2024-02-29T08:00:00+07:00"),
        ),
        Article(id="thang", title="Tháng", published=PublicationDate.of_month(2021, 4)),
        Article(id="nam", title="Năm", published=PublicationDate.of_year(2020)),
        Article(id="khong", title="Không rõ ngày"),
    ]
    build_index(articles, tmp_path / "index")
    return create_app({"INDEX": tmp_path / "index", "FEED_SIZE": 3}).test_client()


def test_what_articles_hold_cannot_break_a_feed(awkward: FlaskClient) -> None:
    entry = next(feed_of(awkward).iterfind(f"{ATOM}entry"))
    assert texts(entry, "@title") == ["<b>A & B</b> \ufffd"]
    assert texts(entry, "@author/@name") == ["<An>"]
    assert links(entry)["via"] == "http://bao.example/a?b=1&c=2"
    assert texts(entry, "@summary") == ["Sapo"]


def test_only_days_that_are_known_are_told_as_the_day_of_publication(
    awkward: FlaskClient,
) -> None:
    entries = list(feed_of(awkward).iterfind(f"{ATOM}entry"))
    assert [texts(entry, "@published") for entry in entries] == [
        ["2024-02-29T08:00:00+07:00"],
        [],
        [],
    ]
    assert texts(entries[1], "@updated") == ["2021-04-01T00:00:00+07:00"]


def test_articles_without_a_date_are_in_no_feed(awkward: FlaskClient) -> None:
    assert texts(feed_of(awkward, "/feed.atom?q=rõ+ngày"), "@entry/@title") == []


def test_pages_of_results_lead_to_their_feed(client: FlaskClient) -> None:
    html = client.get("/?q=nước&section=y-te&sort=oldest&page=1").text
    [address] = re.findall(r'<link rel="alternate" href="([^"]+)" type="application/atom', html)
    assert address == "/feed.atom?q=n%C6%B0%E1%BB%9Bc&amp;section=y-te"
    feed_of(client, address.replace("&amp;", "&"))
