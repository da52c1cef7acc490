"""Abbreviations and what they stand for, in the words of a query."""

from pathlib import Path

import pytest

from indexer.analysis import Abbreviations, tokenize
from indexer.engines.query import Either, Phrase, Query, Term, Weighted
from indexer.search.compiling.abbreviated import WEIGHT, Placed, in_other_words
from indexer.search.ranking import Word

KNOWN = Abbreviations.load()


def word(text: str) -> Word:
    row = tuple((token.text,) for token in tokenize(text))
    terms = tuple(Term(forms[0]) for forms in row)
    return Word(text, Phrase(terms) if len(terms) > 1 else terms[0], (row,))


def placed(text: str) -> list[Placed]:
    """The words of a text that are kept apart by single spaces."""
    found, start = [], 0
    for typed in text.split(" "):
        found.append(Placed(word(typed), start, start + len(typed)))
        start += len(typed) + 1
    return found


def others(node: Query) -> dict[str, float]:
    """What else a word is looked for as, and the weight of it."""
    assert isinstance(node, Either)
    found = {}
    for part in node.parts[1:]:
        assert isinstance(part, Weighted)
        inner = part.part
        members = inner.members if isinstance(inner, Phrase) else (inner,)
        texts = [member.text for member in members if isinstance(member, Term)]
        found[" ".join(texts)] = part.weight
    return found


def test_abbreviation_is_also_looked_for_spelled_out() -> None:
    (said,) = in_other_words(placed("UBND"), KNOWN, bare=False).words
    assert others(said.node) == {"ủy ban nhân dân": WEIGHT / 2}
    assert said.text == "UBND"
    assert said.readings == ((("ubnd",),), (("ủy",), ("ban",), ("nhân",), ("dân",)))


def test_each_word_that_can_be_abbreviated_is_also_looked_for_as_the_abbreviation() -> None:
    words = in_other_words(placed("họp Ủy ban nhân dân xã"), KNOWN, bare=False).words
    assert [word.node for word in (words[0], words[-1])] == [Term("họp"), Term("xã")]
    for said in words[1:-1]:
        assert others(said.node) == {"ubnd": WEIGHT / 4}


def test_joined_name_is_one_word_with_other_forms() -> None:
    (said,) = in_other_words(placed("TP.HCM"), KNOWN, bare=False).words
    assert set(others(said.node)) == {"tphcm", "tp hồ chí minh", "thành phố hồ chí minh"}
    assert max(others(said.node).values()) <= WEIGHT


@pytest.mark.parametrize("text", ["Tp. HCM", "tp HCM"])
def test_name_typed_in_parts_is_read_as_a_whole(text: str) -> None:
    said = in_other_words(placed(text), KNOWN, bare=False).words
    assert all("tphcm" in others(word.node) for word in said)


@pytest.mark.parametrize("text", ["UBND-1", "x.UBND", "A&UBND"])
def test_part_of_a_name_is_not_read_for_itself(text: str) -> None:
    found = in_other_words(placed(text), KNOWN, bare=False)
    assert [word.node for word in found.words] == [word(text).node]
    assert (found.notices, set(found.alternatives.values())) == ([], {((),)})


@pytest.mark.parametrize(("text", "bare"), [("hdnd", True), ("hoi dong nhan dan", True)])
def test_abbreviations_are_known_without_marks_in_a_bare_query(text: str, bare: bool) -> None:
    assert in_other_words(placed(text), KNOWN, bare=bare).notices
    assert not in_other_words(placed(text), KNOWN, bare=False).notices


def test_what_is_read_otherwise_is_told_where_it_stands() -> None:
    text = "bầu Hội đồng nhân dân và UBND"
    found = in_other_words(placed(text), KNOWN, bare=False).notices
    assert [text[one.start : one.end] for one in found] == ["Hội đồng nhân dân", "UBND"]
    assert ["“hđnd”" in found[0].message_vi, "“ủy ban nhân dân”" in found[1].message_en] == [
        True,
        True,
    ]


def test_word_that_also_stands_for_itself_has_no_other_way_there() -> None:
    found = in_other_words(placed("ủy ban nhân dân vì dân"), KNOWN, bare=False)
    assert found.alternatives[(("ban",),)] == ((("ubnd",),),)
    assert found.alternatives[(("dân",),)] == ((("ubnd",),), ())


def test_user_may_add_abbreviations(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("BTV\tban thường vụ\n", "utf-8")
    (said,) = in_other_words(placed("BTV"), Abbreviations.load(own), bare=False).words
    assert "ban thường vụ" in others(said.node)
