"""Applications over the sample index, set up as a test wants them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from webapp import create_app

Making = Callable[..., Flask]


@pytest.fixture
def make(sample_index: Path) -> Iterator[Making]:
    with ExitStack() as stack:

        def made(**settings: Any) -> Flask:
            app = create_app({"INDEX": sample_index, **settings})
            stack.callback(app.extensions["timbao"].close)
            return app

        yield made
