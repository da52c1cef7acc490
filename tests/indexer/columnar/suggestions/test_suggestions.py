"""What a segment suggests, from its articles to its file and through a merge."""

import itertools
import random
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings

from corpus import Article, read_articles
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
    assert pair_count(segment, "cán", "bộ") == 4
    assert pair_count(segment, "bộ", "xã") == 4
    assert pair_count(segment, "xã", "bộ") == 0


def pair_count(segment: Segment, first: str, second: str) -> int:
    codes = segment.suggestions.code(first), segment.suggestions.code(second)
    assert codes[0] is not None
    assert codes[1] is not None
    return int(segment.suggestions.pair_counts(codes[0], [codes[1]])[0])


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


def test_a_phrase_that_only_a_left_out_article_had_is_forgotten(tmp_path: Path) -> None:
    name = "Cháu Trần Bảo Châu đi học. Cháu Trần Bảo Châu về nhà. Cháu Trần Bảo Châu ngủ."
    others = ["Ông Trần nói về thuế.", "Bà Bảo đi chợ.", "Tỉnh Quảng Châu có lũ."]
    articles = [article(n, "Tin", text, FILLER) for n, text in enumerate([name, *others])]
    segment = write_segment(tmp_path / "1", articles)
    assert {"trần bảo", "trần bảo châu"} <= set(entries(segment))
    merged = merged_without(segment, {0}, tmp_path / "merged")
    assert not any("trần bảo" in text for text in entries(merged))
    assert {"trần", "bảo"} <= set(entries(merged))
    assert pair_count(merged, "trần", "bảo") == 0


def test_words_of_kept_articles_outlive_a_merge_that_drops_most(tmp_path: Path) -> None:
    animals = ["voọc", "khướu", "sóc", "hổ", "báo", "gấu", "cầy", "nhím", "trăn", "rùa"]
    articles = [article(n, "Tin", f"Rừng có {own} quý.") for n, own in enumerate(animals)]
    segment = write_segment(tmp_path / "1", articles)
    merged = entries(merged_without(segment, set(range(4, 10)), tmp_path / "merged"))
    assert {text for text in animals if text in merged} == set(animals[:4])
    assert merged["rừng"].occurrences == 4


def test_a_merge_counts_words_as_if_left_out_articles_had_never_been(
    tmp_path: Path, shared_data: Path
) -> None:
    vietnews = read_articles(shared_data / "data" / "vietnews.jsonl.zst")
    articles = list(itertools.islice(vietnews, 90))
    chance = random.Random(4)
    left_out = set(chance.sample(range(90), 30))
    segment = write_segment(tmp_path / "whole", articles)
    kept = [one for number, one in enumerate(articles) if number not in left_out]
    fresh = write_segment(tmp_path / "fresh", kept)
    merged = entries(merged_without(segment, left_out, tmp_path / "merged"))
    expected = entries(fresh)
    words = {text: own for text, own in expected.items() if own.kind == WORD}
    assert 2_000 < len(words) < 5_000
    assert {text: merged.get(text) for text in words} == words
    phrases = {text: own for text, own in merged.items() if own.kind == PHRASE}
    both = [text for text in phrases if text in expected and expected[text].kind == PHRASE]
    assert len(both) > 100
    assert all(phrases[text].occurrences <= expected[text].occurrences for text in both)


def merged_without(segment: Segment, left_out: set[int], folder: Path) -> Segment:
    folder.mkdir()
    merge_segments([segment], [np.array(sorted(left_out))], folder)
    return Segment(folder)
