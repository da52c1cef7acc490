"""An index that has everything: several segments, deletions and tombstones."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus import Article, sample_articles
from indexer import build_index, delete_articles, update_index


@pytest.fixture(scope="session")
def articles() -> Sequence[Article]:
    return tuple(sample_articles())


@pytest.fixture(scope="session")
def finished_index(tmp_path_factory: pytest.TempPathFactory, articles: Sequence[Article]) -> Path:
    folder = tmp_path_factory.mktemp("store") / "index"
    build_index(articles[:60], folder)
    update_index(articles[58:70], folder)
    update_index(articles[69:71], folder)
    delete_articles([articles[0].id, articles[65].id], folder, tombstone=True)
    return folder


@pytest.fixture
def index_folder(finished_index: Path, tmp_path: Path) -> Path:
    """A copy that a test may change: three segments, two of them with deletions."""
    return Path(shutil.copytree(finished_index, tmp_path / "index"))
