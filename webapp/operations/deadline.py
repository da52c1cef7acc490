"""How long the searches of one request may take together."""

from __future__ import annotations

import time

from flask import Flask, current_app, g

from indexer import SearchTimeoutError


def install(app: Flask) -> None:
    """Let the time of each request run; to be called before other hooks are added."""
    app.before_request(_start)


def began() -> float:
    """Give when the request began, by `time.perf_counter`."""
    moment: float = g.began
    return moment


def seconds_left() -> float:
    """Give the seconds that the request may still search.

    Raises:
        SearchTimeoutError: There are none.
    """
    left: float = current_app.config["SEARCH_SECONDS"] - (time.perf_counter() - began())
    if left <= 0:
        raise SearchTimeoutError("the request has used up its time")
    return left


def _start() -> None:
    g.began = time.perf_counter()
