"""From matches to the answer of a request: what remains after filters, counts, and a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.matching import Bools, Floats, Matches
from indexer.columnar.postings import Ints
from indexer.deadline import Deadline
from indexer.engines.base import (
    MAX_OTHERS,
    EngineHit,
    EngineRequest,
    EngineResult,
    Period,
    Sort,
)
from indexer.engines.embedded.counting import Counter
from indexer.engines.embedded.ordering import first_places
from indexer.engines.embedded.rows import rows_of
from indexer.engines.embedded.stories import Stories, Together

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
    counted = counter.counted(in_period.articles[kept])
    together = counted.together
    facets = {}
    for name in request.facets:
        deadline.check()
        of_facet = counted
        if name in passes:
            # Drill-sideways: all filters hold but the facet's own.
            others = [mask for facet, mask in passes.items() if facet != name]
            of_facet = counter.counted(in_period.articles[_all_of(others)])
        selected = request.filters.get(name, ())
        facets[name] = counter.facet(name, of_facet, selected, request.facet_size)
    weighed = _weighed(counter, in_period, kept, request)
    deadline.check()
    timeline = None
    if request.timeline:
        timeline = counter.timeline(counted, request.timeline)
    places = _places(counter, weighed, together, request, request.offset + request.size)
    hits = tuple(_hits(counter.stories, weighed, places[request.offset :]))
    if together.surplus:
        hits = _with_others(hits, together)
    total = len(weighed.articles)
    return EngineResult(total, total - together.surplus, hits, facets, timeline)


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
    together = counter.stories.together(weighed.articles)
    places = _places(counter, weighed, together, request, len(weighed.articles))
    return _hits(counter.stories, weighed, places[request.offset :])


class _Weighed(NamedTuple):
    """Articles that match, their scores, and the factor of recency in each, if there is any."""

    articles: Ints
    scores: Floats
    factors: Floats | None


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
    if request.recency is None:
        return _Weighed(articles, scores, None)
    factors = counter.recency(articles, request.recency)
    return _Weighed(articles, scores * factors, factors)


def _places(
    counter: Counter, weighed: _Weighed, together: Together, request: EngineRequest, wanted: int
) -> Ints:
    """Give the places of the first articles, or of the first one of each story, in an order."""
    keys: NDArray[np.generic] = -weighed.scores
    if request.sort is not Sort.RELEVANCE:
        newest_first = request.sort is Sort.NEWEST
        keys = counter.date_keys(weighed.articles, newest_first=newest_first)
    if not request.collapse or not together.surplus:
        return first_places(keys, wanted)
    remaining = np.flatnonzero(together.first_of_each(keys))
    return remaining[first_places(keys[remaining], wanted)]


def _hits(stories: Stories, weighed: _Weighed, places: Ints) -> Iterator[EngineHit]:
    for start in range(0, len(places), _MADE_AT_ONCE):
        chunk = places[start : start + _MADE_AT_ONCE]
        articles = weighed.articles.take(chunk)
        factors = weighed.factors
        yield from rows_of(
            EngineHit,
            articles.tolist(),
            weighed.scores.take(chunk).tolist(),
            stories.of(articles).tolist(),
            repeat(1.0) if factors is None else factors.take(chunk).tolist(),
            repeat(0),
            repeat(()),
        )


def _with_others(hits: Sequence[EngineHit], together: Together) -> tuple[EngineHit, ...]:
    """Name with each hit the other matches of its story."""
    return tuple(
        _with_alike(hit, alike) if len(alike := together.of_story(int(hit.ref))) else hit
        for hit in hits
    )


def _with_alike(hit: EngineHit, alike: Ints) -> EngineHit:
    others = alike[: MAX_OTHERS + 1].tolist()
    others = tuple(other for other in others if other != hit.ref)[:MAX_OTHERS]
    return hit._replace(similar=len(alike) - 1, others=others)


def _all_of(masks: Sequence[Bools]) -> Bools | slice:
    """Give what picks the articles for which all masks hold; all of them where there is none."""
    return np.logical_and.reduce(masks) if masks else slice(None)
