"""The OpenAPI document, and the page that shows it and lets its readers try it.

The page is Swagger UI, whose files come with the package `flask-openapi-swagger`. Its own template
has scripts within the page, so this one is ours, under a policy that forbids them.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final, cast

from flask import Blueprint, Response, abort, current_app, render_template, send_file
from flask_openapi import OpenAPI

from webapp.api.problems import KINDS

blueprint = Blueprint("api_description", __name__, url_prefix="/api/v1")

DOCUMENTATION_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        # Swagger UI draws its arrows with pictures inside its style sheet.
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""What the page may load: nothing from elsewhere, and no script or style within the page."""

_FILES: Final = {
    "swagger-ui.css": "css/swagger-ui.css",
    "swagger-ui-bundle.js": "js/swagger-ui-bundle.js",
}
_DAY: Final = 86_400


@blueprint.get("/openapi.json")
def document() -> Response:
    """Give the OpenAPI document."""
    found = json.dumps(cast("OpenAPI", current_app).api_doc, ensure_ascii=False)
    response = Response(found, mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/docs")
def page() -> Response:
    """Show the OpenAPI document to readers."""
    document = cast("OpenAPI", current_app).api_doc
    response = Response(render_template("api.html", document=document, problems=KINDS))
    response.headers["Content-Security-Policy"] = DOCUMENTATION_POLICY
    return response


@blueprint.get("/docs/<name>")
def file(name: str) -> Response:
    """Give a file of Swagger UI."""
    if name not in _FILES:
        abort(404)
    return send_file(_swagger() / _FILES[name], max_age=_DAY)


@cache
def _swagger() -> Path:
    # Installed packages are folders; where one is not, this raises at once.
    with as_file(files("flask_openapi_swagger") / "templates" / "swagger") as folder:
        return folder
