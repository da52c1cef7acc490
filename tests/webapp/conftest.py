"""A real index of the sample corpus, and one of awkward articles, for the tests of the page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus import Article, PublicationDate, sample_articles
from indexer import build_index
from tests.webapp.process import address_of, serving
from webapp import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "index"
    build_index(sample_articles(), folder)
    return folder


@pytest.fixture(scope="session")
def app(sample_index: Path) -> Iterator[Flask]:
    app = create_app({"INDEX": sample_index})
    yield app
    app.extensions["timbao"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


ODD_ID = "a//../~b/?#%41 ế"

ODD_ARTICLES = (
    Article(
        id=ODD_ID,
        title="<script>alert('x')</script> & “ngoặc” <b>đậm</b>",
        lead='Sapo có "nháy" & <img src=x onerror=alert(1)>.',
        body=("Đoạn <i>một</i> về đường phố.", "Đoạn hai: 1 < 2 & 3 > 2."),
        captions=("Ảnh <u>gạch</u>",),
        authors=("<Ai>",),
        source="<i>Báo</i>",
        section="a&b",
        tags=("x=1&q=2", "bầu cử"),
        published=PublicationDate.of_year(2020),
    ),
    Article(id="..", title="Hai chấm", body=("Đường làng.",), tags=("bầu cử",)),
    Article(id="/đầu và cuối/", title="Gạch chéo", body=("Đường quê.",)),
    Article(
        id="moi",
        title="Bài mới",
        body=("Đường mới.",),
        source="Tin Mới",
        published=PublicationDate.of_day(2024, 2, 29),
    ),
    Article(
        id="thang",
        title="Một tháng",
        body=("Đường tháng.",),
        source="Tin Mới",
        published=PublicationDate.of_month(2021, 4),
    ),
)


@pytest.fixture(scope="session")
def odd_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd") / "index"
    build_index(ODD_ARTICLES, folder)
    return folder


@pytest.fixture(scope="session")
def odd_app(odd_index: Path) -> Iterator[Flask]:
    app = create_app({"INDEX": odd_index, "PAGE_SIZE": 2})
    yield app
    app.extensions["timbao"].close()


@pytest.fixture
def odd(odd_app: Flask) -> FlaskClient:
    return odd_app.test_client()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Not everybody who runs other tests has Playwright.
    from tests.webapp.browsing import launched

    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def address(sample_index: Path) -> Iterator[str]:
    """The address of a server of the sample index, without a slash at its end."""
    process = serving(sample_index)
    yield address_of(process).rstrip("/")
    process.terminate()
    process.communicate(timeout=60)


@pytest.fixture
def copied_index(sample_index: Path, tmp_path: Path) -> Path:
    """The sample index in a folder that a test may change."""
    return Path(shutil.copytree(sample_index, tmp_path / "index"))
