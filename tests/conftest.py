import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder beside the project with real articles; only developers and CI have it."""
    folder = Path(__file__).parents[2] / "shared"
    if folder.is_dir():
        return folder
    if os.environ.get("CI") == "true":
        pytest.fail(f"{folder} is missing, and CI must have it")
    pytest.skip(f"{folder} is not on this machine")
