"""Counts are the same whether the articles that match are counted or those that do not."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.base import Interval
from indexer.engines.embedded.counting import Counted, Counter
from indexer.engines.query import MatchAll
from tests.indexer.columnar.small_indexes import SmallIndex, small_indexes, written


@settings(max_examples=100)
@given(index=small_indexes(), left_out=st.sets(st.integers(0, 20)), size=st.integers(0, 3))
def test_most_articles_are_counted_by_the_others(
    index: SmallIndex, left_out: set[int], size: int
) -> None:
    with written(index) as collection:
        living = collection.match(MatchAll()).articles
        articles = np.array([n for n in living.tolist() if n not in left_out], np.int64)
        counter = Counter(collection)
        counted = counter.counted(articles)
        assert (counted.others is not None) == (len(articles) * 2 > len(living))
        one_by_one = Counted(articles, counted.together, lambda _: None)
        for name in ("source", "tag"):
            facet = counter.facet(name, counted, ("không có",), size)
            assert facet == counter.facet(name, one_by_one, ("không có",), size)
        for interval in Interval:
            timeline = counter.timeline(counted, interval)
            assert timeline == counter.timeline(one_by_one, interval)
