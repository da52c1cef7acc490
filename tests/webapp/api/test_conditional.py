"""Answers are not made twice, and other sites may read them where that is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus import Article
from indexer import build_index
from webapp import create_app

ADDRESSES = [
    "/api/v1/search?q=nước",
    "/api/v1/suggest?q=nu",
    "/api/v1/facets/source",
    "/api/v1/info",
    "/api/v1/export?q=nước",
    "/feed.atom?q=nước",
    "/opensearch-suggest?q=nu",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_that_is_known_is_not_sent_again(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    other = client.get(address, headers={"If-None-Match": 'W/"other"'})
    assert other.status_code == 200


def test_tags_of_different_questions_differ(client: FlaskClient) -> None:
    tags = {client.get(address).headers["ETag"] for address in ADDRESSES}
    assert len(tags) == len(ADDRESSES)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_new_generation_has_new_tags(copied_index: Path, address: str) -> None:
    app = create_app({"INDEX": copied_index})
    client = app.test_client()
    known = client.get(address).headers["ETag"]
    build_index([Article(title="Nước")], copied_index)
    app.extensions["timbao"].renew()
    assert client.get(address, headers={"If-None-Match": known}).status_code == 200
    app.extensions["timbao"].close()


def test_processes_give_the_same_tags_and_other_settings_other_ones(
    sample_index: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("ĐVK\tdân vận khéo\n", "utf-8")
    plain = {"INDEX": sample_index}
    tags = []
    for config in (plain, plain, {**plain, "FEED_SIZE": 5}, {**plain, "ABBREVIATIONS": str(own)}):
        app = create_app(config)
        tags.append(app.test_client().get(ADDRESSES[0]).headers["ETag"])
        app.extensions["timbao"].close()
    assert tags[0] == tags[1]
    assert len(set(tags)) == 3


def test_errors_have_no_tag(client: FlaskClient) -> None:
    assert "ETag" not in client.get("/api/v1/search?q=%3F").headers


# Other sites


def _sharing(folder: Path, origins: str) -> FlaskClient:
    return create_app({"INDEX": folder, "CORS_ORIGINS": origins}).test_client()


def test_no_other_site_may_read_by_default(client: FlaskClient) -> None:
    response = client.get(ADDRESSES[0], headers={"Origin": "https://a.example"})
    assert not [name for name, _ in response.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(
    ("origins", "origin", "allowed"),
    [
        ("https://a.example https://b.example", "https://b.example", "https://b.example"),
        ("https://a.example", "https://b.example", None),
        ("https://a.example", "null", None),
        ("https://a.example", "https://a.example.evil", None),
        ("*", "https://b.example", "*"),
    ],
)
def test_the_sites_of_the_settings_may_read(
    sample_index: Path, origins: str, origin: str, allowed: str | None
) -> None:
    client = _sharing(sample_index, origins)
    for address in (*ADDRESSES, "/api/v1/search?q=%3F", "/api/v1/none"):
        response = client.get(address, headers={"Origin": origin})
        assert response.headers.get("Access-Control-Allow-Origin") == allowed
        assert "Access-Control-Allow-Credentials" not in response.headers
        if origins != "*":
            assert "Origin" in response.headers["Vary"]


def test_pages_are_not_shared(sample_index: Path) -> None:
    response = _sharing(sample_index, "*").get("/", headers={"Origin": "https://a.example"})
    assert "Access-Control-Allow-Origin" not in response.headers
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_browser_that_asks_before_is_told_what_it_may(sample_index: Path) -> None:
    response = _sharing(sample_index, "*").options(
        ADDRESSES[0],
        headers={"Origin": "https://a.example", "Access-Control-Request-Method": "GET"},
    )
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
