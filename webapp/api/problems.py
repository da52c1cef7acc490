"""Errors of the API, all in the form of RFC 9457 (`application/problem+json`)."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final

from flask import Response, request, url_for
from werkzeug.exceptions import HTTPException

from indexer import IndexUnusableError, QueryError, RequestError, SearchTimeoutError
from webapp.operations.request_log import request_id

_log = logging.getLogger(__name__)

MEDIA_TYPE: Final = "application/problem+json"
NAMES_OF_OPTIONS: Final = MappingProxyType({"published_from": "from", "published_to": "to"})
"""What the API calls options of the library."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem that is ours.

    Attributes:
        status: Its status in HTTP.
        title: The same for every problem of the kind.
        meaning: What to do about it, for those who read the documentation.
    """

    status: int
    title: str
    meaning: str


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "invalid-query": Kind(
            400,
            "The query cannot be searched",
            "`position`, `length` and `part` tell where in `query` the mistake is, and `mend` is "
            "the whole query without it, if there is one way to mend it.",
        ),
        "invalid-parameters": Kind(
            400,
            "A parameter has no meaning",
            "`errors` names each such parameter and what it takes.",
        ),
        "invalid-cursor": Kind(
            400,
            "The cursor does not belong to this search",
            "A cursor goes with the search that it was given for, and without `offset`.",
        ),
        "expired-cursor": Kind(
            410,
            "The cursor has expired",
            "The index has changed since, and the state in which the reading began is no longer "
            "kept. `restart` leads to the first page.",
        ),
        "timeout": Kind(
            503, "The search took too long", "Ask for fewer words, patterns or facets."
        ),
        "index-unusable": Kind(
            503, "The index cannot be read", "Try again after the time that `Retry-After` gives."
        ),
    }
)
"""The problems that are more than a status, by the last part of their type."""

_DETAILS: Final = MappingProxyType(
    {
        404: "There is nothing at this address.",
        405: "The API is read only: use GET.",
        413: "A request needs no body; this one is too large.",
        414: "The address is too long; shorten the query or choose fewer values.",
        429: "Too many requests; slow down.",
        500: "The fault is ours, and was logged.",
        503: "The server cannot answer now; try again later.",
    }
)
_KEPT_HEADERS: Final = ("Allow", "Retry-After")
"""What an error of HTTP says to programs besides its status."""

RETRY_SECONDS: Final = "5"
"""After how long it is worth the while to ask again where we could not answer."""


@dataclass(eq=False)
class ProblemError(Exception):
    """A problem that ends a request.

    Attributes:
        kind: A key of `KINDS`.
        detail: What is wrong this time, and how to mend it.
        members: Further members of the problem; those that are `None` are left out.
    """

    kind: str
    detail: str
    members: Mapping[str, Any] = field(default_factory=dict)


def problem_response(error: Exception, query: str = "") -> Response:
    """Tell of an error, without anything that only concerns us.

    Args:
        error: Any error.
        query: The query text that was asked for.
    """
    known = _as_problem(error, query)
    if known is not None:
        kind = KINDS[known.kind]
        address = url_for("api_description.page", _anchor=known.kind)
        headers = {"Retry-After": RETRY_SECONDS} if kind.status == 503 else {}
        return _response(address, kind.title, kind.status, known.detail, known.members, headers)
    status = error.code or 500 if isinstance(error, HTTPException) else 500
    if status < 400 and isinstance(error, HTTPException):
        return Response(error.get_body(), status, error.get_headers())
    if status >= 500:
        _log.error("request %s failed", request_id(), exc_info=error)
    title = HTTPStatus(status).phrase
    detail = _DETAILS.get(status, title)
    return _response("about:blank", title, status, detail, {}, kept_headers(error))


def _as_problem(error: Exception, query: str) -> ProblemError | None:
    match error:
        case ProblemError():
            return error
        case QueryError():
            members = {
                "detail_vi": error.message_vi or None,
                "query": query,
                "position": error.position,
                "length": error.length,
                "part": error.part or None,
                "mend": error.mend,
            }
            return ProblemError("invalid-query", error.message, members)
        case RequestError():
            message = error.renamed(NAMES_OF_OPTIONS)
            parameter = NAMES_OF_OPTIONS.get(error.option, error.option)
            told = {"parameter": parameter, "message": message.removeprefix(f"{parameter}: ")}
            return ProblemError("invalid-parameters", message, {"errors": [told]})
        case SearchTimeoutError():
            return ProblemError("timeout", "The search was given up; ask for less.")
        case IndexUnusableError():
            _log.error("request %s cannot read the index", request_id(), exc_info=error)
            return ProblemError("index-unusable", "The index cannot be read now.")
    return None


def kept_headers(error: Exception) -> dict[str, str]:
    """Give the headers of an error that its answer keeps, in whatever form it is told."""
    if not isinstance(error, HTTPException):
        return {}
    given = dict(error.get_headers(request.environ))
    return {name: given[name] for name in _KEPT_HEADERS if name in given}


def _response(
    address: str,
    title: str,
    status: int,
    detail: str,
    members: Mapping[str, Any],
    headers: Mapping[str, str],
) -> Response:
    problem = {"type": address, "title": title, "status": status, "detail": detail}
    problem |= {name: value for name, value in members.items() if value is not None}
    body = json.dumps(problem, ensure_ascii=False)
    return Response(body, status, {**headers, "Cache-Control": "no-store"}, mimetype=MEDIA_TYPE)
