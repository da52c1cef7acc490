from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Article
from indexer import IndexerError, build_index
from indexer.errors import IndexUnusableError
from tests.webapp.operations.conftest import Making
from webapp import create_app
from webapp.operations.health import reason_of


def test_a_process_that_lives_says_so_even_without_an_index(make: Making) -> None:
    app = make()
    app.extensions["timbao"].close()
    response = app.test_client().get("/healthz")
    assert (response.status_code, response.text) == (200, "ok\n")
    assert response.headers["Cache-Control"] == "no-store"


def test_an_open_index_is_ready(make: Making) -> None:
    told = make().test_client().get("/readyz").get_json()
    assert told["ready"] is True
    assert told["articles"] > 50
    assert told["generation"].startswith("000001-")


def test_an_index_that_cannot_be_searched_is_not_ready_and_says_why(make: Making) -> None:
    app = make()
    app.extensions["timbao"].close()
    response = app.test_client().get("/readyz")
    assert response.status_code == 503
    assert response.get_json() == {"ready": False, "reason": "the index cannot be searched"}


def test_a_newer_index_that_cannot_be_opened_is_told(copied_index: Path) -> None:
    app = create_app({"INDEX": copied_index})
    client = app.test_client()
    before = {path for path in copied_index.rglob("*") if path.is_file()}
    build_index([Article(title="Bài duy nhất")], copied_index)
    for path in (copied_index / "segments").rglob("*"):
        if path.is_file() and path not in before:
            path.unlink()
    app.extensions["timbao"].renew()
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.get_json()["stale"] == "a part of the index is missing or cannot be read"
    assert response.get_json()["articles"] > 50
    build_index([Article(title="Bài khác")], copied_index)
    app.extensions["timbao"].renew()
    assert client.get("/readyz").get_json()["articles"] == 1
    assert "stale" not in client.get("/readyz").get_json()
    app.extensions["timbao"].close()


def test_a_new_index_is_told_as_soon_as_it_is_there(copied_index: Path) -> None:
    app = create_app({"INDEX": copied_index})
    client = app.test_client()
    build_index([Article(title="Bài duy nhất")], copied_index)
    app.extensions["timbao"].renew()
    assert client.get("/readyz").get_json()["articles"] == 1
    app.extensions["timbao"].close()


@pytest.mark.parametrize("kind", IndexUnusableError.__subclasses__())
def test_no_reason_tells_where_the_index_lies(kind: type[IndexerError]) -> None:
    assert "/srv" not in reason_of(kind("/srv/index is not what it should be"))
