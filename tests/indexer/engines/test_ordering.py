"""The first of many keys are the same whether few or many are looked at."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from indexer.engines.embedded.ordering import first_places, most_frequent


@given(
    st.integers(0, 6_000),
    st.integers(0, 40),
    st.integers(1, 2_000),
    st.integers(0, 2**32 - 1),
)
def test_first_places_are_those_of_a_stable_sort(
    size: int, count: int, values: int, seed: int
) -> None:
    keys = np.random.default_rng(seed).integers(0, values, size)
    expected = np.argsort(keys, kind="stable")[:count]
    assert first_places(keys, count).tolist() == expected.tolist()


@pytest.mark.parametrize("dtype", [np.float32, np.int64])
def test_equal_keys_keep_their_order(dtype: type[np.generic]) -> None:
    keys: NDArray[np.generic] = np.zeros(10_000, dtype)
    assert first_places(keys, 10).tolist() == list(range(10))


@given(st.lists(st.integers(0, 5)), st.integers(0, 40))
def test_most_frequent_are_those_of_a_sort_by_count_then_number(
    counts: list[int], size: int
) -> None:
    among = [number for number, count in enumerate(counts) if count]
    expected = sorted(among, key=lambda number: (-counts[number], number))[:size]
    given_counts, given_numbers = np.array(counts, np.int64), np.array(among, np.int64)
    assert most_frequent(given_counts, given_numbers, size).tolist() == expected
