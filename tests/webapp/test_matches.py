"""What is said of how a result matches."""

from __future__ import annotations

import pytest

from corpus import Article
from indexer import Hit, Passage, Reason, ReasonKind, Snippet
from webapp.matches import Match, told_matches


def hit(*reasons: Reason) -> Hit:
    return Hit(Article(title="Một"), 1.0, Passage("Một"), Snippet(()), (), reasons)


def abbreviated(typed: str, found: str) -> Reason:
    return Reason(typed, ReasonKind.ABBREVIATION, (found,))


def marked(typed: str, *found: str) -> Reason:
    return Reason(typed, ReasonKind.MARKS, found)


def test_words_as_typed_need_no_words() -> None:
    exact = Reason("phố", ReasonKind.EXACT)
    lacking = Reason("làng", ReasonKind.MISSING)
    assert told_matches([hit(exact, lacking)]) == [()]


def test_words_that_one_abbreviation_stands_for_are_told_together() -> None:
    words = [abbreviated(word, "ubnd") for word in ("ủy", "ban", "nhân", "dân")]
    assert told_matches([hit(*words)]) == [(Match("ủy ban nhân dân", "ubnd"),)]


def test_words_left_out_between_them_show() -> None:
    reasons = (abbreviated("ủy", "ubnd"), Reason("ban", ReasonKind.EXACT))
    told = told_matches([hit(*reasons, abbreviated("nhân", "ubnd"))])
    assert told == [(Match("ủy … nhân", "ubnd"),)]


@pytest.mark.parametrize(
    ("typed", "found", "told"),
    [("kỹ", "kĩ", True), ("hòa", "hoà", False), ("THUỶ", "thủy", False)],
)
def test_other_letters_are_told_and_another_place_of_the_tone_mark_is_not(
    typed: str, found: str, told: bool
) -> None:
    reason = Reason(typed, ReasonKind.SPELLING, (found,))
    assert told_matches([hit(reason)]) == [(Match(typed, found),) if told else ()]


def test_a_reading_is_told_where_most_results_have_another_one() -> None:
    hits = [
        hit(marked("duong", "đường")),
        hit(marked("duong", "dương", "đường")),
        hit(marked("duong", "dương", "dưỡng")),
    ]
    assert told_matches(hits) == [(), (), (Match("duong", "dương, dưỡng"),)]


def test_a_word_that_most_results_have_as_typed_is_a_reading_too() -> None:
    bare = hit(Reason("To", ReasonKind.EXACT))
    assert told_matches([bare, bare, hit(marked("To", "tô"))]) == [(), (), (Match("To", "tô"),)]


def test_no_results_have_nothing_to_tell() -> None:
    assert told_matches([]) == []
