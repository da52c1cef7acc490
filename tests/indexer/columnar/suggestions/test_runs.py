from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar.suggestions import runs
from indexer.columnar.suggestions.runs import PairRuns

pairs = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=60)


def counted(batches: list[list[tuple[int, int]]]) -> dict[tuple[int, int], int]:
    counter = PairRuns()
    for batch in batches:
        array = np.array(batch, np.int64).reshape(-1, 2)
        counter.add(array[:, 0], array[:, 1])
    found = zip(*(column.tolist() for column in counter.counts()), strict=True)
    return {(first, second): count for first, second, count in found}


@given(st.lists(pairs, max_size=4))
def test_pairs_that_come_twice_are_counted(batches: list[list[tuple[int, int]]]) -> None:
    every = Counter(pair for batch in batches for pair in batch)
    assert counted(batches) == {pair: count for pair, count in every.items() if count > 1}


def test_a_pair_is_counted_in_the_runs_that_have_it_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "_RUN_PAIRS", 4)
    monkeypatch.setattr(runs, "_MOST_DISTINCT", 1)
    one, two = [(1, 2)] * 3 + [(3, 4)], [(3, 4)] * 4
    assert counted([one, two, one]) == {(1, 2): 6, (3, 4): 4}


def test_of_too_many_pairs_the_rarest_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "_RUN_PAIRS", 9)
    monkeypatch.setattr(runs, "_MOST_DISTINCT", 2)
    monkeypatch.setattr(runs, "_MOST_KEPT", 2)
    assert counted([[(1, 1)] * 4 + [(1, 2)] * 3 + [(1, 3)] * 2]) == {(1, 1): 4, (1, 2): 3}
