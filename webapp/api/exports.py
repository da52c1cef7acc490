"""Whole results as files that are sent while they are written."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import islice
from typing import Any

from flask import Response, current_app

from indexer import SearchRequest
from webapp.api.conditional import unless_known
from webapp.exporting import ExportFormat, file_chunks
from webapp.live_index import LiveIndex


def export_contents() -> dict[str, Any]:
    """Describe the media types of exports for OpenAPI."""
    return {
        form.media_type.partition(";")[0]: {"schema": {"type": "string"}} for form in ExportFormat
    }


def exported(live: LiveIndex, asked: SearchRequest, form: ExportFormat, *, bom: bool) -> Response:
    """Give everything that a request finds, of the generation that is the newest now.

    The generation is lent until the last byte is sent, or until whoever reads it has gone.

    Args:
        live: Lends it.
        asked: What to look for.
        form: The format of the file.
        bom: Whether a table begins with a byte order mark.

    Raises:
        QueryError: The query text cannot be searched.
        SearchTimeoutError: The search took longer than the request allows.
    """

    def answer() -> Response:
        scan = index.scan(asked)
        found = scan.stories if asked.collapse else scan.total
        limit = current_app.config["EXPORT_LIMIT"] or found
        count = min(found, limit)
        chunks = file_chunks(islice(scan, limit), form, bom=bom)
        response = Response(chunks, content_type=form.media_type)
        part = "" if count == found else f"-first-{count}-of-{found}"
        name = f"timbao{part}{form.suffix}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["X-Total-Count"] = str(found)
        response.headers["X-Exported-Count"] = str(count)
        return response

    lending = ExitStack()
    try:
        index = lending.enter_context(live.lend())
        response = unless_known(index, answer)
    except BaseException:
        lending.close()
        raise
    response.call_on_close(lending.close)
    return response
