"""One segmenter for all tests, compiled into a folder of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.analysis import Segmenter

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def segmenter(cache_folder: Path) -> Segmenter:
    return Segmenter(cache_folder=cache_folder)
