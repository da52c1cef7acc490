from __future__ import annotations

import json
import logging
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer import Index
from tests.webapp.operations.conftest import Making
from webapp.operations.request_log import LOG


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Any:
    caplog.set_level(logging.INFO, LOG.name)

    def lines(client: FlaskClient, *paths: str, **options: Any) -> list[dict[str, Any]]:
        for path in paths:
            with client.get(path, **options) as response:
                assert response.data is not None
        return [json.loads(r.getMessage()) for r in caplog.records if r.name == LOG.name]

    return lines


def test_each_request_has_one_line_with_its_pattern(make: Making, told: Any) -> None:
    client = make().test_client()
    lines = told(client, "/?q=b%C3%AD+m%E1%BA%ADt", "/bai/khong-co", "/nowhere", "/api/v1/info")
    assert [(line["route"], line["status"]) for line in lines] == [
        ("/", 200),
        ("/bai/<article_id:article_id>", 404),
        ("-", 404),
        ("/api/v1/info", 200),
    ]
    assert all(set(line) == {"time", "id", "method", "route", "status", "ms"} for line in lines)
    assert all(0 < line["ms"] < 60_000 for line in lines)
    assert len({line["id"] for line in lines}) == 4


def test_nothing_that_was_typed_is_in_the_log_unless_wanted(make: Making, told: Any) -> None:
    assert "secret" not in json.dumps(told(make().test_client(), "/?q=secret&source=secret"))
    [_, line] = told(make(LOG_QUERIES=1).test_client(), "/?q=secret")
    assert line["query"] == "secret"


def test_an_export_is_told_of_at_its_end(make: Making, told: Any) -> None:
    [line] = told(make().test_client(), "/api/v1/export?format=jsonl")
    assert line["status"] == 200


def test_no_line_is_written_where_that_is_set(make: Making, told: Any) -> None:
    assert told(make(LOG_REQUESTS=0).test_client(), "/") == []


def test_a_request_keeps_the_name_that_it_came_with(make: Making, told: Any) -> None:
    client = make().test_client()
    [line] = told(client, "/", headers={"X-Request-ID": "abc-1.2_3"})
    assert line["id"] == "abc-1.2_3"
    assert client.get("/", headers={"X-Request-ID": "a"}).headers["X-Request-ID"] == "a"


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "<b>", '"}', "é"])
def test_a_name_that_could_spoil_a_log_is_replaced(make: Making, given: str) -> None:
    response = make().test_client().get("/", headers={"X-Request-ID": given})
    assert re.fullmatch("[0-9a-f]{32}", response.headers["X-Request-ID"])


@pytest.mark.parametrize("path", ["/?q=duong", "/api/v1/search?q=duong"])
def test_an_error_in_the_log_names_the_request(
    make: Making, path: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Index, "search", fails)
    response = make().test_client().get(path, headers={"X-Request-ID": "find-me"})
    assert response.status_code == 500
    assert any("find-me" in record.getMessage() for record in caplog.records)
