"""Fixtures that all tests may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of data beside the project, for tests at scale; see the README.

    It is there for developers and in continuous integration, where a test must not be left
    out because of a slip, and absent for everybody else.
    """
    if SHARED.is_dir():
        return SHARED
    reason = f"the data beside the project is not there: {SHARED}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
