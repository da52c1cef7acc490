"""Segments: spilled or not, merged or built at once, they say the same."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from hypothesis import given, settings

from corpus import Article
from indexer.columnar.segment import Segment, merge_segments
from indexer.schema import FACETS
from tests.indexer.columnar.small_indexes import (
    IN_MEMORY,
    SmallIndex,
    small_indexes,
    write_segment,
)


@settings(max_examples=40)
@given(index=small_indexes(largest=10))
def test_a_segment_of_spilled_runs_is_the_same_as_one_held_in_memory(index: SmallIndex) -> None:
    articles = index.segments[0]
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:
        held = write_segment(Path(folder) / "held", articles)
        spilled = write_segment(Path(folder) / "spilled", articles, run_occurrences=5)
        assert list(_content(spilled)) == list(_content(held))
        assert {path.suffix for path in (Path(folder) / "spilled").iterdir()} == {".tb"}


@settings(max_examples=60)
@given(index=small_indexes())
def test_a_merge_is_the_same_as_a_build_of_the_kept_articles(index: SmallIndex) -> None:
    kept = [
        article
        for articles, deleted in zip(*index, strict=True)
        for article, is_deleted in zip(articles, deleted, strict=True)
        if not is_deleted
    ]
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:
        parts = [
            write_segment(Path(folder) / str(number), articles)
            for number, articles in enumerate(index.segments)
        ]
        left_out = [np.flatnonzero(np.array(mask, dtype=bool)) for mask in index.deleted]
        merged_folder = Path(folder) / "merged"
        merged_folder.mkdir()
        merge_segments(parts, left_out, merged_folder)
        merged = Segment(merged_folder)
        built = write_segment(Path(folder) / "built", kept)
        assert list(_content(merged)) == list(_content(built))
        assert not list(merged.faults())


@settings(max_examples=40)
@given(index=small_indexes())
def test_a_segment_gives_back_its_articles_and_their_values(index: SmallIndex) -> None:
    articles = index.segments[0]
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:
        segment = write_segment(Path(folder) / "segment", articles)
        assert [segment.article(number) for number in range(len(segment))] == articles
        numbers = [segment.columns.article_number(article.id) for article in articles]
        assert numbers == list(range(len(articles)))
        assert segment.columns.article_number("no such article") is None


def test_positions_above_65535_are_found(tmp_path: Path) -> None:
    long = Article(id="dài", title="x", body=("đầu", " ".join(["a"] * 70_000), "cuối a"))
    short = Article(id="ngắn", title="x", body=("cuối",))
    segment = write_segment(tmp_path / "segment", [short, long, short_again(short)])
    group = segment.groups["text"]
    number = group.terms.number("cuối".encode())
    assert number is not None
    owners, positions = group.positions(group.postings(number), np.array([0, 1, 2]))
    assert owners.tolist() == [0, 1, 2]
    gaps = 64 * 3
    assert positions.tolist() == [65, 1 + 1 + 70_000 + gaps, 65]


def short_again(article: Article) -> Article:
    return Article(id="ngắn nữa", title=article.title, body=article.body)


def test_a_word_that_fills_a_field_leaves_other_postings_where_they_are(tmp_path: Path) -> None:
    full = Article(id="đầy", title="a", body=(" ".join(["a"] * 70_000),))
    other = Article(id="khác", title="b a", body=("c a",))
    segment = write_segment(tmp_path / "segment", [full, other])
    group = segment.groups["text"]
    number = group.terms.number(b"a")
    assert number is not None
    _, positions = group.positions(group.postings(number), np.array([1]))
    assert positions.tolist() == [1, 2 + 64 + 1]


def test_a_segment_of_no_article_can_be_opened_and_merged(tmp_path: Path) -> None:
    empty = write_segment(tmp_path / "empty", [])
    assert len(empty) == 0
    assert list(_content(empty))
    other = write_segment(tmp_path / "other", [Article(id="1", title="một")])
    (tmp_path / "merged").mkdir()
    merge_segments([empty, other, empty], [np.empty(0, np.int64)] * 3, tmp_path / "merged")
    assert list(_content(Segment(tmp_path / "merged"))) == list(_content(other))


def test_articles_are_numbered_by_the_smallest_type_built_or_merged(tmp_path: Path) -> None:
    articles = [Article(id=str(n), title=f"từ {n % 7}") for n in range(257)]
    large = write_segment(tmp_path / "large", articles)
    small = write_segment(tmp_path / "small", articles[:256])
    for name in ("fewer", "more"):
        (tmp_path / name).mkdir()
    merge_segments([large], [np.arange(1)], tmp_path / "fewer")
    merge_segments([small, large], [np.arange(256), np.arange(0)], tmp_path / "more")
    for segment, items in (
        (small, 1),
        (large, 2),
        (Segment(tmp_path / "fewer"), 1),
        (Segment(tmp_path / "more"), 2),
    ):
        group = segment.groups["text"]
        assert group.articles.dtype.itemsize == items
        number = group.terms.number("từ".encode())
        assert number is not None
        assert group.postings(number).articles.tolist() == list(range(len(segment)))


def _content(segment: Segment) -> Iterator[object]:
    """Give all that a segment says, whatever the types and numbers in its files are."""
    for group in segment.groups.values():
        for number, term in enumerate(group.terms):
            postings = group.postings(number)
            places = np.arange(len(postings.articles))
            yield term, postings.articles.tolist(), group.frequencies[postings.codes].tolist()
            yield [array.tolist() for array in group.positions(postings, places)]
    columns = segment.columns
    yield columns.ids(), columns.lengths.tolist(), columns.field_starts.tolist()
    for facet in FACETS:
        column = columns.facets[facet]
        owners, codes = column.pairs(np.arange(len(segment)))
        yield facet, owners.tolist(), [column.values[code] for code in codes.tolist()]
    for dates in (columns.date_start, columns.first_day, columns.last_day, columns.precision):
        yield dates.tolist()
    yield [segment.documents[number] for number in range(len(segment))]
