"""Where the occurrences of a term begin in some of its articles, in whatever order it is asked."""

from pathlib import Path

import numpy as np
import pytest
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


def test_positions_of_few_postings_are_found_by_what_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = many(tmp_path).segments[0].groups["text"]
    number = group.terms.number("cử".encode())
    assert number is not None
    postings = group.postings(number)
    for places in ([0], [3, 149], [31, 32, 33, 64]):
        some = np.array(places)
        monkeypatch.setattr("indexer.columnar.postings._WORTH_MARKS", 1 << 20)
        expected = [part.tolist() for part in group.positions(postings, some)]
        monkeypatch.setattr("indexer.columnar.postings._WORTH_MARKS", 0)
        assert [part.tolist() for part in group.positions(postings, some)] == expected


def test_segments_without_a_candidate_are_not_looked_into(tmp_path: Path) -> None:
    segments = [
        write_segment(tmp_path / name, [Article(title="bầu", id=name)]) for name in ("a", "b")
    ]
    collection = Collection(segments, [None, None])
    found = find_occurrences(collection, np.array([0]), [("bầu",)])
    assert len(found.positions) == 1
    assert not segments[1].groups["text"]._marks


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
