"""Whether two articles are reprints, from their texts."""

import random
from collections.abc import Sequence

import pytest

from corpus import Article
from indexer.reprints.comparing import (
    DIFFERENT,
    FIRST_HOLDS,
    SAME,
    SECOND_HOLDS,
    compare,
)
from indexer.reprints.texts import TextReader
from tests.indexer.reprints.articles import article, edited, paragraph, told

READER = TextReader()
FIRST = article(1)
OTHER = article(2)


def outcome(first: Article, second: Article) -> int:
    return compare(*READER.read([first, second])).outcome


def with_body(body: Sequence[str]) -> Article:
    return told("another", body)


@pytest.mark.parametrize(
    "body",
    [
        FIRST.body,
        FIRST.body[:3],
        (*FIRST.body[:2], *FIRST.body[3:]),
        (*FIRST.body, OTHER.body[0]),
        (FIRST.body[0], OTHER.body[0], *FIRST.body[1:]),
        (" ".join(FIRST.body),),
        [edited(text, 0.05, random.Random(3)) for text in FIRST.body],
        (*FIRST.body, *OTHER.body),
        (*FIRST.body[:2], *OTHER.body[:3]),
    ],
    ids=[
        *("retitled", "cut at its end", "cut in the middle", "a paragraph at the end"),
        *("a paragraph within", "one paragraph", "words edited", "another article after it"),
        "two fifths of it, and the rest new",
    ],
)
def test_what_papers_do_to_an_article_leaves_it_the_same(body: Sequence[str]) -> None:
    assert outcome(FIRST, with_body(body)) == SAME
    assert outcome(with_body(body), FIRST) == SAME


def test_an_article_after_another_one_is_held_by_both_together() -> None:
    both = with_body((*OTHER.body, *FIRST.body))
    assert outcome(both, FIRST) == FIRST_HOLDS
    assert outcome(FIRST, both) == SECOND_HOLDS


def test_articles_that_share_nothing_are_different() -> None:
    assert outcome(FIRST, OTHER) == DIFFERENT


@pytest.mark.parametrize("paragraphs", [1, 2, 3])
def test_a_follow_up_that_repeats_the_background_is_different(paragraphs: int) -> None:
    follow_up = with_body((*OTHER.body[:2], *FIRST.body[-paragraphs:]))
    assert outcome(FIRST, follow_up) == DIFFERENT


def test_a_table_with_other_numbers_is_different() -> None:
    chance = random.Random(4)
    rows = [" ".join(paragraph(chance, 5).split(" ")[:5]) for _ in range(40)]

    def filled() -> Article:
        return with_body([f"{row} {chance.randrange(10**6)}." for row in rows])

    one = filled()
    assert outcome(one, filled()) == DIFFERENT
    assert outcome(one, one) == SAME


def test_titles_that_differ_in_numbers_only_name_two_articles() -> None:
    def titled(title: str) -> Article:
        return Article(title=title, body=FIRST.body)

    assert outcome(titled("Đáp án mã đề 216"), titled("Đáp án mã đề 218")) == DIFFERENT
    assert outcome(titled("Đáp án mã đề 216"), titled("Đáp án: mã đề 216")) == SAME
    assert outcome(titled("Đáp án mã đề 216"), titled("Đáp án môn Lý mã đề 218")) == SAME


def test_short_texts_are_never_reprints() -> None:
    short = with_body((" ".join(FIRST.body[0].split(" ")[:45]),))
    assert outcome(short, short) == DIFFERENT
    assert outcome(FIRST, short) == DIFFERENT


def test_captions_and_titles_are_not_compared() -> None:
    same = Article(title="Ảnh", captions=FIRST.body)
    assert outcome(same, same) == DIFFERENT
    assert outcome(FIRST, same) == DIFFERENT


def test_an_article_without_a_body_is_compared_by_its_lead() -> None:
    lead = Article(title="Một", lead=" ".join(FIRST.body))
    assert outcome(lead, FIRST) == SAME


def test_the_share_is_that_of_the_longer_text() -> None:
    both = with_body((*OTHER.body, *FIRST.body))
    share = compare(*READER.read([both, FIRST])).share
    assert share / 255 == pytest.approx(0.5, abs=0.02)
