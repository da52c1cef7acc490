"""The results page: one search, laid out for its template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, Response, current_app, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from indexer import Hit, Index, Interval, Marks, MatchPolicy, QueryError, SearchResult, Sort
from webapp.excerpts import excerpts
from webapp.labels import sort_label
from webapp.language import gettext
from webapp.links import page_address
from webapp.live_index import live_index
from webapp.matches import Match, told_matches
from webapp.operations.deadline import seconds_left
from webapp.operations.limits import check_length
from webapp.pages.facet_values import NARROWING
from webapp.pages.filters import Chip, FacetGroup, chips, droppable, facet_groups, reading_chips
from webapp.pages.matching import MatchNotice, match_notice
from webapp.pages.notices import Mistake, Notices, notices, refused
from webapp.pages.offers import Offers, has_marks, offers
from webapp.pages.paging import Paging, paging
from webapp.pages.timeline import TimelineView, drawable, interval_of, timeline_view
from webapp.pages.ways import WAYS
from webapp.url_state import SearchState, has_empty_values, read_state

blueprint = Blueprint("search", __name__)


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
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class ResultsView:
    """Everything that the results page shows of one search."""

    total: int
    stories: int
    stories_approximate: bool
    took_ms: float
    hits: tuple[ShownHit, ...]
    notices: Notices
    matching: MatchNotice | None
    offers: Offers
    groups: tuple[FacetGroup, ...]
    timeline: TimelineView | None
    sorts: tuple[SortLink, ...]
    paging: Paging
    remedies: tuple[Remedy, ...]
    query_is_marked: bool
    whole: SearchState


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the index holds as a whole, for the line under the heading of the first page."""

    articles: int
    papers: int
    first_year: int | None
    last_year: int | None


@blueprint.get("/")
def results() -> AnyResponse | str:
    """Show the results of the search that the address names."""
    state, problems = read_state(request.args)
    untidy = has_empty_values(request.args) or NARROWING in request.args
    if untidy and not problems:
        return redirect(page_address("search.results", state.parameters()))
    view: ResultsView | None = None
    holdings: Holdings | None = None
    mistake: Mistake | None = None
    status = 400 if problems else 200
    with live_index().lend() as index:
        try:
            view = _search(index, state)
        except QueryError as error:
            mistake = refused(state, error)
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
        mistake=mistake,
        view=view,
        holdings=holdings,
        chips=chips(state),
        reading_chips=reading_chips(state),
        ways=WAYS,
    )
    return Response(html, status)


def _search(index: Index, state: SearchState) -> ResultsView:
    settings = current_app.config
    page_size, max_bars = settings["PAGE_SIZE"], settings["MAX_BARS"]
    interval = interval_of(state)
    check_length(state.query)
    found = index.search(
        state.request(
            page_size=page_size,
            facet_size=settings["FACET_SIZE"],
            timeline=interval,
            timeout=seconds_left(),
        )
    )
    return ResultsView(
        total=found.total,
        stories=found.stories,
        stories_approximate=found.stories_approximate,
        took_ms=found.took_ms,
        hits=tuple(map(_shown, found.hits, told_matches(found.hits))),
        notices=notices(found, state),
        matching=match_notice(found, state),
        offers=offers(index, state, found),
        groups=facet_groups(found.facets, settings["FACET_SHOWN"]),
        timeline=_timeline(index, state, found, max_bars),
        sorts=_sort_links(state),
        paging=paging(found.stories if state.collapse else found.total, state.page, page_size),
        remedies=_remedies(index, state, found) if not found.total else (),
        query_is_marked=has_marks(state.query),
        # An export has what the page shows, where that is not what an export has by itself.
        whole=state if found.match is MatchPolicy.ALL else state.matching(found.match),
    )


def _timeline(
    index: Index, state: SearchState, found: SearchResult, max_bars: int
) -> TimelineView | None:
    timeline = found.timeline
    if not timeline or not found.total:
        return None
    interval = drawable(timeline, state, max_bars)
    if interval is not timeline.interval:
        other = _count_only(index, state, interval).timeline
        # Dates may all be too coarse for finer bars.
        timeline = other if other and other.bars else timeline
    return timeline_view(timeline, state)


def _count_only(
    index: Index, state: SearchState, timeline: Interval | None = None
) -> SearchResult:
    asked = state.at_page(1).request(
        page_size=0, facets=(), timeline=timeline, timeout=seconds_left()
    )
    return index.search(asked)


def _shown(hit: Hit, matches: tuple[Match, ...]) -> ShownHit:
    # A passage escapes its text itself.
    passages = tuple(
        Markup(f"{excerpt.before}{excerpt.passage.html}{excerpt.after}")  # noqa: S704
        for excerpt in excerpts(hit)
    )
    return ShownHit(hit, Markup(hit.headline.html), passages, matches)  # noqa: S704


def _sort_links(state: SearchState) -> tuple[SortLink, ...]:
    current = state.sort
    if not state.query and current is Sort.RELEVANCE:
        current = Sort.NEWEST
    return tuple(
        SortLink(sort_label(sort), state.sorted_by(sort), sort is current)
        for sort in Sort
        if state.query or sort is not Sort.RELEVANCE
    )


def _remedies(index: Index, state: SearchState, found: SearchResult) -> tuple[Remedy, ...]:
    steps = [(_dropping(chip), chip.without) for chip in droppable(state)]
    if len(steps) > 1:
        steps.append((gettext("Bỏ mọi bộ lọc"), state.without_filters()))
    if state.marks is Marks.EXACT:
        steps.append((gettext("Tìm cả những chữ có thêm dấu"), state.reading(Marks.AUTO)))
    if not state.abbreviations:
        steps.append((gettext("Tìm cả chữ viết tắt và dạng đầy đủ"), state.abbreviating(True)))
    tried = (Remedy(label, step, _count_only(index, step).total) for label, step in steps)
    return (*(remedy for remedy in tried if remedy.total), *_with_fewer_words(index, state, found))


def _with_fewer_words(index: Index, state: SearchState, found: SearchResult) -> Iterator[Remedy]:
    """Find how few words an article must have so that there is one."""
    looser = {
        MatchPolicy.MOST: gettext("Nhận cả bài thiếu vài từ"),
        MatchPolicy.ANY: gettext("Nhận cả bài chỉ có một trong các từ"),
    }
    if found.match is not MatchPolicy.ALL:
        del looser[MatchPolicy.MOST]
    for policy, label in looser.items() if state.query and found.match != MatchPolicy.ANY else ():
        step = state.matching(policy)
        if total := _count_only(index, step).total:
            yield Remedy(label, step, total)
            return


def _dropping(chip: Chip) -> str:
    return gettext("Bỏ %(facet)s “%(value)s”", facet=chip.facet.lower(), value=chip.label)


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
