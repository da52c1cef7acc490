"""Passages show whole matches only."""

import pytest

from corpus import Article
from indexer.engines.query import And, Phrase, Query, Synonyms, Term
from indexer.search.highlighter import Highlighter
from indexer.search.paragraphs import paragraphs_of
from indexer.search.passages import Passage
from indexer.search.snippets import PASSAGE_TOKENS, make_snippet

WANTED = And(
    (
        Phrase((Term("đường"), Term("phố"))),
        *map(Term, ("giá", "vàng", "bạc")),
        Synonyms(("bạc", "đồng")),
    )
)


def passage_of(text: str, query: Query) -> Passage:
    (passage,) = make_snippet(
        paragraphs_of(Article(title="a", body=(text,))), Highlighter(query)
    ).passages
    return passage


def filler(count: int) -> str:
    return " ".join(f"x{number}" for number in range(count))


def shown(passage: Passage) -> list[str]:
    return [passage.text[start:end] for start, end in passage.marks]


@pytest.mark.parametrize("before", range(8))
def test_phrase_across_the_beginning_of_a_passage_is_left_out(before: int) -> None:
    text = f"{filler(60)} đường phố {filler(before)} giá {filler(27)} vàng bạc {filler(60)}"
    passage = passage_of(text, WANTED)
    assert len(passage.text.split()) <= PASSAGE_TOKENS
    assert passage.text.split()[0] != "phố"
    assert "giá" in shown(passage)


@pytest.mark.parametrize("after", range(24, 34))
def test_phrase_across_the_end_of_a_passage_is_left_out(after: int) -> None:
    text = f"{filler(60)}. Giá vàng bạc {filler(after)} đường phố {filler(60)}"
    passage = passage_of(text, WANTED)
    assert len(passage.text.split()) <= PASSAGE_TOKENS
    assert passage.text.split()[-1] != "đường"
    assert shown(passage)[0] == "Giá vàng bạc"


def test_full_stop_inside_a_match_ends_no_sentence() -> None:
    name = Phrase((Term("tp"), Term("hcm")))
    text = f"{filler(60)}. Ngày 19/3, TAND TP. HCM mở phiên toà {filler(60)}"
    passage = passage_of(text, And((name, Term("mở"), Term("toà"))))
    assert passage.text.startswith("Ngày 19/3, TAND TP. HCM mở phiên toà")
    assert shown(passage)[0] == "TP. HCM mở"
