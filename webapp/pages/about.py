"""The page that tells what the index holds."""

from __future__ import annotations

from flask import Blueprint, render_template

from indexer import Interval
from webapp.live_index import live_index
from webapp.operations.deadline import seconds_left
from webapp.pages.coverage import coverage
from webapp.url_state import SearchState

blueprint = Blueprint("about", __name__)

_PAPERS_SHOWN = 20


@blueprint.get("/kho-bai")
def holdings() -> str:
    """Tell how many articles there are, of which papers, and how they spread over time."""
    asked = SearchState().request(
        page_size=0,
        facet_size=_PAPERS_SHOWN,
        facets=("source", "section", "author"),
        timeline=Interval.MONTH,
        timeout=seconds_left(),
    )
    with live_index().lend() as index:
        found = index.search(asked)
        updated = index.created
    facets = found.facets
    return render_template(
        "about.html",
        state=SearchState(),
        total=found.total,
        stories=found.stories,
        counts={name: len(facet.buckets) + facet.other_values for name, facet in facets.items()},
        papers=[
            (bucket, SearchState(filters={"source": (bucket.value,)}))
            for bucket in facets["source"].buckets
        ],
        facet=facets["source"],
        coverage=coverage(found.timeline),
        updated=updated,
    )
