"""Processor time of one request, which other work on the machine does not lengthen much."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.load.questions import Question
from webapp import create_app
from webapp.operations.warming import warm

_HEADERS = {"Accept-Encoding": "zstd, br, gzip", "Accept-Language": "vi-VN,vi;q=0.9"}
_UNMEASURED = 20
_NO_RESULTS = ("article", "typing")
"""Kinds of questions whose answer is no page of results."""


def processor_times(index: Path, questions: Sequence[Question]) -> dict[str, Any]:
    """Ask one question after the other in this process, without a connection.

    Args:
        index: Folder of the index.
        questions: The questions; the first ones are not measured.

    Returns:
        Milliseconds of processor time by kind, and of all pages of results.
    """
    logging.getLogger("webapp").setLevel(logging.ERROR)
    app = create_app({"INDEX": index})
    warm(app)
    client = app.test_client()
    taken: dict[str, list[float]] = {}
    for number, question in enumerate(questions):
        started = time.process_time()
        with client.get(question.address, headers=_HEADERS) as response:
            assert response.status_code == 200, question
            response.get_data()
        if number >= _UNMEASURED:
            used = (time.process_time() - started) * 1_000
            taken.setdefault(question.kind, []).append(used)
    app.extensions["timbao"].close()
    pages = [used for kind, some in taken.items() if kind not in _NO_RESULTS for used in some]
    return {
        "pages of results": _ranks(pages),
        **{kind: _ranks(some) for kind, some in sorted(taken.items())},
    }


def _ranks(times: list[float]) -> dict[str, float]:
    return {
        f"p{rank}": round(float(np.percentile(times, rank)), 1) for rank in (50, 95, 99) if times
    }
