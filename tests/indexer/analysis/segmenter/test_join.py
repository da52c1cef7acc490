"""The joined text is pyvi's, byte for byte."""

from __future__ import annotations

import io
import json
import string
from itertools import islice
from typing import TYPE_CHECKING

import pytest
import zstandard
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyvi import ViTokenizer

from indexer.analysis.segmenter import segmenter as segmenter_module
from indexer.errors import SegmenterError
from tests.indexer.analysis.segmenter.texts import texts

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.analysis import Segmenter


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        " \t\r ",
        "\n",
        "\n\n a \n",
        "a",
        "!",
        string.punctuation,
        " ".join(string.punctuation),
        "Trường đại học bách khoa Hà Nội",
        "Trường đại học bách khoa Hà Nội,",
        "công ty Trách nhiệm",
        "1 tạ thóc 3,5 kg 27/3 TP.HCM Covid-19",
        "xem http://a.vn/b?c=đ#e, viết cho a.b+c@d-e.vn.",
        "đại\nhọc\r\nbách\u2028khoa",
        "đại\0học",
        "\0",
        "a\0 \0b http://x\0y",
        "ΑΣ ΣΑ Σ xã hội ΟΔΟΣ.",
        "İstanbul xã hội",
        "ǅ xã ǅa hội",
        "² ² ³ xã ²hội",
        "a" * 100_000,
        "A" * 20_000,
        "1" * 20_000,
        "đại học " * 5_000,
        "học " * 3_000,
    ],
    ids=ascii,
)
def test_equals_pyvi(segmenter: Segmenter, text: str) -> None:
    assert segmenter.join(text) == ViTokenizer.tokenize(text)


@settings(max_examples=1500, deadline=None)
@given(texts())
def test_equals_pyvi_on_any_text(segmenter: Segmenter, text: str) -> None:
    assert segmenter.join(text) == ViTokenizer.tokenize(text)


@settings(max_examples=100, deadline=None)
@given(st.lists(texts(), max_size=12))
@example([])
@example(["", ""])
@example(["đại", "học"])
@example(["\u0301", "\u0301a", " ", "\n"])
def test_texts_of_a_batch_do_not_affect_each_other(segmenter: Segmenter, batch: list[str]) -> None:
    assert segmenter.join_many(batch) == [segmenter.join(text) for text in batch]


def test_batches_may_be_of_any_size(segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = [f"Trường đại học {number}\nHà Nội" * (number % 3) for number in range(20)]
    expected = segmenter.join_many(batch)
    monkeypatch.setattr(segmenter_module, "_BATCH_CHARACTERS", 30)
    assert segmenter.join_many(iter(batch)) == expected


def test_a_text_without_tokens_is_returned_as_it_was_written(segmenter: Segmenter) -> None:
    assert segmenter.join("\u2000\u2001") == "\u2000\u2001"


@given(st.text(st.characters(categories=["Cs", "Lu", "Mn", "Zs", "Nd", "Po"])))
def test_lone_surrogates_pass_through(segmenter: Segmenter, text: str) -> None:
    joined = segmenter.join(text)
    assert [char for char in joined if "\ud800" <= char < "\ue000"] == [
        char for char in text if "\ud800" <= char < "\ue000"
    ]


def test_a_text_too_long_for_the_offsets_is_refused(
    segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segmenter_module, "_LONGEST_TEXT", 10)
    with pytest.raises(SegmenterError, match="more than 10 characters"):
        segmenter.join("Hà Nội mùa vắng")


def test_equals_pyvi_on_real_articles(segmenter: Segmenter, shared_data: Path) -> None:
    with (shared_data / "data/vietnews.jsonl.zst").open("rb") as file:
        lines = io.TextIOWrapper(
            zstandard.ZstdDecompressor().stream_reader(file), encoding="utf-8"
        )
        # From all over the corpus: articles come sorted by subject.
        articles = [json.loads(line) for line in islice(lines, 0, 105_000, 50)]
    paragraphs = [
        paragraph
        for article in articles
        for paragraph in (article["title"], article["lead"], *article["body"])
    ]
    assert segmenter.join_many(paragraphs) == [ViTokenizer.tokenize(p) for p in paragraphs]
    whole = ["\n".join((a["title"], a["lead"], *a["body"])) for a in articles[::8]]
    assert segmenter.join_many(whole) == [ViTokenizer.tokenize(text) for text in whole]
