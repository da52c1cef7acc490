"""Who may read the API, and what no request may exceed."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, request
from werkzeug.exceptions import RequestEntityTooLarge, RequestURITooLarge

LONGEST_ADDRESS: Final = 16_384
"""The longest query string, in bytes."""

LARGEST_BODY: Final = 65_536
"""The largest body, in bytes; no request needs any."""

_FOR_MACHINES: Final = ("/api/", "/feed.atom", "/opensearch")
_EXPOSED: Final = (
    "ETag, Link, Content-Disposition, Retry-After, X-Request-ID, X-Total-Count, X-Exported-Count"
)


def is_for_machines() -> bool:
    """Tell whether a request is for the API, a feed or the like, not for a page."""
    return request.path.startswith(_FOR_MACHINES)


def install(app: Flask) -> None:
    """Bound the requests for the API, and let other sites read it if the settings say so."""
    app.before_request(_refuse_oversized)
    origins = frozenset(app.config["CORS_ORIGINS"].split())
    if origins:

        def share(response: Response) -> Response:
            return _shared(response, origins)

        app.after_request(share)


def _refuse_oversized() -> None:
    if not is_for_machines():
        return
    if len(request.query_string) > LONGEST_ADDRESS:
        raise RequestURITooLarge
    if (request.content_length or 0) > LARGEST_BODY:
        raise RequestEntityTooLarge


def _shared(response: Response, origins: frozenset[str]) -> Response:
    """Let a page of another site read a response; nothing of it depends on who asks."""
    if not is_for_machines():
        return response
    headers = response.headers
    asking = request.headers.get("Origin")
    if "*" in origins:
        headers["Access-Control-Allow-Origin"] = "*"
    else:
        response.vary.add("Origin")
        if asking not in origins:
            return response
        headers["Access-Control-Allow-Origin"] = asking
    headers["Access-Control-Expose-Headers"] = _EXPOSED
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.method == "OPTIONS":
        headers["Access-Control-Allow-Methods"] = "GET, HEAD"
        headers["Access-Control-Allow-Headers"] = "If-None-Match"
        headers["Access-Control-Max-Age"] = "86400"
    return response
