"""The page that explains how to search."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template

from webapp.live_index import LiveIndex
from webapp.pages.examples import topics
from webapp.url_state import SearchState

blueprint = Blueprint("guide", __name__)


@blueprint.get("/cach-tim")
def ways() -> str:
    """Explain the query language by examples that find something in this index."""
    live: LiveIndex = current_app.extensions["timbao"]
    with live.lend() as index:
        shown = topics(index)
    return render_template("guide.html", topics=shown, state=SearchState())
