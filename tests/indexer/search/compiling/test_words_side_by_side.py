"""What is made of words that are typed next to each other, and of those that are not."""

import pytest

from indexer.analysis import Abbreviations
from indexer.search.compiling import Options, Vocabulary, compile_query
from indexer.search.ranking import Plan
from indexer.search.syntax import parse

KNOWN = Options(abbreviations=Abbreviations.load())


def codes(text: str, vocabulary: Vocabulary) -> list[str]:
    return [notice.code for notice in compile_query(parse(text), KNOWN, vocabulary).notices]


def plan(text: str, vocabulary: Vocabulary) -> Plan:
    return compile_query(parse(text), Options(), vocabulary).plan


@pytest.mark.parametrize(
    "text",
    [
        'cảnh sát "hoa nở" giao thông',
        "cảnh sát -hoa giao thông",
        "cảnh sát title:hoa giao thông",
        "cảnh sát ho* giao thông",
        "title:(cảnh sát ho* giao thông)",
        "cảnh sát giao thông*",
        "csgt*",
    ],
)
def test_only_words_side_by_side_are_read_as_an_abbreviation(
    vocabulary: Vocabulary, text: str
) -> None:
    assert "abbreviated" not in codes(text, vocabulary)


def test_words_beside_others_are_read_as_an_abbreviation(vocabulary: Vocabulary) -> None:
    for text in ("-hoa cảnh sát giao thông", "cảnh sát giao thông ho*", "csgt -hoa"):
        assert codes(text, vocabulary) == ["abbreviated"]


@pytest.mark.parametrize(("text", "same"), [("nhà, nước", "nhà nước"), ("việt\nnam", "việt nam")])
def test_punctuation_and_spaces_change_no_compound(
    vocabulary: Vocabulary, text: str, same: str
) -> None:
    assert plan(text, vocabulary) == plan(same, vocabulary)
