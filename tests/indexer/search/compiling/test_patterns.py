import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import normal_form
from indexer.search.compiling.patterns import patterns
from tests.indexer.analysis.syllables import spellings


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("text", ["hoà*", "hòa*", "HÒA*"])
def test_tone_mark_is_tried_on_each_vowel(text: str, form: str) -> None:
    typed = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    assert set(patterns(typed)) == {"hòa*", "hoà*"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cang*", {"cang*"}),
        ("covid*", {"covid*"}),
        ("kĩ*", {"kĩ*", "kỹ*"}),
        ("Ð?NG", {"đ?ng"}),
        ("*ường", {"*ường", "*ừơng"}),
        ("à*à", {"à*à"}),
        ("*", {"*"}),
    ],
)
def test_patterns_are_in_the_spellings_of_terms(text: str, expected: set[str]) -> None:
    assert set(patterns(text)) == expected


@given(spellings())
def test_every_spelling_of_a_whole_syllable_finds_its_normal_form(pair: tuple[str, str]) -> None:
    normal, typed = pair
    assert f"{normal_form(normal)}*" in patterns(f"{typed}*")


@given(st.text(alphabet="àbc*?đÐo\u0301", max_size=300))
def test_there_are_never_many_patterns(text: str) -> None:
    assert len(patterns(text)) <= 9
