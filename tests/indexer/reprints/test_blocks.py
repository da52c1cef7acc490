"""Pairs of articles in blocks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.reprints.blocks import MOST_ARTICLES, blocks

_pairs = st.sets(
    st.tuples(st.integers(0, 99), st.integers(0, 99)).filter(lambda pair: pair[0] < pair[1])
)


@given(_pairs)
def test_each_pair_is_in_one_block_and_no_block_has_many_articles(
    pairs: set[tuple[int, int]],
) -> None:
    firsts, seconds = np.array(sorted(pairs), np.int64).reshape(-1, 2).T
    found = list(blocks(100, firsts, seconds))
    assert sorted(np.concatenate([*found, np.empty(0, np.int64)])) == list(range(len(pairs)))
    for block in found:
        assert 0 < len({*firsts[block], *seconds[block]}) <= MOST_ARTICLES


@pytest.mark.parametrize("size", [2, 10, 16])
def test_articles_that_all_pairs_join_are_in_one_block(size: int) -> None:
    firsts, seconds = np.triu_indices(size, 1)
    assert len(list(blocks(size, firsts, seconds))) == 1
