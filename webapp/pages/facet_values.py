"""The page that lists every value of one facet, and finds values in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, abort, render_template, request

from indexer import FACETS, MAX_FACET_SIZE, Facet, QueryError
from webapp.labels import buckets_called, facet_label
from webapp.links import page_address
from webapp.live_index import live_index
from webapp.operations.deadline import seconds_left
from webapp.operations.limits import check_length
from webapp.pages.filters import FacetValue, facet_value
from webapp.pages.paging import Paging, paging
from webapp.url_state import SearchState, read_state

blueprint = Blueprint("facet_values", __name__)

NARROWING: Final = "loc"
"""The parameter that says what the listed values contain."""

_PAGE_SIZE: Final = 100
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class FacetView:
    """Some values of a facet.

    Attributes:
        name: The facet.
        label: Its heading.
        contains: What the values must contain.
        values: The values of this page.
        elsewhere: Chosen values that are not on this page.
        total: How many values there are to page through.
        paging: Which of them these are.
    """

    name: str
    label: str
    contains: str
    values: tuple[FacetValue, ...]
    elsewhere: tuple[str, ...]
    total: int
    paging: Paging


@blueprint.get("/gia-tri/<any({}):name>".format(",".join(FACETS)))
def facet_values(name: str) -> Response:
    """List the values of a facet among the results of the search that the address names."""
    state, _ = read_state(request.args)
    contains = request.args.get(NARROWING, "").strip()[:_LONGEST]
    # Values are looked through only where some are looked for.
    listed = MAX_FACET_SIZE if contains else min(state.page * _PAGE_SIZE, MAX_FACET_SIZE)
    asked = state.at_page(1).request(
        page_size=0, facet_size=listed, facets=(name,), timeout=seconds_left()
    )
    with live_index().lend() as index:
        try:
            check_length(state.query)
            facet = index.search(asked).facets[name]
        except QueryError:
            abort(400)
    view = facet_view(facet, state, contains)
    html = render_template(
        "facet.html",
        view=view,
        state=state,
        others=[(key, value) for key, value in state.parameters() if key not in {name, "page"}],
        narrowing=NARROWING,
    )
    return Response(html, 404 if view.paging.beyond else 200)


def values_address(name: str, state: SearchState, contains: str) -> str:
    """Give the address of a page of values."""
    parameters = state.parameters() + ([(NARROWING, contains)] if contains else [])
    return page_address("facet_values.facet_values", parameters, name=name)


def facet_view(facet: Facet, state: SearchState, contains: str) -> FacetView:
    """Lay out the page that a state names of the values that contain something.

    Args:
        facet: The values of the facet, at least up to the end of the page.
        state: The search; its page is that of the values.
        contains: What values must contain, whatever its case and marks; empty for all.
    """
    found = buckets_called(facet, contains)
    total = len(found) + (0 if contains else facet.other_values)
    place = paging(total, state.page, _PAGE_SIZE)
    first = (state.page - 1) * _PAGE_SIZE
    shown = tuple(facet_value(facet.name, b) for b in found[first : first + _PAGE_SIZE])
    here = {value.value for value in shown}
    return FacetView(
        facet.name,
        facet_label(facet.name),
        contains,
        shown,
        tuple(v for v in state.filters.get(facet.name, ()) if v not in here),
        total,
        place,
    )
