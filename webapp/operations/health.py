"""Whether the process lives (`/healthz`), and whether it can answer (`/readyz`)."""

from __future__ import annotations

import logging
from typing import Final

from flask import Blueprint, Response, jsonify

from indexer import (
    AbbreviationsError,
    DamagedIndexError,
    ForeignFolderError,
    IndexAccessError,
    IndexerError,
    IndexMissingError,
    IndexVersionError,
    SearchRequest,
)
from webapp.live_index import live_index

_log = logging.getLogger(__name__)

blueprint = Blueprint("health", __name__)

_REASONS: Final[tuple[tuple[type[Exception], str], ...]] = (
    (IndexMissingError, "there is no index"),
    (ForeignFolderError, "the folder of the index holds something else"),
    (IndexAccessError, "the system does not let the server read the index"),
    (IndexVersionError, "the index was written by another version of timbao"),
    (AbbreviationsError, "the file of abbreviations cannot be read"),
    (DamagedIndexError, "a part of the index is missing or cannot be read"),
)


@blueprint.get("/healthz")
def alive() -> Response:
    """Say that the process answers."""
    return _uncached(Response("ok\n", mimetype="text/plain"))


@blueprint.get("/readyz")
def ready() -> Response:
    """Search for nothing, and say whether that can be done, and if not, why."""
    live = live_index()
    try:
        with live.lend() as index:
            index.search(SearchRequest(size=0, facets=()))
            told = {"ready": True, "generation": index.generation, "articles": index.article_count}
    except (IndexerError, OSError) as error:
        _log.warning("not ready: %s", error)
        response = jsonify({"ready": False, "reason": reason_of(error)})
        response.status_code = 503
        return _uncached(response)
    if trouble := live.trouble:
        # What is open goes on answering, so nobody should be sent elsewhere.
        told["stale"] = reason_of(trouble)
    return _uncached(jsonify(told))


def reason_of(error: Exception) -> str:
    """Say why an index cannot be used, without the folder that the error's message names."""
    return next(
        (reason for kind, reason in _REASONS if isinstance(error, kind)),
        "the index cannot be searched",
    )


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
