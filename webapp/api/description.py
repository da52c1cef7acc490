"""The OpenAPI document, and the page that shows it and lets its readers try it."""

from __future__ import annotations

import copy
import json
from types import MappingProxyType
from typing import Any, Final, cast

from flask import Blueprint, Response, current_app, render_template, request
from flask_openapi import OpenAPI

from indexer import SearchRequest
from webapp.api.problems import KINDS
from webapp.api.reference import described, endpoints, models
from webapp.live_index import live_index
from webapp.operations.deadline import seconds_left
from webapp.url_state import SearchState

blueprint = Blueprint("api_description", __name__, url_prefix="/api/v1")

_ALL_STATUSES: Final = MappingProxyType({"X-Request-ID": "Names the request in the server's log."})
_HEADERS: Final = MappingProxyType(
    {
        "200": {"ETag": "Names this answer; weak. Send it back as `If-None-Match`."},
        "304": {"ETag": "The tag that still holds."},
        "429": {"Retry-After": "After how many seconds to ask again."},
        "503": {"Retry-After": "After how many seconds to ask again."},
    }
)
_OWN_HEADERS: Final = MappingProxyType(
    {
        "search": {"Link": "The next page, as `rel=next`, where there is one."},
        "export": {
            "X-Total-Count": "How many articles are found.",
            "X-Exported-Count": "How many of them the file has.",
            "Content-Disposition": "The name of the file.",
        },
    }
)
"""The headers of answers that are not errors, by endpoint."""


@blueprint.get("/openapi.json")
def document() -> Response:
    """Give the OpenAPI document."""
    found = json.dumps(openapi_document(), ensure_ascii=False)
    response = Response(found, mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/docs")
def page() -> str:
    """Show the OpenAPI document to readers."""
    with live_index().lend() as index:
        newest = index.search(SearchRequest(size=1, facets=(), timeout=seconds_left())).hits
    document = openapi_document()
    return render_template(
        "api.html",
        openapi=document["openapi"],
        endpoints=endpoints(document, {"id": newest[0].id if newest else ""}),
        models=models(document),
        problems=KINDS,
        described=described,
        state=SearchState(),
    )


def openapi_document() -> dict[str, Any]:
    """Give the OpenAPI document of the application that answers the running request."""
    return _completed(cast("OpenAPI", current_app).api_doc)


def _completed(document: dict[str, Any]) -> dict[str, Any]:
    """Add what the framework does not know: the headers of answers, and where it is mounted."""
    completed = copy.deepcopy(document)
    if request.script_root:
        # The application is mounted below a path of a server.
        completed["servers"] = [{"url": request.script_root}]
    for item in completed["paths"].values():
        operation = item["get"]
        own = _OWN_HEADERS.get(operation["operationId"], {})
        for status, response in operation["responses"].items():
            told = {
                **_ALL_STATUSES,
                **_HEADERS.get(status, {}),
                **(own if status == "200" else {}),
            }
            response["headers"] = {
                name: {"description": text, "schema": {"type": "string"}}
                for name, text in told.items()
            }
    return completed
