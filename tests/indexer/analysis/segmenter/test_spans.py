"""Spans point into the text as it was written."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyvi import ViTokenizer

from tests.indexer.analysis.segmenter.texts import texts

if TYPE_CHECKING:
    from indexer.analysis import Segmenter, SpanBatch


def rejoin(tokens: list[str], joined: list[bool]) -> str:
    return "".join(
        token if number == 0 else ("_" if join else " ") + token
        for number, (token, join) in enumerate(zip(tokens, joined, strict=True))
    )


@settings(max_examples=500, deadline=None)
@given(texts())
def test_spans_of_normalised_text_are_the_tokens_of_pyvi(segmenter: Segmenter, text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    spans = segmenter.spans(text)
    _, tokens = ViTokenizer.ViTokenizer.sylabelize(text)
    assert [text[start:end] for start, end in spans] == tokens
    if tokens:
        assert rejoin(tokens, spans.joined.tolist()) == segmenter.join(text)


@settings(max_examples=500, deadline=None)
@given(texts())
def test_spans_of_any_text_cover_the_tokens_of_pyvi(segmenter: Segmenter, text: str) -> None:
    spans = segmenter.spans(text)
    _, tokens = ViTokenizer.ViTokenizer.sylabelize(text)
    assert len(spans) == len(tokens)
    for (start, end), token in zip(spans, tokens, strict=True):
        assert token in unicodedata.normalize("NFC", text[start:end])


@settings(max_examples=500, deadline=None)
@given(texts())
def test_spans_are_in_order_and_within_the_text(segmenter: Segmenter, text: str) -> None:
    spans = segmenter.spans(text)
    assert (spans.starts < spans.ends).all()
    assert (np.diff(spans.starts) >= 0).all()
    assert (np.diff(spans.ends) >= 0).all()
    assert not len(spans) or (spans.starts[0] >= 0 and spans.ends[-1] <= len(text))


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_spans_of_decomposed_vietnamese_are_exact(segmenter: Segmenter, form: str) -> None:
    text = unicodedata.normalize(form, "Trường đại học ở Việt Nam, năm 2024: “Nghệ thuật”.")  # type: ignore[arg-type]
    spans = segmenter.spans(text)
    words = [text[start:end] for start, end in spans.words()]
    assert [unicodedata.normalize("NFC", word) for word in words] == [
        *("Trường", "đại học", "ở", "Việt Nam", ",", "năm", "2024"),
        *(":", "“", "Nghệ thuật", "”", "."),
    ]


def test_tokens_that_share_a_combining_sequence_share_its_span(segmenter: Segmenter) -> None:
    # Circumflex and dot below in the order of typing; normalised, the dot comes first, and
    # neither can be merged into the letter.
    text = "a x\u0302\u0323 b"
    assert list(segmenter.spans(text)) == [(0, 1), (2, 5), (2, 5), (2, 5), (6, 7)]


def test_word_arrays_agree_with_each_other(segmenter: Segmenter) -> None:
    text = "Trường đại học bách khoa Hà Nội."
    spans = segmenter.spans(text)
    assert spans.word_ids.tolist() == [0, 1, 1, 2, 2, 3, 3, 4]
    assert spans.joined.tolist() == [False, False, True, False, True, False, True, False]
    assert [text[start:end] for start, end in spans.words()] == [
        *("Trường", "đại học", "bách khoa", "Hà Nội", ".")
    ]
    assert spans.word_ids.dtype == spans.word_starts.dtype == spans.word_ends.dtype == np.int32


@pytest.mark.parametrize("text", ["", " ", "\t\u3000"])
def test_a_text_without_tokens_has_no_spans(segmenter: Segmenter, text: str) -> None:
    spans = segmenter.spans(text)
    assert len(spans) == len(spans.word_ids) == len(list(spans.words())) == 0


@settings(max_examples=100, deadline=None)
@given(st.lists(texts(), max_size=12))
def test_a_batch_holds_the_spans_of_each_text(segmenter: Segmenter, batch: list[str]) -> None:
    spans = segmenter.spans_many(batch)
    assert len(spans) == len(batch)
    for text, found in zip(batch, spans, strict=True):
        alone = segmenter.spans(text)
        assert found.starts.tolist() == alone.starts.tolist()
        assert found.ends.tolist() == alone.ends.tolist()
        assert found.joined.tolist() == alone.joined.tolist()


@pytest.fixture(scope="module")
def batch(segmenter: Segmenter) -> SpanBatch:
    return segmenter.spans_many(["Hà Nội mùa thu", "", "xã hội", "đại học"])


def test_a_batch_can_be_sliced(batch: SpanBatch) -> None:
    assert [len(spans) for spans in batch] == [4, 0, 2, 2]
    assert [list(spans) for spans in batch[1:3]] == [[], [(0, 2), (3, 6)]]
    assert len(batch[3:1]) == 0
    assert list(batch[-1]) == list(batch[3])


def test_a_batch_refuses_what_it_cannot_give(batch: SpanBatch) -> None:
    with pytest.raises(IndexError):
        batch[4]
    with pytest.raises(ValueError, match="step 1"):
        batch[::2]


def test_taking_a_text_of_a_batch_copies_nothing(batch: SpanBatch) -> None:
    assert batch[2].starts.base is not None
    assert np.shares_memory(batch[2].starts, batch.starts)
