"""Lists of codes give what was put into them, however many codes there are and however wide."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.columnar.code_lists import CodeLists

sizes = st.sampled_from([1, 3, 200, 255, 256, 60_000, 65_530, 100_000])


@st.composite
def lists_and_size(draw: st.DrawFn) -> tuple[list[list[int]], int]:
    size = draw(sizes)
    codes = st.lists(st.integers(0, size - 1), unique=True, max_size=12)
    return draw(st.lists(codes, max_size=12)), size


@settings(max_examples=300)
@given(given=lists_and_size(), chance=st.randoms(use_true_random=False))
def test_codes_are_those_of_the_lists(
    given: tuple[list[list[int]], int], chance: random.Random
) -> None:
    lists, size = given
    flat = np.array([code for codes in lists for code in codes], np.uint32)
    ends = np.cumsum([len(codes) for codes in lists], dtype=np.uint32)
    numbers = sorted(chance.sample(range(len(lists)), len(lists) // 2 + len(lists) % 2))
    asked = [lists[number] for number in numbers]
    known = CodeLists(flat, ends, size)
    found = known.of(np.array(numbers, np.int64))
    assert known.single == all(len(codes) < 2 for codes in lists)
    assert sorted(found.all().tolist()) == sorted(code for codes in asked for code in codes)
    counts = Counter(code for codes in asked for code in codes)
    of_codes = found.counts()
    assert len(of_codes) == size + 1
    assert {code: int(of_codes[code]) for code in np.flatnonzero(of_codes[:-1])} == counts
    assert of_codes[-1] == sum(not codes for codes in asked)
    wanted = np.arange(size) % 3 == 0
    having = [any(wanted[code] for code in codes) for codes in asked]
    assert found.having(wanted).tolist() == having
