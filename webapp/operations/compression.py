"""Answers in fewer bytes, for whoever takes them so.

Compression lets an onlooker guess a secret that stands beside text of his choice (BREACH). No
answer has a secret: there are no cookies, no sessions and no tokens, and everybody who asks gets
the same.
"""

from __future__ import annotations

from typing import Final

from flask import Flask, Response
from flask_compress import Compress

_TYPES: Final = (
    "text/html",
    "text/css",
    "text/csv",
    "text/plain",
    "text/javascript",
    "application/json",
    "application/problem+json",
    "application/jsonl",
    "application/x-bibtex",
    "application/atom+xml",
    "application/opensearchdescription+xml",
    "application/x-suggestions+json",
    "image/svg+xml",
)
_ALGORITHMS: Final = ("zstd", "br", "gzip")


def install(app: Flask) -> None:
    """Compress answers if the settings say so. Weak tags stay as they are."""
    if not app.config["COMPRESSION"]:
        return
    app.config.setdefault("COMPRESS_MIMETYPES", list(_TYPES))
    app.config.setdefault("COMPRESS_ALGORITHM", list(_ALGORITHMS))
    app.config.setdefault("COMPRESS_ALGORITHM_STREAMING", list(_ALGORITHMS))
    app.config["COMPRESS_REGISTER"] = False
    compress = Compress(app)

    def compressed(response: Response) -> Response:
        # The bytes that a part of a file names are those of the file as it is.
        if response.status_code == 206:
            return response
        plain = response.response
        response = compress.after_request(response)
        if response.response is not plain and hasattr(plain, "close"):
            # What a file is read with is closed with the answer, compressed or not.
            response.call_on_close(plain.close)
        return response

    app.after_request(compressed)
