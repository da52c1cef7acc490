"""Errors of the API: all in one form, with what helps to mend them and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import ServiceUnavailable, TooManyRequests

from corpus import sample_articles
from indexer import Index, IndexUnusableError, SearchTimeoutError
from webapp import create_app
from webapp.api.answers import Problem
from webapp.api.problems import KINDS

API = "/api/v1"


def problem_of(client: FlaskClient, address: str, status: int, method: str = "GET") -> Any:
    response = client.open(address, method=method)
    assert response.status_code == status, response.text
    assert response.mimetype == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    problem = response.json
    assert problem is not None
    Problem.model_validate(problem, strict=True, extra="forbid")
    assert problem["status"] == status
    if problem["type"] != "about:blank":
        assert problem["type"].rpartition("#")[2] in KINDS
    return problem


@pytest.mark.parametrize("endpoint", ["search", "facets/source", "export"])
def test_a_mistake_in_a_strict_query_has_its_place_its_part_and_its_mend(
    client: FlaskClient, endpoint: str
) -> None:
    problem = problem_of(client, f"{API}/{endpoint}?strict=1&q=xe+NEAR/0+tàu", 400)
    query = problem["query"]
    place = slice(problem["position"], problem["position"] + problem["length"])
    assert query[place] == problem["part"] == "NEAR/0"
    assert problem["mend"] == "xe NEAR/1 tàu"
    assert problem["detail"]
    assert problem["detail_vi"]


def test_places_count_in_the_query_that_the_problem_gives(client: FlaskClient) -> None:
    typed = "  nu\u031bo\u031b\u0301c AND"
    problem = problem_of(client, f"{API}/search?strict=1&q={typed}", 400)
    assert problem["query"] == "nước AND"
    assert problem["query"][problem["position"] :] == "AND"


def test_a_mistake_is_a_notice_where_nothing_strict_was_asked_for(client: FlaskClient) -> None:
    answer = client.get(f"{API}/search?q=nước+AND").json
    assert answer is not None
    assert [notice["code"] for notice in answer["notices"]] == ["dangling_operator"]


def test_a_query_without_words_is_refused_even_so(client: FlaskClient) -> None:
    assert problem_of(client, f"{API}/search?q=%3F", 400)["type"].endswith("#invalid-query")


@pytest.mark.parametrize(
    ("parameters", "wrong"),
    [
        ("size=101", ["size"]),
        ("size=-1&offset=10001", ["offset", "size"]),
        ("size=1_0", ["size"]),
        ("size=", ["size"]),
        ("size=1.0", ["size"]),
        ("from=2021-02-29", ["from"]),
        ("from=2021&to=2020", ["from"]),
        ("to=", ["to"]),
        ("sort=best", ["sort"]),
        ("colour=red", ["colour"]),
        ("page=2", ["page"]),
        ("q=a&q=b", ["q"]),
        ("facet=colour", ["facet"]),
        ("source=", ["source"]),
        ("cursor=!", ["cursor"]),
        ("&".join(f"source={number}" for number in range(101)), ["source"]),
    ],
)
def test_every_parameter_without_meaning_is_named(
    client: FlaskClient, parameters: str, wrong: list[str]
) -> None:
    problem = problem_of(client, f"{API}/search?{parameters}", 400)
    assert problem["type"].endswith("#invalid-parameters")
    assert sorted(one["parameter"] for one in problem["errors"]) == wrong
    assert all(one["message"] for one in problem["errors"])


def test_days_that_there_are_have_a_meaning(client: FlaskClient) -> None:
    for known in ("2024-02-29", "2000-02-29", "2021-12-31", "2021-04", "1800", "2099-11-30"):
        assert client.get(f"{API}/search?size=0&to={known}").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", f"{API}/nothing", 404),
        ("GET", "/api/", 404),
        ("GET", "/api/v2/search", 404),
        ("GET", f"{API}/articles/none", 404),
        ("GET", f"{API}/articles/none/related", 404),
        ("POST", f"{API}/search", 405),
        ("DELETE", f"{API}/articles/none", 405),
        ("GET", f"{API}/search?q={'%20' * 6000}", 414),
        ("GET", f"{API}/facets/colour", 400),
        ("GET", f"{API}/docs/app.py", 404),
    ],
)
def test_what_http_knows_is_a_problem_too(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    problem = problem_of(client, path, status, method)
    assert problem["title"]
    assert problem["detail"]


def test_what_is_allowed_is_told_where_something_is_not(client: FlaskClient) -> None:
    allowed = client.post(f"{API}/search").headers["Allow"]
    assert set(allowed.split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    response = client.get(f"{API}/search", data=b"x" * 70_000)
    assert response.status_code == 413
    assert response.mimetype == "application/problem+json"


@pytest.fixture
def failing(
    sample_index: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Exception], FlaskClient]:
    """An application whose searches fail in a given way."""
    app = create_app({"INDEX": sample_index})

    def fails(error: Exception) -> FlaskClient:
        def search(*_: object) -> None:
            raise error

        monkeypatch.setattr(Index, "search", search)
        return app.test_client()

    return fails


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (RuntimeError("in /srv/secret/index.py"), 500, "about:blank"),
        (SearchTimeoutError("after 10 s in /srv/secret"), 503, "#timeout"),
        (IndexUnusableError("the index in /srv/secret is damaged"), 503, "#index-unusable"),
        (TooManyRequests(retry_after=7), 429, "about:blank"),
        (ServiceUnavailable(retry_after=7), 503, "about:blank"),
    ],
)
def test_a_fault_of_ours_shows_no_path_and_no_trace(
    failing: Callable[[Exception], FlaskClient], error: Exception, status: int, kind: str
) -> None:
    client = failing(error)
    problem = problem_of(client, f"{API}/search?q=nước", status)
    assert problem["type"].endswith(kind)
    text = json.dumps(problem)
    assert "secret" not in text
    assert "Traceback" not in text
    if status in {429, 503}:
        assert client.get(f"{API}/search?q=nước").headers["Retry-After"] in {"5", "7"}


def test_a_search_is_given_up_after_its_time(sample_index: Path) -> None:
    app = create_app({"INDEX": sample_index})
    app.config["SEARCH_SECONDS"] = 1e-9
    client = app.test_client()
    article = f"{API}/articles/{next(iter(sample_articles())).id}"
    for address in (
        f"{API}/search?q=nước",
        f"{API}/export?q=nước",
        f"{API}/facets/source",
        f"{API}/suggest?q=nư",
        f"{article}?q=nước",
        f"{article}/related",
        "/opensearch-suggest?q=nư",
    ):
        assert problem_of(client, address, 503)["type"].endswith("#timeout")
    app.extensions["timbao"].close()


def test_problems_of_feeds_have_the_same_form(client: FlaskClient) -> None:
    assert problem_of(client, "/feed.atom?q=%3F", 400)["query"] == "?"
    problem = problem_of(client, "/feed.atom?from=x&sort=y", 400)
    assert {one["parameter"] for one in problem["errors"]} == {"from", "sort"}


def test_pages_keep_their_own_errors(client: FlaskClient, app: Flask) -> None:
    assert client.get("/nowhere").mimetype == "text/html"
    assert app.test_client().get("/apis").mimetype == "text/html"
