"""The page that explains how to search."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template

from indexer import Index
from webapp.language import language
from webapp.live_index import live_index
from webapp.pages.examples import Topic, topics
from webapp.url_state import SearchState

blueprint = Blueprint("guide", __name__)


@blueprint.get("/cach-tim")
def ways() -> str:
    """Explain the query language by examples that find something in this index."""
    with live_index().lend() as index:
        shown = _topics(index)
    return render_template("guide.html", topics=shown, state=SearchState())


def _topics(index: Index) -> tuple[Topic, ...]:
    # Some forty searches, whose results change only with the index.
    state = (index.generation, index.created)
    known: dict[str, tuple[object, tuple[Topic, ...]]]
    known = current_app.extensions.setdefault("timbao_examples", {})
    found = known.get(language())
    if found is None or found[0] != state:
        found = known[language()] = (state, topics(index))
    return found[1]
