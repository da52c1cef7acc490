"""From matches to the answer of a request: what remains after filters, counts, and a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.deadline import Deadline
from indexer.columnar.matching import Bools, Floats, Matches
from indexer.columnar.postings import Ints
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
from indexer.engines.embedded.stories import Stories, Together


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
    articles, scores = matches
    stories = counter.stories
    if request.period != Period():
        in_period = counter.in_period(articles, request.period)
        articles, scores = articles[in_period], scores[in_period]
    passes = {}
    for facet, values in request.filters.items():
        deadline.check()
        passes[facet] = counter.holds(articles, facet, values)
    kept = _all_of(list(passes.values()))
    together = stories.together(articles[kept])
    facets = {}
    for name in request.facets:
        deadline.check()
        counted, counted_together = articles[kept], together
        if name in passes:
            # Drill-sideways: all filters hold but the facet's own.
            others = [mask for facet, mask in passes.items() if facet != name]
            counted = articles[_all_of(others)]
            counted_together = stories.together(counted)
        selected = request.filters.get(name, ())
        facets[name] = counter.facet(name, counted, counted_together, selected, request.facet_size)
    articles, scores = articles[kept], scores[kept]
    deadline.check()
    timeline = None
    if request.timeline:
        timeline = counter.timeline(articles, together, request.timeline)
    factors = np.ones(len(articles), np.float32)
    if request.recency is not None:
        factors = counter.recency(articles, request.recency)
        scores = scores * factors
    page = _page(counter, articles, scores, together, request)
    hits = _hits(stories, together, articles[page], scores[page], factors[page])
    total = len(articles)
    return EngineResult(total, total - together.surplus, hits, facets, timeline)


def _page(
    counter: Counter, articles: Ints, scores: Floats, together: Together, request: EngineRequest
) -> Ints:
    """Give the places of the articles of the page, in its order."""
    keys: NDArray[np.generic] = -scores
    if request.sort is not Sort.RELEVANCE:
        keys = counter.date_keys(articles, newest_first=request.sort is Sort.NEWEST)
    wanted = request.offset + request.size
    if not request.collapse or not together.surplus:
        return first_places(keys, wanted)[request.offset :]
    remaining = np.flatnonzero(together.first_of_each(keys))
    return remaining[first_places(keys[remaining], wanted)[request.offset :]]


def _hits(
    stories: Stories, together: Together, articles: Ints, scores: Floats, factors: Floats
) -> tuple[EngineHit, ...]:
    of_hits = stories.of(articles)
    told = zip(articles.tolist(), scores.tolist(), of_hits.tolist(), factors.tolist(), strict=True)
    hits = tuple(EngineHit(*of_hit) for of_hit in told)
    if not together.surplus:
        return hits
    return tuple(
        _with_others(hit, alike) if len(alike) else hit
        for hit, alike in zip(hits, together.of_stories(of_hits), strict=True)
    )


def _with_others(hit: EngineHit, alike: Ints) -> EngineHit:
    others = alike[: MAX_OTHERS + 1].tolist()
    others = tuple(other for other in others if other != hit.ref)[:MAX_OTHERS]
    return replace(hit, similar=len(alike) - 1, others=others)


def _all_of(masks: Sequence[Bools]) -> Bools | slice:
    """Give what picks the articles for which all masks hold; all of them where there is none."""
    return np.logical_and.reduce(masks) if masks else slice(None)
