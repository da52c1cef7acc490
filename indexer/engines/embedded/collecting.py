"""From matches to the answer of a request: what remains after filters, counts, and a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from indexer.columnar.deadline import Deadline
from indexer.columnar.matching import Bools, Floats, Matches
from indexer.columnar.postings import Ints
from indexer.engines.base import EngineHit, EngineRequest, EngineResult, Period, Sort
from indexer.engines.embedded.counting import Counter
from indexer.engines.embedded.ordering import first_places

_MADE_AT_ONCE = 1_000
"""So many hits of a scan are made at a time."""


def collect(
    counter: Counter,
    matches: Matches,
    request: EngineRequest,
    deadline: Deadline,
) -> EngineResult:
    """Filter, count and order.

    Args:
        counter: Counts articles.
        matches: The articles that match the query of the request.
        request: What is wanted of them.
        deadline: When it must be done.

    Raises:
        SearchTimeoutError: The deadline was over before that was done.
    """
    in_period = _in_period(counter, matches, request.period)
    passes = _passes(counter, in_period.articles, request.filters, deadline)
    kept = _all_of(list(passes.values()))
    facets = {}
    for name in request.facets:
        deadline.check()
        counted = in_period.articles[kept]
        if name in passes:
            # Drill-sideways: all filters hold but the facet's own.
            others = [mask for facet, mask in passes.items() if facet != name]
            counted = in_period.articles[_all_of(others)]
        selected = request.filters.get(name, ())
        facets[name] = counter.facet(name, counted, selected, request.facet_size)
    weighed = _weighed(counter, in_period, kept, request)
    deadline.check()
    timeline = counter.timeline(weighed.articles, request.timeline) if request.timeline else None
    page = _places(counter, weighed, request.sort, request.offset + request.size)
    hits = tuple(_hits(weighed, page[request.offset :]))
    return EngineResult(len(weighed.articles), hits, facets, timeline)


def collect_all(
    counter: Counter,
    matches: Matches,
    request: EngineRequest,
    deadline: Deadline,
) -> Iterator[EngineHit]:
    """Filter and order; give all that remain, from the offset of the request on.

    Raises:
        SearchTimeoutError: The deadline was over before they were in order.
    """
    in_period = _in_period(counter, matches, request.period)
    passes = _passes(counter, in_period.articles, request.filters, deadline)
    weighed = _weighed(counter, in_period, _all_of(list(passes.values())), request)
    deadline.check()
    places = _places(counter, weighed, request.sort, len(weighed.articles))
    return _hits(weighed, places[request.offset :])


class _Weighed(NamedTuple):
    """Articles that match, their scores, and the factor of recency in each score."""

    articles: Ints
    scores: Floats
    factors: Floats


def _in_period(counter: Counter, matches: Matches, period: Period) -> Matches:
    if period == Period():
        return matches
    inside = counter.in_period(matches.articles, period)
    return Matches(matches.articles[inside], matches.scores[inside])


def _passes(
    counter: Counter,
    articles: Ints,
    filters: Mapping[str, tuple[str, ...]],
    deadline: Deadline,
) -> dict[str, Bools]:
    """Tell for each filtered facet which articles pass its filter."""
    passes = {}
    for facet, values in filters.items():
        deadline.check()
        passes[facet] = counter.holds(articles, facet, values)
    return passes


def _weighed(
    counter: Counter, matches: Matches, kept: Bools | slice, request: EngineRequest
) -> _Weighed:
    articles, scores = matches.articles[kept], matches.scores[kept]
    factors = np.ones(len(articles), np.float32)
    if request.recency is not None:
        factors = counter.recency(articles, request.recency)
        scores = scores * factors
    return _Weighed(articles, scores, factors)


def _places(counter: Counter, weighed: _Weighed, sort: Sort, wanted: int) -> Ints:
    """Give the places of the first articles in an order."""
    if sort is Sort.RELEVANCE:
        return first_places(-weighed.scores, wanted)
    return first_places(
        counter.date_keys(weighed.articles, newest_first=sort is Sort.NEWEST), wanted
    )


def _hits(weighed: _Weighed, places: Ints) -> Iterator[EngineHit]:
    for start in range(0, len(places), _MADE_AT_ONCE):
        chunk = places[start : start + _MADE_AT_ONCE]
        columns = (column[chunk].tolist() for column in weighed)
        yield from map(EngineHit, *columns)


def _all_of(masks: Sequence[Bools]) -> Bools | slice:
    """Give what picks the articles for which all masks hold; all of them where there is none."""
    return np.logical_and.reduce(masks) if masks else slice(None)
