"""What a segment suggests, from its articles to its file and through a merge."""

import itertools
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings

from corpus import Article
from indexer.analysis import bare_form, tokenize
from indexer.columnar.segment import Segment, merge_segments
from indexer.columnar.suggestions.material import PHRASE, WORD
from tests.indexer.columnar.small_indexes import (
    IN_MEMORY,
    SmallIndex,
    small_indexes,
    write_segment,
)

FILLER = " ".join(f"một{n} hai{n} ba{n}." for n in range(40))
BODY = "Hôm qua, UBND xã Hải Phú họp bàn chuyển đổi số. Cán bộ xã nói về chuyển đổi số."


def article(number: int, title: str, *body: str) -> Article:
    return Article(id=str(number), title=title, body=body)


@pytest.fixture(scope="module")
def segment(tmp_path_factory: pytest.TempPathFactory) -> Segment:
    titles = ("Chuyển đổi số ở xã Hải Phú", "Giá vàng tăng", "12,5%", "Đường phố Hải Phú")
    articles = [article(number, title, BODY, FILLER) for number, title in enumerate(titles)]
    return write_segment(tmp_path_factory.mktemp("suggestions") / "segment", articles)


class Entry(NamedTuple):
    occurrences: int
    kind: int


def entries(segment: Segment) -> dict[str, Entry]:
    suggestions = segment.suggestions
    return {
        " ".join(suggestions.entry_text(number)): Entry(
            int(suggestions.counts[number]), int(suggestions.kinds[number])
        )
        for number in range(len(suggestions.counts))
    }


def spellings(segment: Segment) -> set[str]:
    suggestions = segment.suggestions
    return {suggestions.entry_spelling(number) for number in range(len(suggestions.counts))}


def test_compounds_and_syllables_are_words(segment: Segment) -> None:
    found = entries(segment)
    assert found["cán bộ"].kind == found["xã"].kind == WORD
    assert found["cán bộ"].occurrences == 4


def test_words_that_meet_are_phrases(segment: Segment) -> None:
    phrases = {text for text, entry in entries(segment).items() if entry.kind == PHRASE}
    assert "cán bộ xã" in phrases
    assert phrases.isdisjoint({"số cán bộ", "qua ubnd"}), "a sign stands between"


def test_numbers_and_single_letters_are_no_words(segment: Segment) -> None:
    assert not {"12", "5", "12 5", "ở"} & set(entries(segment))


def test_names_keep_their_capitals_and_sentences_give_none(segment: Segment) -> None:
    assert {"UBND", "Hải Phú", "cán bộ"} <= spellings(segment)


def test_pairs_are_counted_within_words_and_between_them(segment: Segment) -> None:
    suggestions = segment.suggestions

    def count(first: str, second: str) -> int:
        codes = suggestions.code(first), suggestions.code(second)
        assert codes[0] is not None
        assert codes[1] is not None
        return int(suggestions.pair_counts(codes[0], [codes[1]])[0])

    assert count("cán", "bộ") == 4
    assert count("bộ", "xã") == 4
    assert count("xã", "bộ") == 0


def test_syllables_that_begin_alike_have_neighbouring_codes(segment: Segment) -> None:
    suggestions = segment.suggestions
    found = {suggestions.forms[code] for code in suggestions.completions("h")}
    assert found == {form for form in suggestions.forms if bare_form(form).startswith("h")}


@settings(max_examples=40)
@given(index=small_indexes())
def test_a_merge_keeps_the_titles_of_the_kept_articles(index: SmallIndex) -> None:
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:
        parts = [
            write_segment(Path(folder) / str(number), articles)
            for number, articles in enumerate(index.segments)
        ]
        left_out = [np.flatnonzero(np.array(mask, dtype=bool)) for mask in index.deleted]
        (Path(folder) / "merged").mkdir()
        merge_segments(parts, left_out, Path(folder) / "merged")
        suggestions = Segment(Path(folder) / "merged").suggestions
        titles = [
            [suggestions.forms[code] for code in suggestions.titles.text(number)]
            for number in range(len(suggestions.titles.ends))
        ]
    assert titles == [
        [token.text for token in tokenize(one.title)]
        for one, gone in zip(
            itertools.chain(*index.segments), itertools.chain(*index.deleted), strict=True
        )
        if not gone
    ]


def test_a_merge_adds_up_what_its_segments_have(tmp_path: Path) -> None:
    one = write_segment(tmp_path / "1", [article(1, "Giá vàng", BODY), article(2, "Sông", BODY)])
    two = write_segment(tmp_path / "2", [article(3, "Giá vàng", BODY, BODY)])
    (tmp_path / "merged").mkdir()
    merge_segments([one, two], [np.empty(0, np.int64)] * 2, tmp_path / "merged")
    every = Counter({text: entry.occurrences for text, entry in entries(one).items()})
    every.update({text: entry.occurrences for text, entry in entries(two).items()})
    merged = entries(Segment(tmp_path / "merged"))
    assert {text: entry.occurrences for text, entry in merged.items()} == every
    assert "Hải Phú" in spellings(Segment(tmp_path / "merged"))


def test_what_only_left_out_articles_have_is_forgotten(tmp_path: Path) -> None:
    articles = [article(1, "Kangaroo"), article(2, "Giá vàng"), article(3, "Giá vàng")]
    segment = write_segment(tmp_path / "1", articles)
    (tmp_path / "merged").mkdir()
    merge_segments([segment], [np.array([0])], tmp_path / "merged")
    assert "kangaroo" in entries(segment)
    assert set(entries(Segment(tmp_path / "merged"))) == set(entries(segment)) - {"kangaroo"}
