"""Library, page, API, command line, export and feed give the same for the same searches."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import sample_articles
from indexer import Index, Marks, MatchPolicy, QueryError, SearchRequest, Sort, open_index
from webapp.cli import main
from webapp.url_state import SearchState

ARTICLES = {article.id: article for article in sample_articles()}
TEXTS = [text for one in ARTICLES.values() for text in (one.title, one.lead, *one.body) if text]
EXAMPLES = 60


@st.composite
def queries(draw: st.DrawFn) -> str:
    """Nothing, some words of an article, with or without marks, and what the language has."""
    words = re.findall(r"[^\W\d_]+", draw(st.sampled_from(TEXTS)))
    first = draw(st.integers(0, len(words) - 1))
    chosen = words[first : first + draw(st.integers(0, 5))]
    text = " ".join(chosen)
    forms = ["{}", "{}", '"{}"', "{} -đường", "{} OR nước", "{}*", "({}", "UBND {}"]
    form = draw(st.sampled_from(forms))
    return form.format(text) if text else ""


@st.composite
def searches(draw: st.DrawFn) -> SearchState:
    """A search as the address of a page says it."""
    some = draw(st.sampled_from(sorted(ARTICLES)))
    filters: dict[str, tuple[str, ...]] = {}
    if draw(st.booleans()):
        filters["section"] = (ARTICLES[some].section or "y-te", "chinh-tri")
    if draw(st.integers(0, 3)) == 0 and ARTICLES[some].source:
        filters["source"] = (ARTICLES[some].source,)
    if draw(st.integers(0, 7)) == 0 and ARTICLES[some].tags:
        filters["tag"] = (ARTICLES[some].tags[0],)
    days = st.none() | st.dates(date(2018, 1, 1), date(2024, 1, 1))
    first, last = draw(days), draw(days)
    if first and last and first > last:
        first, last = last, first
    return SearchState(
        query=draw(queries()),
        filters=filters,
        first_day=first,
        last_day=last,
        match=draw(st.sampled_from(MatchPolicy)),
        marks=draw(st.sampled_from(Marks)),
        abbreviations=draw(st.booleans()),
        collapse=draw(st.booleans()),
        sort=draw(st.sampled_from(Sort)),
    )


@dataclass(frozen=True)
class Found:
    """What one of the ways found: how many articles, which hits, and in which order."""

    total: int
    ids: tuple[str, ...]


@pytest.fixture(scope="module")
def index(sample_index: Path) -> Iterator[Index]:
    with open_index(sample_index) as opened:
        yield opened


def by_library(index: Index, state: SearchState) -> Found:
    found = index.search(state.request(page_size=100, facets=()))
    assert found.total <= 100
    return Found(found.total, tuple(hit.id for hit in found.hits))


def by_page(client: FlaskClient, state: SearchState) -> Found:
    ids: list[str] = []
    total = None
    page = 1
    while True:
        html = client.get(f"/?{state.at_page(page).query_string()}").text
        listed = re.findall(r'<h2[^>]*><a href="/bai/([^"?]+)', html)
        if not listed:
            break
        ids += listed
        counted = re.search(r"trong <strong>([\d.]+)</strong> bài", html)
        total = total or (int(counted[1].replace(".", "")) if counted else len(ids))
        page += 1
    if not state.query and not state.is_narrowed:
        total = len(ARTICLES)  # the front page does not count
    return Found(total or 0, tuple(ids))


def by_api(client: FlaskClient, state: SearchState) -> Found:
    ids: list[str] = []
    address = f"/api/v1/search?{urlencode([*state.parameters(), ('size', '7')])}"
    while True:
        answer = client.get(address).json
        assert answer is not None
        ids += [hit["id"] for hit in answer["hits"]]
        if not answer["links"]["next"]:
            return Found(answer["total"], tuple(ids))
        address = answer["links"]["next"]


def printed(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    """What the command prints."""
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        main(arguments)
        stream.flush()
        return bytes(stream.buffer.getvalue()).decode()


def options(state: SearchState) -> list[str]:
    given = [
        f"--{name}={value}"
        for name, value in state.parameters()
        if name not in {"q", "collapse", "abbr"}
    ]
    if state.collapse:
        given.append("--collapse")
    if not state.abbreviations:
        given.append("--no-abbreviations")
    return [*given, "--", state.query]


def by_command(monkeypatch: pytest.MonkeyPatch, folder: Path, state: SearchState) -> Found:
    command = ["search", "--index", str(folder), "--json", "--size", "100", *options(state)]
    found = json.loads(printed(monkeypatch, *command))
    return Found(found["total"], tuple(hit["id"] for hit in found["hits"]))


def ids_of_lines(lines: str) -> tuple[str, ...]:
    return tuple(json.loads(line)["id"] for line in lines.splitlines())


def by_export(client: FlaskClient, state: SearchState) -> tuple[str, ...]:
    parameters = state.collapsing(True).parameters()  # what an address does without
    parameters.append(("collapse", str(int(state.collapse))))
    response = client.get(f"/api/v1/export?{urlencode(parameters)}")
    ids = ids_of_lines(response.text)
    assert int(response.headers["X-Exported-Count"]) == len(ids)
    assert response.headers["X-Total-Count"] == response.headers["X-Exported-Count"]
    return ids


def by_exporting_command(
    monkeypatch: pytest.MonkeyPatch, folder: Path, state: SearchState
) -> tuple[str, ...]:
    return ids_of_lines(printed(monkeypatch, "export", "--index", str(folder), *options(state)))


def titles_of_feed(client: FlaskClient, state: SearchState) -> list[str | None]:
    root = ET.fromstring(client.get(f"/feed.atom?{state.query_string()}").data)
    return [entry.text for entry in root.iterfind("{*}entry/{*}title")]


def as_exported(state: SearchState) -> SearchState:
    """An export and a feed hold articles with all words, unless something else is asked for."""
    return state.matching(MatchPolicy.ALL) if state.match is MatchPolicy.AUTO else state


@settings(max_examples=EXAMPLES)
@given(state=searches())
def test_all_ways_find_the_same_in_the_same_order(
    app: Flask, index: Index, sample_index: Path, state: SearchState
) -> None:
    client = app.test_client()
    with pytest.MonkeyPatch.context() as monkeypatch:
        try:
            expected = by_library(index, state)
        except QueryError:
            assert client.get(f"/api/v1/search?{state.query_string()}").status_code == 400
            assert client.get(f"/?{state.query_string()}").status_code == 400
            return
        assert state.collapse or len(expected.ids) == expected.total
        assert by_page(client, state) == expected
        assert by_api(client, state) == expected
        assert by_command(monkeypatch, sample_index, state) == expected
        whole = by_library(index, as_exported(state))
        assert by_export(client, state) == whole.ids
        assert by_exporting_command(monkeypatch, sample_index, state) == whole.ids
        newest = by_library(index, replace(as_exported(state), sort=Sort.NEWEST, collapse=True))
        dated = [ARTICLES[id_] for id_ in newest.ids if ARTICLES[id_].published]
        assert titles_of_feed(client, state) == [article.title for article in dated[:50]]


def test_the_link_of_a_page_exports_what_the_page_shows(client: FlaskClient, index: Index) -> None:
    titles = (article.title for article in ARTICLES.values())
    results = (index.search(SearchRequest(title, size=100)) for title in titles)
    found = next(one for one in results if one.match is MatchPolicy.MOST)
    query = found.query
    html = client.get("/", query_string={"q": query}).text
    [address] = re.findall(r'href="([^"]*format=jsonl)"', html)
    exported = client.get(address.replace("&amp;", "&")).text
    assert ids_of_lines(exported) == tuple(hit.id for hit in found.hits)
