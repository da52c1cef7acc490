"""Entity tags: an answer that somebody has is not made again while nothing has changed.

An answer depends on the generation of the index, on the address that asks for it, and on how the
application is set up. So its tag is known before anything is searched, and is the same in all
processes. Tags are weak: answers to one question differ by the time that they took.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request
from werkzeug.http import quote_etag

from indexer import Index
from webapp.api.versions import version
from webapp.settings import SETTINGS

_SETUP = "timbao setup"


def install(app: Flask) -> None:
    """Remember what of an application, but for its index, its answers depend on."""
    told: list[Any] = [version(), *(app.config[setting.name] for setting in SETTINGS)]
    digest = blake2b(repr(told).encode(), digest_size=8)
    if own := app.config["ABBREVIATIONS"]:
        digest.update(Path(own).read_bytes())
    app.extensions[_SETUP] = digest.hexdigest()


def unless_known(index: Index, answer: Callable[[], Response]) -> Response:
    """Make an answer, unless whoever asks has it already.

    Args:
        index: The generation that is asked.
        answer: Makes the answer.
    """
    address = f"{request.host_url} {request.full_path}"
    told = f"{current_app.extensions[_SETUP]} {index.generation} {address}"
    tag = blake2b(told.encode("utf-8", "replace"), digest_size=12).hexdigest()
    known = request.if_none_match
    response = Response(status=304) if known.contains_weak(tag) else answer()
    response.headers["ETag"] = quote_etag(tag, weak=True)
    # May be kept, but not used before it was asked whether it still holds.
    response.headers["Cache-Control"] = "no-cache"
    return response
