from __future__ import annotations

import pytest
from flask import request

from tests.webapp.operations.conftest import Making


def test_a_query_above_the_limit_is_refused_in_place(make: Making) -> None:
    client = make(QUERY_LENGTH=10).test_client()
    assert client.get("/?q=0123456789").status_code == 200
    refused = client.get("/?q=0123456789x")
    assert refused.status_code == 400
    assert "Câu tìm dài 11 ký tự" in refused.text


@pytest.mark.parametrize(
    "path", ["/api/v1/search", "/api/v1/suggest", "/api/v1/export", "/feed.atom"]
)
def test_programs_are_told_where_a_query_is_too_long(make: Making, path: str) -> None:
    problem = make(QUERY_LENGTH=10).test_client().get(f"{path}?q=0123456789xy").get_json()
    assert (problem["status"], problem["position"], problem["length"]) == (400, 10, 2)


def test_nobody_is_limited_by_default(make: Making) -> None:
    client = make().test_client()
    assert {client.get("/?q=nuoc").status_code for _ in range(30)} == {200}


def test_more_requests_than_allowed_are_refused_and_told_when_to_come_again(make: Making) -> None:
    client = make(RATE_LIMIT="2 per minute").test_client()
    assert [client.get("/").status_code for _ in range(3)] == [200, 200, 429]
    page, problem = client.get("/"), client.get("/api/v1/search")
    assert "Quá nhiều yêu cầu" in page.text
    assert problem.mimetype == "application/problem+json"
    assert 0 < int(page.headers["Retry-After"]) <= 60
    assert 0 < int(problem.headers["Retry-After"]) <= 60


def test_each_reader_has_a_limit_of_his_own(make: Making) -> None:
    client = make(RATE_LIMIT="1 per minute").test_client()
    for reader in ("10.0.0.1", "10.0.0.2"):
        first = client.get("/", environ_base={"REMOTE_ADDR": reader})
        second = client.get("/", environ_base={"REMOTE_ADDR": reader})
        assert (first.status_code, second.status_code) == (200, 429)


def test_health_and_static_files_are_not_counted(make: Making) -> None:
    client = make(RATE_LIMIT="1 per minute", METRICS=1).test_client()
    for path in ("/healthz", "/readyz", "/metrics", "/static/icon.svg") * 2:
        with client.get(path) as response:
            assert response.status_code == 200
    assert client.get("/").status_code == 200


def test_a_limit_without_meaning_is_named(make: Making) -> None:
    with pytest.raises(ValueError, match="RATE_LIMIT must be like"):
        make(RATE_LIMIT="often")


@pytest.mark.parametrize(("trusted", "seen"), [(0, "127.0.0.1"), (1, "203.0.113.7")])
def test_the_word_of_a_proxy_is_taken_only_where_it_is_trusted(
    make: Making, trusted: int, seen: str
) -> None:
    app = make(TRUSTED_PROXIES=trusted)
    addresses: list[str | None] = []
    app.before_request(lambda: addresses.append(request.remote_addr))
    app.test_client().get("/healthz", headers={"X-Forwarded-For": "203.0.113.7"})
    assert addresses == [seen]
