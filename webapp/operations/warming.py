"""What is slow once is done before the first reader comes."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import Flask

from indexer import IndexerError

if TYPE_CHECKING:
    from webapp.live_index import LiveIndex

_log = logging.getLogger(__name__)


def warm(app: Flask) -> None:
    """Compile the templates, and let the index build its tables.

    Args:
        app: What `create_app` made.
    """
    live: LiveIndex = app.extensions["timbao"]
    for name in app.jinja_env.list_templates(extensions=("html", "svg")):
        app.jinja_env.get_template(name)
    try:
        live.warm()
    except (IndexerError, OSError) as error:
        _log.warning("cannot search yet: %s", error)
