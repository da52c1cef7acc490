from itertools import pairwise

import pytest
from hypothesis import given, settings

from corpus import Article
from indexer.analysis import (
    ANALYZER_FINGERPRINT,
    PARAGRAPH_GAP,
    analyze_article,
    compounds,
    tokenize,
)
from tests.indexer import strategies as draw


@settings(max_examples=50)
@given(draw.corpora(max_size=1))
def test_positions_ascend(articles: list[Article]) -> None:
    for text in analyze_article(articles[0]).texts.values():
        assert all(a < b for a, b in pairwise(text.positions))
        assert all(a <= b for a, b in pairwise(text.word_positions))


@settings(max_examples=50)
@given(draw.corpora(max_size=1))
def test_lists_of_terms_and_positions_have_one_length(articles: list[Article]) -> None:
    for text in analyze_article(articles[0]).texts.values():
        assert len(text.terms) == len(text.positions)
        assert len(text.words) == len(text.word_positions)


def test_paragraphs_are_a_gap_apart() -> None:
    body = analyze_article(Article(title="a", body=("một hai", "ba"))).texts["body"]
    assert body.terms == ["một", "hai", "ba"]
    assert body.positions == [0, 1, 2 + PARAGRAPH_GAP]


@pytest.mark.parametrize(
    "paragraph", ["Việt Nam vô địch", "Ca Covid-19 ở TP.HCM", "Ngày 12/4/2021"]
)
def test_compound_is_made_of_the_syllables_at_its_position(paragraph: str) -> None:
    body = analyze_article(Article(title="a", body=("mở đầu", paragraph))).texts["body"]
    at = dict(zip(body.positions, body.terms, strict=True))
    assert body.words
    for word, first in zip(body.words, body.word_positions, strict=True):
        syllables = word.split("_")
        assert [at.get(first + step) for step in range(len(syllables))] == syllables


def test_joined_tokens_are_a_compound() -> None:
    text = "ca Covid-19 mới"
    assert (1, "covid_19") in compounds(text, list(tokenize(text)))


def test_empty_fields_have_no_terms() -> None:
    assert set(analyze_article(Article(title="a")).texts) == {"title"}


def test_field_of_signs_alone_is_empty() -> None:
    assert analyze_article(Article(title="!!!")).texts["title"].terms == []


def test_fingerprint_names_the_rules_of_indexes_that_exist() -> None:
    """Who changes what a token is changes the fingerprint, and this test."""
    assert ANALYZER_FINGERPRINT == "syllables-1 pyvi-0.1.1"
