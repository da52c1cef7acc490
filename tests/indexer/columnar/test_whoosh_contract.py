"""Whoosh's own searcher and the columnar evaluator give the same answers.

Scores are compared with a relative tolerance of 1e-5. Whoosh adds up numbers of 64 bits, and the
evaluator numbers of 32 bits, whose steps are 1.2e-7 of their size; a tree of these tests adds up
fewer than 50 of them, each the result of a few operations.
"""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query

from indexer.columnar.whoosh_queries import WhooshEvaluator
from indexer.engines.embedded.counting import Counter
from tests.indexer.columnar import whoosh_oracle
from tests.indexer.columnar.small_indexes import SmallIndex, small_indexes, written
from tests.indexer.columnar.whoosh_trees import trees

TOLERANCE = 1e-5


@settings(max_examples=150)
@given(index=small_indexes(), asked=st.lists(trees, min_size=1, max_size=6))
def test_finds_the_articles_that_whoosh_finds_with_the_same_scores(
    index: SmallIndex, asked: list[query.Query]
) -> None:
    with written(index) as collection:
        evaluator = WhooshEvaluator(collection)
        for one in asked:
            articles, scores = evaluator.match(one)
            expected = whoosh_oracle.scores(collection, one)
            assert articles.tolist() == sorted(expected), one
            wanted = [expected[number] for number in articles.tolist()]
            np.testing.assert_allclose(scores, wanted, rtol=TOLERANCE, err_msg=repr(one))


@settings(max_examples=50)
@given(index=small_indexes(), asked=trees)
def test_counts_the_facets_that_whoosh_counts(index: SmallIndex, asked: query.Query) -> None:
    with written(index) as collection:
        articles, _ = WhooshEvaluator(collection).match(asked)
        counter = Counter(collection)
        for name in ("source", "tag"):
            facet = counter.facet(name, counter.counted(articles), (), 10)
            counts = {bucket.value: bucket.count for bucket in facet.buckets}
            assert counts == whoosh_oracle.facet_counts(collection, asked, name)
