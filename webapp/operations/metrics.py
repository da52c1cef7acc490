"""Numbers for Prometheus (`/metrics`): requests, their times, and the state of the index.

Where several processes serve, each writes its counts into files of the folder that the environment
variable `PROMETHEUS_MULTIPROC_DIR` names, and whichever is asked adds them up. prometheus-client
reads that variable when it is imported, so it must be set before.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Flask, Response, request

from webapp.live_index import LiveIndex
from webapp.operations.deadline import began

if TYPE_CHECKING:
    from prometheus_client import Metric

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable that names the folder which processes share."""

_BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the classes of times, in seconds."""


def install(app: Flask, live: LiveIndex) -> None:
    """Count requests and tell of them, if the settings say so.

    Args:
        app: The application.
        live: The index that it searches.
    """
    if not app.config["METRICS"]:
        return
    from prometheus_client import (
        CONTENT_TYPE_LATEST,
        CollectorRegistry,
        Counter,
        Histogram,
        generate_latest,
    )
    from prometheus_client.multiprocess import MultiProcessCollector

    own = CollectorRegistry()
    requests = Counter(
        "timbao_requests", "Answered requests", ["endpoint", "status"], registry=own
    )
    times = Histogram(
        "timbao_request_seconds",
        "Seconds from a request to the end of its answer",
        ["endpoint"],
        registry=own,
        buckets=_BOUNDS,
    )
    if os.environ.get(FOLDER):
        own = CollectorRegistry()
        MultiProcessCollector(own)  # type: ignore[no-untyped-call]
    own.register(_IndexState(live))

    def note(response: Response) -> Response:
        endpoint = request.endpoint or "none"

        def count(since: float) -> None:
            times.labels(endpoint).observe(time.perf_counter() - since)

        requests.labels(endpoint, str(response.status_code)).inc()
        response.call_on_close(partial(count, began()))
        return response

    blueprint = Blueprint("metrics", __name__)

    @blueprint.get("/metrics")
    def metrics() -> Response:
        response = Response(generate_latest(own), content_type=CONTENT_TYPE_LATEST)
        response.headers["Cache-Control"] = "no-store"
        return response

    app.after_request(note)
    app.register_blueprint(blueprint)


class _IndexState:
    """The state of the index when somebody asks, which is the same for all processes."""

    def __init__(self, live: LiveIndex) -> None:
        self._live = live

    def collect(self) -> Iterator[Metric]:
        from prometheus_client.core import GaugeMetricFamily

        with self._live.lend() as index:
            name, articles, created = index.generation, index.article_count, index.created
        generation = GaugeMetricFamily(
            "timbao_index_generation", "Number of the searched generation", labels=["name"]
        )
        generation.add_metric([name], int(name.partition("-")[0]))
        yield generation
        yield GaugeMetricFamily("timbao_index_articles", "Articles in the index", articles)
        yield GaugeMetricFamily(
            "timbao_index_created_seconds", "When it was built, since 1970", created.timestamp()
        )
        yield GaugeMetricFamily(
            "timbao_index_stale",
            "1 where a newer generation cannot be opened",
            int(self._live.trouble is not None),
        )
