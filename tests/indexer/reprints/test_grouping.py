"""From pairs of reprints to stories."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.reprints.comparing import DIFFERENT, FIRST_HOLDS, SAME, SECOND_HOLDS
from indexer.reprints.grouping import Compared, joined, stories

NO_DATE = np.iinfo(np.int64).max


def earliest(
    pairs: Sequence[tuple[int, int, int, int]], dates: Sequence[int] = (0,) * 8
) -> list[int]:
    rows = np.array(sorted(pairs), np.int64).reshape(-1, 4)
    compared = Compared(rows[:, 0], rows[:, 1], *rows[:, 2:].T.astype(np.uint8))
    return [int(first) for first in stories(compared, np.array(dates))]


def test_an_article_without_reprints_is_its_own_story() -> None:
    assert earliest([(1, 2, DIFFERENT, 0)], (0, 0, 0)) == [0, 1, 2]


def test_reprints_of_reprints_are_one_story() -> None:
    assert earliest([(0, 2, SAME, 255), (2, 5, SAME, 255)]) == [0, 1, 0, 3, 4, 0, 6, 7]


@pytest.mark.parametrize(
    ("dates", "first"),
    [((3, 2, 1), 2), ((1, 1, 1), 0), ((NO_DATE, 5, 7), 1), ((NO_DATE,) * 3, 0)],
    ids=["earliest date", "order of the index", "undated last", "all undated"],
)
def test_the_earliest_member_is_by_date_then_by_order(dates: tuple[int, ...], first: int) -> None:
    assert earliest([(0, 1, SAME, 9), (1, 2, SAME, 9)], dates) == [first] * 3


def test_two_articles_printed_as_one_do_not_weld_two_stories() -> None:
    # 2 is 0 and 1, of which 0 comes first, so that both begin alike.
    pairs = [(0, 2, SAME, 128), (1, 2, SECOND_HOLDS, 127)]
    assert earliest(pairs, (0, 0, 0)) == [0, 1, 0]


def test_a_text_that_holds_others_joins_the_one_of_which_it_has_most() -> None:
    pairs = [(0, 1, FIRST_HOLDS, 60), (0, 2, FIRST_HOLDS, 90)]
    assert earliest(pairs, (0, 0, 0)) == [0, 1, 0]


def test_copies_of_a_text_that_holds_another_join_it_together() -> None:
    held = [(0, 2, FIRST_HOLDS, 90), (1, 2, FIRST_HOLDS, 90)]
    assert earliest([(0, 1, SAME, 255), *held], (0, 0, 0)) == [0, 0, 0]


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12),
)
def test_joined_gives_the_connected_numbers_their_least_one(
    pairs: list[tuple[int, int]],
) -> None:
    expected = list(range(10))
    for _ in range(10):
        for one, other in pairs:
            least = min(expected[one], expected[other])
            expected = [least if n in (expected[one], expected[other]) else n for n in expected]
    firsts, seconds = np.array(pairs, np.int64).reshape(-1, 2).T
    assert joined(10, firsts, seconds).tolist() == expected
