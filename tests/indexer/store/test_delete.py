from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Article
from indexer import (
    BuildError,
    IndexMissingError,
    RequestError,
    SearchRequest,
    build_index,
    check_index,
    delete_articles,
    index_info,
    open_index,
    optimize_index,
    update_index,
)
from tests.indexer.store.states import ids_at

Articles = Sequence[Article]


def test_a_deleted_article_is_not_found(tmp_path: Path, articles: Articles) -> None:
    build_index(articles[:10], tmp_path / "index")
    report = delete_articles([articles[4].id, "nobody"], tmp_path / "index")
    assert (report.deleted, report.unknown, report.articles) == (1, 1, 9)
    assert ids_at(tmp_path / "index") == {a.id for a in articles[:10]} - {articles[4].id}
    with open_index(tmp_path / "index") as index:
        assert index.article(articles[4].id) is None
        assert index.search(SearchRequest(f'"{articles[4].title}"')).total == 0


def test_a_deleted_article_counts_in_no_facet(tmp_path: Path, articles: Articles) -> None:
    build_index(articles[:10], tmp_path / "index")
    delete_articles([article.id for article in articles[:9]], tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        facet = index.search(SearchRequest("", facets=("source",))).facets["source"]
    assert sum(bucket.count for bucket in facet.buckets) + facet.missing == 1


def test_deleting_twice_deletes_once(tmp_path: Path, articles: Articles) -> None:
    build_index(articles[:10], tmp_path / "index")
    assert delete_articles([articles[4].id] * 2, tmp_path / "index").deleted == 1
    assert delete_articles([articles[4].id], tmp_path / "index").deleted == 0


def test_deleting_nothing_leaves_the_generation(tmp_path: Path, articles: Articles) -> None:
    build_index(articles[:10], tmp_path / "index")
    before = index_info(tmp_path / "index").generation
    delete_articles(["nobody"], tmp_path / "index")
    assert index_info(tmp_path / "index").generation == before


def test_an_index_can_lose_all_articles_and_get_new_ones(
    tmp_path: Path, articles: Articles
) -> None:
    build_index(articles[:10], tmp_path / "index")
    delete_articles([article.id for article in articles], tmp_path / "index")
    assert ids_at(tmp_path / "index") == set()
    assert check_index(tmp_path / "index") == []
    update_index(articles[:3], tmp_path / "index")
    assert ids_at(tmp_path / "index") == {article.id for article in articles[:3]}


def test_a_tombstone_keeps_an_article_out_of_updates(tmp_path: Path, articles: Articles) -> None:
    build_index(articles[:10], tmp_path / "index")
    delete_articles([articles[4].id], tmp_path / "index", tombstone=True)
    report = update_index(articles[3:6], tmp_path / "index")
    assert (report.replaced, report.withdrawn) == (2, 1)
    assert articles[4].id not in ids_at(tmp_path / "index")


def test_a_tombstone_keeps_an_article_out_of_rebuilds(tmp_path: Path, articles: Articles) -> None:
    build_index(articles[:10], tmp_path / "index")
    delete_articles([articles[4].id], tmp_path / "index", tombstone=True)
    for _ in range(2):
        report = build_index(articles[:10], tmp_path / "index")
        assert (report.articles, report.withdrawn) == (9, 1)
    assert articles[4].id not in ids_at(tmp_path / "index")


def test_an_article_can_be_withdrawn_before_it_comes(tmp_path: Path, articles: Articles) -> None:
    build_index(articles[:10], tmp_path / "index")
    report = delete_articles([articles[20].id], tmp_path / "index", tombstone=True)
    assert (report.deleted, report.tombstones_added) == (0, 1)
    assert update_index(articles[20], tmp_path / "index").withdrawn == 1


def test_tombstones_outlive_an_optimization(tmp_path: Path, articles: Articles) -> None:
    build_index(articles[:10], tmp_path / "index")
    delete_articles([articles[4].id], tmp_path / "index", tombstone=True)
    optimize_index(tmp_path / "index")
    assert index_info(tmp_path / "index").tombstones == 1


def test_a_build_of_withdrawn_articles_only_is_an_error(
    tmp_path: Path, articles: Articles
) -> None:
    build_index(articles[:2], tmp_path / "index")
    delete_articles([articles[0].id], tmp_path / "index", tombstone=True)
    with pytest.raises(BuildError, match="articles withdrawn 1"):
        build_index(articles[0], tmp_path / "index")
    assert ids_at(tmp_path / "index") == {articles[1].id}


@pytest.mark.parametrize("wrong", ["", " x", "a\nb", "a\x00", "x" * 201, 1])
def test_what_cannot_be_an_id_is_refused(tmp_path: Path, articles: Articles, wrong: str) -> None:
    build_index(articles[:2], tmp_path / "index")
    with pytest.raises(RequestError, match="not the id of an article"):
        delete_articles([articles[0].id, wrong], tmp_path / "index", tombstone=True)
    assert len(ids_at(tmp_path / "index")) == 2


def test_no_file_holds_a_word_of_what_was_deleted_once_it_is_optimized(
    tmp_path: Path, articles: Articles
) -> None:
    secret = "Khướuzy"
    private = [
        replace(article, body=(f"Ông {secret} trú tại thôn Mật.", *article.body))
        for article in articles[:30]
    ]
    build_index([*private, *articles[30:]], tmp_path / "index")
    update_index(articles[:1], tmp_path / "index")
    assert any(_files_with(secret, tmp_path / "index"))
    delete_articles([article.id for article in private[1:]], tmp_path / "index", tombstone=True)
    optimize_index(tmp_path / "index")
    assert [*_files_with(secret, tmp_path / "index")] == []
    with open_index(tmp_path / "index") as index:
        assert index.suggest(secret[:4]) == []
        assert index.article(articles[0].id) == articles[0]


def _files_with(word: str, folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            if word.encode() in content or word.lower().encode() in content:
                yield path


def test_one_text_is_no_list_of_ids(tmp_path: Path, articles: Articles) -> None:
    build_index(articles[:2], tmp_path / "index")
    with pytest.raises(RequestError, match="give a list"):
        delete_articles("abc", tmp_path / "index", tombstone=True)
    assert index_info(tmp_path / "index").tombstones == 0


def test_deleting_needs_an_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        delete_articles(["x"], tmp_path / "index")
