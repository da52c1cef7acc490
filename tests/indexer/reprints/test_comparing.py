"""Whether two articles are reprints, from their texts."""

import random
from collections.abc import Collection, Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Article
from indexer.analysis.chunks import ChunkTokens
from indexer.reprints import comparing
from indexer.reprints.comparing import (
    DIFFERENT,
    FEWEST,
    FIRST_HOLDS,
    SAME,
    SECOND_HOLDS,
    Comparisons,
    Text,
    compare,
)
from indexer.reprints.texts import TextReader
from tests.indexer.reprints.articles import article, edited, paragraph, told

READER = TextReader(ChunkTokens())
FIRST = article(1)
OTHER = article(2)


def outcome(first: Article, second: Article) -> int:
    return int(compared(first, second).outcomes[0])


def compared(first: Article, second: Article) -> Comparisons:
    return compare(list(READER.read([first, second])), np.array([0]), np.array([1]))


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
        [edited(text, 0.12, random.Random(3)) for text in FIRST.body],
        (*FIRST.body, *OTHER.body),
        (*FIRST.body[:2], *OTHER.body[:3]),
    ],
    ids=[
        *("retitled", "cut at its end", "cut in the middle", "a paragraph at the end"),
        *("a paragraph within", "one paragraph", "words edited", "many words edited"),
        "another article after it",
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


def test_paragraphs_exchanged_are_no_edited_words() -> None:
    # As much is shared as where an eighth of the words was edited.
    mixed = [
        " ".join([*one.split(" ")[:50], *other.split(" ")[50:]])
        for one, other in zip(FIRST.body, OTHER.body, strict=True)
    ]
    edits = [edited(text, 0.125, random.Random(3)) for text in FIRST.body]
    assert outcome(FIRST, with_body(mixed)) == DIFFERENT
    assert outcome(FIRST, with_body(edits)) == SAME


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
    (share,) = compared(both, FIRST).shares
    assert share / 255 == pytest.approx(0.5, abs=0.02)


def _versions(chance: random.Random) -> Article:
    """Some article of a few, cut, mixed or edited, and with numbers in it."""
    bodies = [article(number, 3).body for number in (chance.randrange(3), chance.randrange(3))]
    body = [*bodies[0][: chance.randrange(1, 4)], *bodies[1][chance.randrange(4) :]]
    if chance.random() < 0.5:
        body = [f"{text} {chance.randrange(3)} " * chance.randrange(1, 3) for text in body]
    if chance.random() < 0.5:
        body = [edited(text, chance.choice((0.02, 0.1, 0.15, 0.3)), chance) for text in body]
    title = chance.choice(("Xổ số 1", "Xổ số 2", "Một"))
    return Article(title=title, lead=chance.choice(("", FIRST.body[0])), body=tuple(body))


def _oracle(first: Text, second: Text) -> tuple[int, int]:
    """Compare two texts with sets and lists, by the rules that the module tells."""
    sets = [set(text.shingles.tolist()) for text in (first, second)]
    digits = [set(text.shingles[text.has_digit].tolist()) for text in (first, second)]
    openings = [text.shingles[text.opening].tolist() for text in (first, second)]
    numbered = [[one for one in openings[side] if one in digits[side]] for side in (0, 1)]
    long, short = (0, 1) if len(sets[0]) >= len(sets[1]) else (1, 0)
    if len(sets[short]) < FEWEST:
        return DIFFERENT, 0
    if first.title == second.title and first.title_numbers != second.title_numbers:
        return DIFFERENT, 0

    def part(some: Collection[int], others: set[int]) -> float:
        return sum(one in others for one in some) / len(some) if some else 0.0

    def fits(numbers: Collection[int], others: set[int], share: float) -> bool:
        return len(numbers) <= 10 or part(numbers, others) >= 0.7 * share

    share = part(sets[short], sets[long])
    opening = min(part(openings[0], sets[1]), part(openings[1], sets[0]))
    if share >= 0.85:
        is_reprint = fits(digits[short], digits[long], share)
    else:
        is_reprint = (
            share >= 0.3
            and opening >= (0.7 if share >= 0.7 else 0.9)
            and fits(numbered[0], digits[1], opening)
            and fits(numbered[1], digits[0], opening)
        )
    of_longer = part(sets[long], sets[short])

    def run(own: Text, others: set[int]) -> float:
        lacks = [one not in others for one in own.shingles.tolist()]
        begun = sum(one and not before for before, one in pairwise([False, *lacks]))
        return sum(lacks) / begun if begun else 0.0

    edited = (
        not is_reprint
        and of_longer >= 0.5
        and opening >= 0.55
        and (len(digits[short]) <= 10 or part(digits[short], digits[long]) >= 0.75 * share)
        and max(run(first, sets[1]), run(second, sets[0])) <= 4.5
    )
    if not is_reprint and not edited:
        return DIFFERENT, 0
    if edited or opening >= 0.7 or of_longer >= 0.9:
        return SAME, round(of_longer * 255)
    return (SECOND_HOLDS if long else FIRST_HOLDS), round(of_longer * 255)


@settings(max_examples=100, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(2, 6))
def test_texts_compared_together_are_as_if_each_pair_was_compared_alone(
    chance: random.Random, count: int
) -> None:
    texts = list(READER.read([_versions(chance) for _ in range(count)]))
    firsts, seconds = np.triu_indices(count, 1)
    found = compare(texts, firsts, seconds)
    expected = [_oracle(texts[a], texts[b]) for a, b in zip(firsts, seconds, strict=True)]
    outcomes = found.outcomes.tolist(), found.shares.tolist()
    assert list(zip(*outcomes, strict=True)) == expected


def test_texts_too_long_to_hold_together_are_compared_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = list(READER.read([FIRST, OTHER, with_body(FIRST.body[:3]), with_body(OTHER.body)]))
    firsts, seconds = np.triu_indices(4, 1)
    together = compare(texts, firsts, seconds)
    monkeypatch.setattr(comparing, "_MOST_CELLS", 0)
    apart = compare(texts, firsts, seconds)
    assert apart.outcomes.tolist() == together.outcomes.tolist()
    assert apart.shares.tolist() == together.shares.tolist()
    assert set(together.outcomes.tolist()) == {DIFFERENT, SAME}
