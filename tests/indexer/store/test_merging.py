import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article
from indexer import (
    SearchRequest,
    build_index,
    delete_articles,
    index_info,
    open_index,
    optimize_index,
    update_index,
)
from indexer.store.merge_policy import RATIO, SegmentSize, plan_merges, plan_one_segment
from tests.indexer.store.states import ids_at, state_at

sizes = st.lists(
    st.tuples(st.integers(1, 1000), st.integers(0, 1000)).map(
        lambda pair: SegmentSize(pair[0], min(pair))
    )
)


def merged(sizes: Sequence[SegmentSize]) -> list[SegmentSize]:
    found: list[SegmentSize] = []
    done = 0
    for run in plan_merges(sizes):
        found += sizes[done : run.start]
        live = sum(size.articles - size.deleted for size in sizes[run.start : run.stop])
        found.append(SegmentSize(live, 0))
        done = run.stop
    return [size for size in [*found, *sizes[done:]] if size.articles > size.deleted]


@given(sizes)
def test_each_segment_is_twice_as_large_as_all_later_ones(sizes: list[SegmentSize]) -> None:
    live = [size.articles - size.deleted for size in merged(sizes)]
    assert all(own >= RATIO * sum(live[place + 1 :]) for place, own in enumerate(live))


@given(sizes)
def test_no_segment_keeps_more_than_a_third_of_deleted_articles(
    sizes: list[SegmentSize],
) -> None:
    assert all(size.deleted * 3 <= size.articles for size in merged(sizes))


@given(sizes)
def test_what_was_merged_needs_no_merge(sizes: list[SegmentSize]) -> None:
    assert plan_merges(merged(sizes)) == []


def test_an_article_is_rewritten_seldom() -> None:
    sizes: list[SegmentSize] = []
    written = 0
    for _ in range(10_000):
        sizes.append(SegmentSize(1, 0))
        for run in plan_merges(sizes):
            live = sum(size.articles for size in sizes[run.start : run.stop])
            sizes[run.start : run.stop] = [SegmentSize(live, 0)]
            written += live
    assert len(sizes) <= 9
    assert written / 10_000 < 12


def test_an_index_of_one_whole_segment_needs_no_optimization() -> None:
    assert plan_one_segment([SegmentSize(5, 0)]) == []
    assert plan_one_segment([]) == []


def test_optimizing_leaves_one_segment_without_deleted_articles(index_folder: Path) -> None:
    before = ids_at(index_folder)
    report = optimize_index(index_folder)
    info = index_info(index_folder)
    assert (len(info.segments), info.deleted, report.segments_before) == (1, 0, 3)
    assert ids_at(index_folder) == before
    assert report.size_bytes < report.size_bytes_before


def test_optimizing_again_changes_nothing(index_folder: Path) -> None:
    optimize_index(index_folder)
    before = index_info(index_folder).generation
    optimize_index(index_folder)
    assert index_info(index_folder).generation == before


def test_a_merge_leaves_the_articles_that_a_build_without_the_deleted_ones_has(
    tmp_path: Path, articles: Sequence[Article]
) -> None:
    chance = random.Random(3)
    gone = {article.id for article in chance.sample(articles, 20)}
    build_index(articles, tmp_path / "index")
    delete_articles(gone, tmp_path / "index")
    optimize_index(tmp_path / "index")
    build_index([article for article in articles if article.id not in gone], tmp_path / "fresh")
    assert state_at(tmp_path / "index") == state_at(tmp_path / "fresh")


def test_a_segment_of_which_a_third_is_deleted_is_rewritten(
    tmp_path: Path, articles: Sequence[Article]
) -> None:
    build_index(articles[:30], tmp_path / "index")
    delete_articles([article.id for article in articles[:10]], tmp_path / "index")
    assert index_info(tmp_path / "index").deleted == 10
    delete_articles([articles[10].id], tmp_path / "index")
    assert index_info(tmp_path / "index").deleted == 0


@pytest.mark.parametrize("count", [1, 7])
def test_merged_articles_keep_their_order(tmp_path: Path, count: int) -> None:
    undated = [
        Article(id=str(number), title="Đường phố", body=(f"Số {number}.",)) for number in range(20)
    ]
    build_index(undated[:10], tmp_path / "index")
    for first in range(10, 20, count):
        update_index(undated[first : min(20, first + count)], tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        found = index.search(SearchRequest("", size=100)).hits
    assert [hit.article.id for hit in found] == [str(number) for number in range(20)]
