"""Counts over arrays are those of a plain look at the text."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.base import Occurrences
from indexer.schema import TEXT_FIELDS, TEXT_WEIGHTS
from indexer.search.ranking import Forms
from indexer.search.ranking.evidence import (
    OPENING_POSITIONS,
    REACH,
    Evidence,
    Syllables,
    rows_held,
)

BODY = TEXT_FIELDS.index("body")

texts = st.lists(st.text("abcx", max_size=30), min_size=1, max_size=4)
rows = st.lists(st.text("abc", min_size=1, max_size=5), min_size=1, max_size=2)


def occurrences(articles: list[str], words: str, field: int = BODY) -> Occurrences:
    """Each letter is a syllable, and each text an article of one paragraph."""
    found = [
        (place, words.index(letter), field, position)
        for place, text in enumerate(articles)
        for position, letter in enumerate(text)
        if letter in words
    ]
    columns = np.array(found, np.int64).reshape(-1, 4).T
    lengths = np.zeros((len(articles), len(TEXT_FIELDS)), np.int64)
    lengths[:, field] = [len(text) for text in articles]
    places, numbers, fields, positions = columns
    return Occurrences(places, numbers, fields, positions, lengths)


def evidence(articles: list[str], asked: list[str], field: int = BODY) -> Evidence:
    syllables = Syllables([[(letter,) for letter in row] for row in asked])
    words = "".join(form for (form,) in syllables.forms)
    return Evidence(occurrences(articles, words, field), len(words), syllables.rows)


def pairs_of(asked: list[str]) -> list[tuple[str, str]]:
    return list(dict.fromkeys(pair for row in asked for pair in pairwise(row)))


@given(texts, rows)
def test_adjacent_pairs_are_counted_in_their_order(articles: list[str], asked: list[str]) -> None:
    expected = [[list(pairwise(a)).count(pair) for pair in pairs_of(asked)] for a in articles]
    found = evidence(articles, asked).adjacent()
    assert found.tolist() == expected


def fading(position: int) -> float:
    return math.exp(-position / OPENING_POSITIONS)


@given(texts, rows, st.sampled_from((0.0, 2.0)))
def test_neighbours_count_in_their_order_the_nearer_and_the_earlier_the_more(
    articles: list[str], asked: list[str], early: float
) -> None:
    expected = [
        [
            sum(
                (1 + early * fading(place)) / distance
                for place in range(len(text))
                for distance in range(1, REACH + 1)
                if text[place : place + distance + 1 : distance] == first + second
            )
            for first, second in pairs_of(asked)
        ]
        for text in articles
    ]
    found = evidence(articles, asked).neighbours(early)
    assert found.ravel() == pytest.approx(np.array(expected).ravel())


@given(texts, rows)
def test_opening_tells_how_early_a_syllable_first_comes(
    articles: list[str], asked: list[str]
) -> None:
    letters = list(dict.fromkeys("".join(asked)))
    expected = [[fading(a.index(own)) if own in a else 0.0 for own in letters] for a in articles]
    found = evidence(articles, asked).opening()
    assert found.ravel() == pytest.approx(np.array(expected).ravel())


@pytest.mark.parametrize("field", range(len(TEXT_FIELDS)))
def test_neighbours_have_the_weight_of_their_field(field: int) -> None:
    weight = TEXT_WEIGHTS[TEXT_FIELDS[field]]
    one, body = evidence(["xab"], ["ab"], field), evidence(["xab"], ["ab"])
    assert one.neighbours(2.0) == pytest.approx(weight * body.neighbours(2.0))


@given(texts, st.lists(st.text("abc", min_size=1, max_size=3), min_size=1, max_size=3))
def test_row_is_held_where_its_syllables_stand_side_by_side(
    articles: list[str], asked: list[str]
) -> None:
    readings = [[(letter,) for letter in row] for row in asked]
    numbers: dict[Forms, int] = {(letter,): n for n, letter in enumerate("abc")}
    held = list(rows_held(occurrences(articles, "abc"), numbers, readings))
    assert held == [{n for n, text in enumerate(articles) if row in text} for row in asked]
