"""Normalising keeps track of where characters come from."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.segmenter.normalise import normalise
from tests.indexer.analysis.segmenter.texts import MARKS, texts

ANYTHING = st.one_of(
    texts(),
    st.text(),
    st.text(st.one_of(st.sampled_from("aeouđưx \u1100가각\u0cc6"), st.sampled_from(MARKS))),
)


@settings(max_examples=500, deadline=None)
@given(ANYTHING)
def test_gives_what_the_standard_library_gives(text: str) -> None:
    assert normalise(text)[0] == unicodedata.normalize("NFC", text)


@settings(max_examples=500, deadline=None)
@given(ANYTHING)
def test_every_character_comes_from_where_its_origin_says(text: str) -> None:
    normalised, origin = normalise(text)
    assert len(origin.starts) == len(origin.ends) == len(normalised)
    for char, start, end in zip(normalised, origin.starts, origin.ends, strict=True):
        assert char in unicodedata.normalize("NFC", text[start:end])


@settings(max_examples=500, deadline=None)
@given(ANYTHING)
def test_nothing_of_the_original_is_left_out(text: str) -> None:
    _, origin = normalise(text)
    covered = 0
    for start, end in zip(origin.starts.tolist(), origin.ends.tolist(), strict=True):
        assert start <= covered
        covered = max(covered, end)
    assert covered == len(text)


def test_all_characters_with_a_decomposition_are_sorted_into_sequences() -> None:
    # Every character that normalisation may change, after each kind of character that it may
    # be merged into.
    changing = [
        chr(code)
        for code in range(0x110000)
        if unicodedata.decomposition(chr(code)) or unicodedata.combining(chr(code))
    ]
    for before in ("a", "ê", "\u1100", "가", "\u0323", "\u0f71", "\u09c7"):
        for char in changing:
            text = before + char + "\u0301"
            assert normalise(text)[0] == unicodedata.normalize("NFC", text), ascii(text)


def test_a_long_run_of_marks_is_one_sequence() -> None:
    text = "e" + "\u0323\u0302" * 1000
    normalised, origin = normalise(text)
    assert normalised == unicodedata.normalize("NFC", text)
    assert set(origin.starts.tolist()) == {0}
    assert set(origin.ends.tolist()) == {len(text)}
