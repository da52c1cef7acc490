"""Text is cut where pyvi cuts it."""

from __future__ import annotations

import re
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyvi import ViTokenizer

from indexer.analysis.segmenter.syllabify import chunk_starts, token_spans
from tests.indexer.analysis.segmenter.texts import ODD_WORDS

CHUNKS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Zs", "Zl", "Zp", "Cc"]), min_size=1),
    st.text(st.sampled_from("aZzĐđ09_.,-+>=@:/!\0ệ²"), min_size=1, max_size=30),
    st.lists(st.sampled_from(ODD_WORDS), min_size=1, max_size=5).map("".join),
)


@settings(max_examples=2000, deadline=None)
@given(CHUNKS)
def test_tokens_of_a_chunk_are_those_of_pyvi(chunk: str) -> None:
    normalised, tokens = ViTokenizer.ViTokenizer.sylabelize(chunk)
    assert [normalised[start:end] for start, end in token_spans(normalised)] == tokens


def test_white_space_is_the_same_to_all() -> None:
    # To pyvi's expression, to str.split, and to the table of code points.
    codes = list(range(0x110000))
    every = "".join("x" + chr(code) for code in codes if not 0xD800 <= code < 0xE000)
    array = np.frombuffer(every.encode("utf-32-le"), "<u4")
    chunks = every.split()
    starts = chunk_starts(array)
    assert re.findall(r"\S+", every) == chunks
    assert len(starts) == len(chunks)
    assert [every[start] for start in starts] == [chunk[0] for chunk in chunks]


@given(st.lists(st.text(st.one_of(st.characters(), st.sampled_from("ΣİσAa'.\u0301\0")))))
def test_lower_casing_does_not_see_past_a_space(tokens: list[str]) -> None:
    assert " ".join(tokens).lower() == " ".join(token.lower() for token in tokens)


@pytest.mark.parametrize(
    "chunk",
    ["a." * 50_000, "a." * 50_000 + "@", "A" * 100_000, "1" * 100_000, "_" * 100_000],
    ids=["dots", "at", "capitals", "digits", "underscores"],
)
def test_long_chunks_take_linear_time(chunk: str) -> None:
    started = time.perf_counter()
    token_spans(chunk)
    assert time.perf_counter() - started < 5.0  # a quadratic search takes minutes
