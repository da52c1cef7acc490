"""One line of JSON for each request, in the log of this module, at level INFO."""

from __future__ import annotations

import json
import logging
import re
import time
import uuid
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from flask import Flask, Response, current_app, g, request

from webapp.operations.deadline import began

LOG: Final = logging.getLogger(__name__)
"""Where the lines go; each is a whole message, to be written as it is."""

_HEADER: Final = "X-Request-ID"
_GIVEN_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")


def install(app: Flask) -> None:
    """Give each request a name, and write a line once it is answered, if the settings say so."""
    app.before_request(_name)
    app.after_request(_note)


def route() -> str:
    """Give the pattern of the address that was asked for; `-` for one that is not known.

    It has no text that anybody typed, and there are few of them.
    """
    return request.url_rule.rule if request.url_rule else "-"


def request_id() -> str:
    """Give the name of the request, by which an error in the log is found again."""
    return str(g.get("request_id", "-"))


def _name() -> None:
    given = request.headers.get(_HEADER, "")
    g.request_id = given if _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex


def _note(response: Response) -> Response:
    response.headers[_HEADER] = request_id()
    if current_app.config["LOG_REQUESTS"] and LOG.isEnabledFor(logging.INFO):
        told: dict[str, Any] = {
            "id": request_id(),
            "method": request.method,
            "route": route(),
            "status": response.status_code,
        }
        if current_app.config["LOG_QUERIES"]:
            told["query"] = request.args.get("q", "")
        # An export is sent while it is made: its time is known at its end.
        response.call_on_close(partial(_write, told, began()))
    return response


def _write(told: dict[str, Any], began: float) -> None:
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    took = round((time.perf_counter() - began) * 1_000, 1)
    LOG.info(json.dumps({"time": now, **told, "ms": took}, ensure_ascii=False))
