import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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
