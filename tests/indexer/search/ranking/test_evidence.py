"""Counts over arrays are those of a plain look at the text."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.base import Occurrences
from indexer.schema import TEXT_FIELDS
from indexer.search.ranking import Forms
from indexer.search.ranking.evidence import NEAR, Evidence, Syllables, rows_held

BODY = TEXT_FIELDS.index("body")
LEAD = TEXT_FIELDS.index("lead")

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
    holding = np.array([sum(word in text for text in articles) for word in words])
    places, numbers, fields, positions = columns
    return Occurrences(places, numbers, fields, positions, lengths, holding, len(articles))


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


@given(texts, st.permutations("abc").map("".join).map(lambda row: [row]))
def test_near_pairs_are_counted_in_any_order(articles: list[str], asked: list[str]) -> None:
    expected = [
        [
            sum(
                {a, b} == set(pair)
                for place, a in enumerate(text)
                for b in text[place + 1 : place + 1 + NEAR]
            )
            for pair in pairs_of(asked)
        ]
        for text in articles
    ]
    assert evidence(articles, asked).near().tolist() == expected


@given(texts, rows)
def test_lead_counts_are_those_of_the_lead_alone(articles: list[str], asked: list[str]) -> None:
    letters = list(dict.fromkeys("".join(asked)))
    expected = [[text.count(letter) for letter in letters] for text in articles]
    assert evidence(articles, asked, LEAD).lead_counts().tolist() == expected
    assert not evidence(articles, asked, BODY).lead_counts().any()


@given(texts, rows)
def test_best_passage_has_the_most_worth_of_different_syllables(
    articles: list[str], asked: list[str]
) -> None:
    letters = list(dict.fromkeys("".join(asked)))
    worth = np.arange(1.0, len(letters) + 1)
    size = 6
    expected = [
        max(
            sum(worth[n] for n, letter in enumerate(letters) if letter in text[max(0, s) : s + 6])
            for s in range(-3, len(text) + 1, 3)
        )
        for text in articles
    ]
    assert evidence(articles, asked).best_passage(worth, size).tolist() == expected


@given(texts, st.lists(st.text("abc", min_size=1, max_size=3), min_size=1, max_size=3))
def test_row_is_held_where_its_syllables_stand_side_by_side(
    articles: list[str], asked: list[str]
) -> None:
    readings = [[(letter,) for letter in row] for row in asked]
    numbers: dict[Forms, int] = {(letter,): n for n, letter in enumerate("abc")}
    held = list(rows_held(occurrences(articles, "abc"), numbers, readings))
    assert held == [{n for n, text in enumerate(articles) if row in text} for row in asked]
