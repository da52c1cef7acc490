"""The results page: one search, laid out for its template."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, current_app, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from indexer import Hit, Index, Interval, MatchPolicy, QueryError, SearchResult, Sort
from webapp.excerpts import excerpts
from webapp.formatting import number
from webapp.labels import SORT_LABELS
from webapp.live_index import LiveIndex
from webapp.pages.filters import FacetGroup, chips, droppable, facet_groups
from webapp.pages.matching import MatchNotice, match_notice
from webapp.pages.paging import Paging, paging
from webapp.pages.timeline import TimelineView, drawable, interval_of, timeline_view
from webapp.url_state import SearchState, has_empty_values, read_state

blueprint = Blueprint("search", __name__)

_LONG_QUERY: Final = 1_000
"""A query longer than this was refused for its length."""


@dataclass(frozen=True, slots=True)
class SortLink:
    """A link to the same results in another order."""

    label: str
    state: SearchState
    current: bool


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to drop where nothing was found, and how many results that would bring."""

    label: str
    state: SearchState
    total: int


@dataclass(frozen=True, slots=True)
class ShownHit:
    """One result; `headline` and `passages` are safe HTML."""

    hit: Hit
    headline: Markup
    passages: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class ResultsView:
    """Everything that the results page shows of one search."""

    total: int
    took_ms: float
    hits: tuple[ShownHit, ...]
    matching: MatchNotice | None
    groups: tuple[FacetGroup, ...]
    timeline: TimelineView | None
    sorts: tuple[SortLink, ...]
    paging: Paging
    remedies: tuple[Remedy, ...]
    query_is_marked: bool


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the index holds as a whole, for the line under the heading of the first page."""

    articles: int
    papers: int
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class QueryNotice:
    """A query that cannot be searched, cut around the place that is wrong.

    Attributes:
        message: What the library says.
        reason: The same for the reader; empty where only the library knows.
        position: Where the wrong part begins, in characters from 0.
        before: What stands before it.
        wrong: The wrong part.
        after: What stands behind it.
    """

    message: str
    reason: str
    position: int
    before: str
    wrong: str
    after: str


@blueprint.get("/")
def results() -> AnyResponse | str:
    """Show the results of the search that the address names."""
    state, problems = read_state(request.args)
    if has_empty_values(request.args):
        query_string = state.query_string()
        if not problems:
            return redirect(f"{request.path}?{query_string}" if query_string else request.path)
    live: LiveIndex = current_app.extensions["timbao"]
    view: ResultsView | None = None
    holdings: Holdings | None = None
    notice: QueryNotice | None = None
    status = 400 if problems else 200
    with live.lend() as index:
        try:
            view = _search(index, state)
        except QueryError as error:
            notice = query_notice(state.query, error)
            status = 400
        else:
            if view.paging.beyond:
                status = 404
        if not state.query and not state.is_narrowed and view is not None:
            holdings = _holdings(index)
    html = render_template(
        "search.html",
        state=state,
        problems=problems,
        notice=notice,
        view=view,
        holdings=holdings,
        chips=chips(state),
    )
    return Response(html, status)


def query_notice(query: str, error: QueryError, around: int = 40) -> QueryNotice:
    """Cut a query around the place where it is wrong.

    Args:
        query: The query text that was refused.
        error: Why it was.
        around: How many characters to show on either side.
    """
    start = min(max(error.position, 0), len(query))
    end = min(start + max(error.length, 0), len(query))
    before, wrong, after = query[:start], query[start:end], query[end:]
    return QueryNotice(
        error.message,
        _reason(query, start),
        start,
        before if len(before) <= around else f"…{before[-around:]}",
        wrong if len(wrong) <= around else f"{wrong[:around]}…",
        after if len(after) <= around else f"{after[:around]}…",
    )


def _reason(query: str, position: int) -> str:
    if not any(character.isalnum() for character in query):
        return "Trong câu tìm không có chữ cái hay chữ số nào."
    if len(query) > _LONG_QUERY:
        return f"Câu tìm dài {number(len(query))} ký tự; chỉ tìm được {number(position)} ký tự."
    return ""


def _search(index: Index, state: SearchState) -> ResultsView:
    settings = current_app.config
    page_size, max_bars = settings["PAGE_SIZE"], settings["MAX_BARS"]
    interval = interval_of(state)
    found = index.search(
        state.request(page_size=page_size, facet_size=settings["FACET_SIZE"], timeline=interval)
    )
    return ResultsView(
        total=found.total,
        took_ms=found.took_ms,
        hits=tuple(_shown(hit) for hit in found.hits),
        matching=match_notice(found, state),
        groups=facet_groups(found.facets, settings["FACET_SHOWN"]),
        timeline=_timeline(index, state, found, max_bars),
        sorts=_sort_links(state),
        paging=paging(found.total, state.page, page_size),
        remedies=_remedies(index, state, found) if not found.total else (),
        query_is_marked=_has_marks(state.query),
    )


def _has_marks(query: str) -> bool:
    return any(c in "đĐ" or unicodedata.combining(c) for c in unicodedata.normalize("NFD", query))


def _timeline(
    index: Index, state: SearchState, found: SearchResult, max_bars: int
) -> TimelineView | None:
    timeline = found.timeline
    if not timeline or not found.total:
        return None
    interval = drawable(timeline, max_bars)
    if interval is not timeline.interval:
        timeline = _count_only(index, state, interval).timeline or timeline
    return timeline_view(timeline, state)


def _count_only(
    index: Index, state: SearchState, timeline: Interval | None = None
) -> SearchResult:
    return index.search(state.at_page(1).request(page_size=0, facets=(), timeline=timeline))


def _shown(hit: Hit) -> ShownHit:
    # A passage escapes its text itself.
    passages = tuple(
        Markup(f"{excerpt.before}{excerpt.passage.html}{excerpt.after}")  # noqa: S704
        for excerpt in excerpts(hit)
    )
    return ShownHit(hit, Markup(hit.headline.html), passages)  # noqa: S704


def _sort_links(state: SearchState) -> tuple[SortLink, ...]:
    current = state.sort
    if not state.query and current is Sort.RELEVANCE:
        current = Sort.NEWEST
    return tuple(
        SortLink(label, state.sorted_by(sort), sort is current)
        for sort, label in SORT_LABELS.items()
        if state.query or sort is not Sort.RELEVANCE
    )


def _remedies(index: Index, state: SearchState, found: SearchResult) -> tuple[Remedy, ...]:
    steps = [
        (f"Bỏ {chip.facet.lower()} “{chip.label}”", chip.without) for chip in droppable(state)
    ]
    if len(steps) > 1:
        steps.append(("Bỏ mọi bộ lọc", state.without_filters()))
    if state.query and found.match is MatchPolicy.ALL:
        steps.append(("Nhận cả bài thiếu vài từ", state.matching(MatchPolicy.MOST)))
    tried = (Remedy(label, step, _count_only(index, step).total) for label, step in steps)
    return tuple(remedy for remedy in tried if remedy.total)


def _holdings(index: Index) -> Holdings:
    counted = index.search(
        SearchState().request(
            page_size=0, facet_size=0, facets=("source",), timeline=Interval.YEAR
        )
    )
    bars = counted.timeline.bars if counted.timeline else ()
    papers = counted.facets["source"]
    return Holdings(
        articles=index.article_count,
        papers=len(papers.buckets) + papers.other_values,
        first_year=bars[0].start.year if bars else None,
        last_year=bars[-1].start.year if bars else None,
    )
