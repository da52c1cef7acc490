"""Where the occurrences of a term begin in some of its articles, in whatever order it is asked."""

from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Article
from indexer.columnar.collection import Collection
from indexer.columnar.occurrences import find_occurrences
from tests.indexer.columnar.small_indexes import write_segment

TIMES = [1 + number * number % 5 for number in range(150)]
"""How often each article says the word: enough articles for several remembered sums."""


def many(folder: Path) -> Collection:
    articles = [
        Article(title="bầu", id=f"{number:03}", body=("cử " * times,))
        for number, times in enumerate(TIMES)
    ]
    return Collection([write_segment(folder / "segment", articles)], [None])


def test_first_occurrences_are_those_of_a_running_sum(tmp_path: Path) -> None:
    group = many(tmp_path).segments[0].groups["text"]
    number = group.terms.number("cử".encode())
    assert number is not None
    postings = group.postings(number)
    expected = np.cumsum([0, *TIMES[:-1]]) + postings.first_position
    for step in (1, 7, 32, 149):
        places = np.arange(0, len(TIMES), step)
        found = group.first_occurrences([postings], np.zeros_like(places), places)
        assert found.tolist() == expected[places].tolist()


def test_occurrences_are_the_same_for_one_candidate_and_for_all(tmp_path: Path) -> None:
    collection = many(tmp_path)
    words = [("cử",), ("bầu",)]

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.integers(0, len(TIMES) - 1), min_size=1, unique=True))
    def check(numbers: list[int]) -> None:
        found = find_occurrences(collection, np.array(numbers), words)
        for place, number in enumerate(numbers):
            own = found.articles == place
            assert np.count_nonzero(own & (found.words == 0)) == TIMES[number]
            assert np.count_nonzero(own & (found.words == 1)) == 1

    check()
