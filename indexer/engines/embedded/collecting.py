"""From matches to the answer of a request: what remains after filters, counts, and a page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.columnar.deadline import Deadline
from indexer.columnar.matching import Bools, Floats, Matches
from indexer.columnar.postings import Ints
from indexer.engines.base import EngineHit, EngineRequest, EngineResult, Period, Sort
from indexer.engines.embedded.counting import Counter
from indexer.engines.embedded.ordering import first_places


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
    if request.period != Period():
        in_period = counter.in_period(articles, request.period)
        articles, scores = articles[in_period], scores[in_period]
    passes = {}
    for facet, values in request.filters.items():
        deadline.check()
        passes[facet] = counter.holds(articles, facet, values)
    kept = _all_of(list(passes.values()))
    facets = {}
    for name in request.facets:
        deadline.check()
        counted = articles[kept]
        if name in passes:
            # Drill-sideways: all filters hold but the facet's own.
            others = [mask for facet, mask in passes.items() if facet != name]
            counted = articles[_all_of(others)]
        selected = request.filters.get(name, ())
        facets[name] = counter.facet(name, counted, selected, request.facet_size)
    articles, scores = articles[kept], scores[kept]
    deadline.check()
    timeline = counter.timeline(articles, request.timeline) if request.timeline else None
    factors = np.ones(len(articles), np.float32)
    if request.recency is not None:
        factors = counter.recency(articles, request.recency)
        scores = scores * factors
    page = _page(counter, articles, scores, request)
    shown = zip(
        articles[page].tolist(), scores[page].tolist(), factors[page].tolist(), strict=True
    )
    hits = tuple(EngineHit(ref, score, factor) for ref, score, factor in shown)
    return EngineResult(len(articles), hits, facets, timeline)


def _page(counter: Counter, articles: Ints, scores: Floats, request: EngineRequest) -> Ints:
    """Give the places of the articles of the page, in its order."""
    wanted = request.offset + request.size
    if request.sort is Sort.RELEVANCE:
        order = first_places(-scores, wanted)
    else:
        keys = counter.date_keys(articles, newest_first=request.sort is Sort.NEWEST)
        order = first_places(keys, wanted)
    return order[request.offset :]


def _all_of(masks: Sequence[Bools]) -> Bools | slice:
    """Give what picks the articles for which all masks hold; all of them where there is none."""
    return np.logical_and.reduce(masks) if masks else slice(None)
