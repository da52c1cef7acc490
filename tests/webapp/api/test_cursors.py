"""Reading a whole result by cursor, also while the index changes."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article
from indexer import build_index, delete_articles, update_index
from webapp import create_app
from webapp.api.cursors import Cursor, fingerprint
from webapp.url_state import SearchState

SEARCH = "/api/v1/search"
MANY = 650
"""More than twice as many as the second pass of the ranking looks at."""


def numbered(number: int) -> Article:
    words = [word for place, word in enumerate(("sông", "biển", "núi")) if number >> place & 1]
    return Article(
        id=f"bai-{number}", title=f"Bài {number}", body=(" ".join(["cảng", *words] * 2),)
    )


@pytest.fixture(scope="module")
def many_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("many") / "index"
    build_index(map(numbered, range(MANY)), folder)
    app = create_app({"INDEX": folder})
    yield app
    app.extensions["timbao"].close()


@pytest.fixture
def small_index(tmp_path: Path) -> Path:
    build_index(map(numbered, range(40)), tmp_path / "index")
    return tmp_path / "index"


@pytest.fixture
def small(small_index: Path) -> Iterator[FlaskClient]:
    app = create_app({"INDEX": small_index, "KEPT_GENERATIONS": 2})
    yield app.test_client()
    app.extensions["timbao"].close()


def read(
    client: FlaskClient, address: str | None, between: Callable[[int], None] = lambda _: None
) -> list[dict[str, Any]]:
    """Follow the links from one page to the next; give the answers."""
    answers: list[dict[str, Any]] = []
    while address:
        response = client.get(address)
        assert response.status_code == 200, response.text
        assert response.json is not None
        answers.append(response.json)
        address = response.json["links"]["next"]
        between(len(answers))
    return answers


def ids(answers: list[dict[str, Any]]) -> list[str]:
    return [hit["id"] for answer in answers for hit in answer["hits"]]


@pytest.mark.parametrize(
    "search", ["q=cảng", "q=cảng+sông+biển&match=any", "q=cảng&sort=newest", "", "q=bai"]
)
@pytest.mark.parametrize("size", [100, 37])
def test_all_pages_together_have_every_match_once(many_app: Flask, search: str, size: int) -> None:
    answers = read(many_app.test_client(), f"{SEARCH}?{search}&size={size}")
    found = ids(answers)
    assert len(found) == len(set(found)) == answers[0]["total"] > 300
    assert {answer["generation"] for answer in answers} == {answers[0]["generation"]}
    assert answers[-1]["cursor"] is None


def _rebuild(folder: Path) -> None:
    build_index(map(numbered, range(100, 160)), folder)


def _update(folder: Path) -> None:
    update_index(map(numbered, range(35, 60)), folder)


def _renew(client: FlaskClient) -> None:
    client.application.extensions["timbao"].renew()


def _delete(folder: Path) -> None:
    delete_articles([f"bai-{number}" for number in range(20)], folder)


@pytest.mark.parametrize("change", [_rebuild, _update, _delete])
@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_a_reading_goes_on_in_its_generation_while_the_index_changes(
    small: FlaskClient, small_index: Path, change: Callable[[Path], None], sort: str
) -> None:
    address = f"{SEARCH}?q=cảng&size=7&sort={sort}"
    undisturbed = ids(read(small, address))

    def between(page: int) -> None:
        if page == 2:
            change(small_index)
            _renew(small)
            # Others see the new generation.
            assert read(small, address)[0]["generation"] != first["generation"]

    first = read(small, f"{SEARCH}?q=cảng&size=1")[0]
    answers = read(small, address, between)
    assert ids(answers) == undisturbed
    assert len(set(undisturbed)) == 40
    assert {answer["generation"] for answer in answers} == {first["generation"]}


def test_an_expired_cursor_is_gone_and_says_where_to_begin_again(
    small: FlaskClient, small_index: Path
) -> None:
    following = read(small, f"{SEARCH}?q=cảng&size=30&facet=source")[0]["links"]["next"]
    for _ in range(4):
        _rebuild(small_index)
        _renew(small)
    response = small.get(following)
    assert response.status_code == 410
    problem = response.json
    assert problem is not None
    assert problem["type"].endswith("#expired-cursor")
    assert problem["restart"] == f"{SEARCH}?q=c%E1%BA%A3ng&size=30&facet=source"
    assert small.get(problem["restart"]).status_code == 200


def test_pages_may_be_of_different_sizes(small: FlaskClient) -> None:
    first = read(small, f"{SEARCH}?q=cảng&size=40")[0]
    part = small.get(f"{SEARCH}?q=cảng&size=3").json
    assert part is not None
    rest = small.get(f"{SEARCH}?q=cảng&size=100&cursor={part['cursor']}").json
    assert rest is not None
    assert ids([part, rest]) == ids([first])


def test_the_next_page_is_also_named_in_the_header(small: FlaskClient) -> None:
    response = small.get(f"{SEARCH}?q=cảng&size=30")
    assert response.json is not None
    assert response.headers["Link"] == f'<{response.json["links"]["next"]}>; rel="next"'
    assert "Link" not in small.get(response.json["links"]["next"]).headers


def test_a_size_of_nothing_has_no_next_page(small: FlaskClient) -> None:
    answer = small.get(f"{SEARCH}?size=0").json
    assert answer is not None
    assert (answer["hits"], answer["cursor"], answer["total"]) == ([], None, 40)


# Cursors that nobody gave


def _cursor(client: FlaskClient, **changed: Any) -> str:
    answer = client.get(f"{SEARCH}?q=cảng&size=5").json
    assert answer is not None
    parts = {
        "position": 5,
        "generation": answer["generation"],
        "search": fingerprint(SearchState("cảng"), strict=False),
    }
    assert str(Cursor(**parts)) == answer["cursor"]
    return str(Cursor(**(parts | changed)))


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"position": 40}, 400),
        ({"position": 9_999_999_999}, 400),
        ({"search": "0" * 16}, 400),
        ({"generation": "000001-00000000"}, 410),
        ({"generation": "x"}, 410),
        ({"position": 39}, 200),
    ],
)
def test_a_forged_cursor_is_refused_or_harmless(
    small: FlaskClient, changed: dict[str, Any], status: int
) -> None:
    response = small.get(f"{SEARCH}?q=cảng&cursor={_cursor(small, **changed)}")
    assert response.status_code == status


@pytest.mark.parametrize(
    "others", ["q=sông", "q=cảng&strict=1", "q=cảng&source=x", "", "q=cảng&offset=3"]
)
def test_a_cursor_goes_with_its_search_only(small: FlaskClient, others: str) -> None:
    response = small.get(f"{SEARCH}?{others}&cursor={_cursor(small)}")
    assert response.status_code == 400
    assert response.json is not None
    assert response.json["type"].endswith("#invalid-cursor")


cursors = st.builds(
    Cursor,
    st.integers(0, 10**10 - 1),
    st.from_regex(r"[0-9]{6}-[0-9a-f]{8}", fullmatch=True),
    st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
)


@given(cursor=cursors)
def test_a_cursor_is_read_as_it_was_written(cursor: Cursor) -> None:
    assert Cursor.parse(str(cursor)) == cursor


@given(
    text=st.text(max_size=40)
    | st.binary(max_size=60).map(lambda data: base64.urlsafe_b64encode(data).decode())
    | st.tuples(cursors.map(str), st.integers(0, 80), st.characters()).map(
        lambda drawn: drawn[0][: drawn[1]] + drawn[2] + drawn[0][drawn[1] + 1 :]
    )
)
def test_a_text_that_is_no_cursor_is_told_from_one(text: str) -> None:
    try:
        cursor = Cursor.parse(text)
    except ValueError:
        return
    assert str(cursor) == text
