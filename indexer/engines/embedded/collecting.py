"""From matches to the answer of a request: what remains after filters, counts, and a page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.columnar.collection import Collection
from indexer.columnar.deadline import Deadline
from indexer.columnar.matching import Bools, Floats, Matches
from indexer.columnar.postings import Ints
from indexer.engines.base import EngineHit, EngineRequest, EngineResult, Period, Sort
from indexer.engines.embedded.counting import Counter
from indexer.engines.embedded.ordering import first_places


def collect(
    collection: Collection,
    counter: Counter,
    matches: Matches,
    request: EngineRequest,
    deadline: Deadline,
) -> EngineResult:
    """Filter, count, order and fetch.

    Args:
        collection: The articles.
        counter: Counts them.
        matches: Those that match the query of the request.
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
    hits = []
    for place in _page(counter, articles, scores, request).tolist():
        deadline.check()
        article = collection.article(int(articles[place]))
        hits.append(EngineHit(article, float(scores[place])))
    return EngineResult(len(articles), tuple(hits), facets, timeline)


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
