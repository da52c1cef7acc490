"""What only adds to a score, and what the reader is told of the typed words."""

import pytest

from indexer.engines.query import Compound, Compounds
from indexer.search.syntax import MAX_NOTICES
from tests.indexer.search.compiling.test_compiler import Compile, codes, compiled, noticed

__all__ = ["compiled"]


def test_words_of_several_syllables_add_to_the_score(compiled: Compile) -> None:
    assert Compound("đường_phố") in compiled("đường phố").plan.optional
    assert compiled("duong pho").plan.optional == (Compounds(("đường_phố",)),)


@pytest.mark.parametrize("text", ["hoa -(đường phố)", "hoa nguồn:đường-phố", "hoa từ:2020"])
def test_words_of_excluded_parts_and_values_add_nothing(compiled: Compile, text: str) -> None:
    assert compiled(text).plan.optional == ()


def test_word_typed_twice_is_one_word_to_the_reader(compiled: Compile) -> None:
    found = compiled("Hoà phố hòa PHỐ")
    assert [word.typed for word in found.words] == ["Hoà", "phố"]
    assert len(found.plan.distinct_words()) == 2


def test_abbreviations_are_read_only_where_they_are_known(compiled: Compile) -> None:
    text = "giá ở TP.HCM"
    assert codes(compiled(text)) == []
    assert noticed(text, compiled(text, known=True)) == [("abbreviated", "TP.HCM")]


def test_of_very_many_abbreviations_the_first_are_told(compiled: Compile) -> None:
    text = "UBND hoa " * 100
    assert noticed(text, compiled(text, known=True)) == [("abbreviated", "UBND")] * MAX_NOTICES


@pytest.mark.parametrize("text", ["+UBND", "title:UBND", "hoa OR UBND", "(hoa AND UBND) OR xa"])
def test_abbreviations_are_read_in_parts_that_bind(compiled: Compile, text: str) -> None:
    assert noticed(text, compiled(text, known=True)) == [("abbreviated", "UBND")]


@pytest.mark.parametrize("text", ['"UBND"', "hoa -UBND", "NOT title:UBND", "UBND NEAR/3 hoa"])
def test_phrases_excluded_parts_and_near_words_mean_only_what_they_say(
    compiled: Compile, text: str
) -> None:
    assert "abbreviated" not in codes(compiled(text, known=True))


def test_words_of_a_field_are_told_as_such(compiled: Compile) -> None:
    words = compiled("hoa title:(đường OR phố)").words
    assert [(word.typed, word.field) for word in words] == [
        ("hoa", None),
        ("đường", "title"),
        ("phố", "title"),
    ]
