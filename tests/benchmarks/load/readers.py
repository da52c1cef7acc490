"""Readers that ask one question after the other, and what they saw."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any

import numpy as np

from tests.benchmarks.load.questions import Question

_PATIENCE_SECONDS = 60


@dataclass
class Seen:
    """What one reader or several saw.

    Attributes:
        milliseconds: Of each request, by kind.
        bytes: Of each answer as it was sent, by kind.
        errors: How often what went wrong.
    """

    milliseconds: dict[str, list[float]] = field(default_factory=dict)
    bytes: dict[str, list[int]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, other: Seen) -> None:
        """Add what another reader saw."""
        for kind, times in other.milliseconds.items():
            self.milliseconds.setdefault(kind, []).extend(times)
        for kind, sizes in other.bytes.items():
            self.bytes.setdefault(kind, []).extend(sizes)
        self.errors.update(other.errors)

    def summary(self, seconds: float) -> dict[str, Any]:
        """Give figures.

        Args:
            seconds: How long it took.
        """
        every = [time for times in self.milliseconds.values() for time in times]
        return {
            "requests": len(every),
            "requests a second": round(len(every) / seconds, 1),
            "errors": dict(self.errors),
            "milliseconds": _ranks(every),
            "by kind": {kind: _ranks(times) for kind, times in sorted(self.milliseconds.items())},
            "kilobytes": {
                kind: round(float(np.mean(sizes)) / 1000, 1)
                for kind, sizes in sorted(self.bytes.items())
            },
        }


def read(host: str, questions: Sequence[Question], clients: int, seconds: float) -> dict[str, Any]:
    """Let readers ask for a time, each the next question as soon as it has its answer.

    Args:
        host: Name and port of the server.
        questions: What they ask for, each beginning at another one.
        clients: How many there are.
        seconds: For how long.
    """
    end = time.perf_counter() + seconds
    started = time.perf_counter()
    step = max(1, len(questions) // clients)
    with ThreadPoolExecutor(clients) as pool:
        reading = [
            pool.submit(_read, host, [*questions[n * step :], *questions[: n * step]], end)
            for n in range(clients)
        ]
        seen = Seen()
        for one in reading:
            seen.add(one.result())
    return seen.summary(time.perf_counter() - started)


def _read(host: str, questions: Sequence[Question], end: float) -> Seen:
    seen = Seen()
    connection = HTTPConnection(host, timeout=_PATIENCE_SECONDS)
    for question in itertools.cycle(questions):
        started = time.perf_counter()
        if started >= end:
            break
        try:
            connection.request("GET", question.address, headers={"Accept-Encoding": "gzip"})
            response = connection.getresponse()
            body = response.read()
        except (OSError, HTTPException) as error:
            seen.errors[type(error).__name__] += 1
            connection.close()
            continue
        took = (time.perf_counter() - started) * 1000
        seen.milliseconds.setdefault(question.kind, []).append(took)
        seen.bytes.setdefault(question.kind, []).append(len(body))
        if response.status != 200:
            seen.errors[f"{response.status} {question.kind}"] += 1
    connection.close()
    return seen


def _ranks(times: Sequence[float]) -> dict[str, float]:
    if not times:
        return {}
    ranks = {"p50": 50, "p95": 95, "p99": 99, "most": 100}
    return {name: round(float(np.percentile(times, rank)), 1) for name, rank in ranks.items()}
