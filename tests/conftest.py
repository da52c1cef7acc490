import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from corpus import sample_articles
from indexer import Index, build_index, open_index

# How fast an example runs says something of the machine, and nothing of the code.
settings.register_profile("timbao", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("timbao")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder beside the project with real articles; only developers and CI have it."""
    folder = Path(__file__).parents[2] / "shared"
    if folder.is_dir():
        return folder
    if os.environ.get("CI") == "true":
        pytest.fail(f"{folder} is missing, and CI must have it")
    pytest.skip(f"{folder} is not on this machine")


@pytest.fixture(scope="session")
def sample_index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of the sample corpus. Tests share it: read it only."""
    folder = tmp_path_factory.mktemp("sample") / "index"
    build_index(sample_articles(), folder)
    return folder


@pytest.fixture(scope="session")
def sample_index(sample_index_folder: Path) -> Iterator[Index]:
    """The index of the sample corpus, open for searching."""
    with open_index(sample_index_folder) as index:
        yield index
