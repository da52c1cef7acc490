import dataclasses
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus import Article
from indexer import (
    IndexMissingError,
    RequestError,
    SearchRequest,
    build_index,
    delete_articles,
    index_info,
    open_index,
    optimize_index,
    update_index,
)
from tests.indexer.store.states import files_of, ids_at, state_at

Articles = Sequence[Article]


def segment_files(folder: Path) -> dict[str, int]:
    return {
        f"{path.parent.name}/{path.name}": path.stat().st_ino
        for path in files_of(folder)
        if path.parent.parent.name == "segments"
    }


def test_an_update_adds_articles(tmp_path: Path, articles: Articles) -> None:
    build_index(articles[:10], tmp_path / "index")
    report = update_index(articles[10:12], tmp_path / "index")
    assert (report.added, report.replaced, report.articles) == (2, 0, 12)
    assert ids_at(tmp_path / "index") == {article.id for article in articles[:12]}


def test_an_update_replaces_an_article_with_the_same_id(
    tmp_path: Path, articles: Articles
) -> None:
    build_index(articles[:10], tmp_path / "index")
    changed = dataclasses.replace(articles[3], title="Chuồn chuồn kim")
    report = update_index(changed, tmp_path / "index")
    assert (report.added, report.replaced, report.articles) == (0, 1, 10)
    with open_index(tmp_path / "index") as index:
        assert index.article(articles[3].id) == changed
        assert index.search(SearchRequest("chuồn chuồn kim")).total == 1
        assert index.search(SearchRequest("")).total == 10


def test_of_two_articles_with_one_id_in_an_update_the_last_one_counts(
    tmp_path: Path, articles: Articles
) -> None:
    build_index(articles[:10], tmp_path / "index")
    versions = [dataclasses.replace(articles[3], title=f"Bản {n}") for n in ("một", "hai")]
    report = update_index(versions, tmp_path / "index")
    assert (report.replaced, report.duplicates, report.articles) == (1, 1, 10)
    with open_index(tmp_path / "index") as index:
        assert index.article(articles[3].id) == versions[1]


def test_an_article_replaced_again_and_again_is_there_once(
    tmp_path: Path, articles: Articles
) -> None:
    build_index(articles[:30], tmp_path / "index")
    for version in range(6):
        update_index(dataclasses.replace(articles[3], title=f"Bản {version}"), tmp_path / "index")
        assert len(ids_at(tmp_path / "index")) == 30
    with open_index(tmp_path / "index") as index:
        assert index.search(SearchRequest('"bản 5"')).total == 1
        assert index.search(SearchRequest('"bản 4"')).total == 0


def test_a_deleted_article_can_be_added_again(tmp_path: Path, articles: Articles) -> None:
    build_index(articles[:10], tmp_path / "index")
    delete_articles([articles[2].id], tmp_path / "index")
    assert update_index(articles[2], tmp_path / "index").added == 1
    assert len(ids_at(tmp_path / "index")) == 10


def test_an_update_copies_no_segment(tmp_path: Path, articles: Articles) -> None:
    build_index(articles[:50], tmp_path / "index")
    before = segment_files(tmp_path / "index")
    update_index(articles[48:55], tmp_path / "index")
    after = segment_files(tmp_path / "index")
    assert before.items() <= after.items()


def test_updated_and_optimized_is_the_same_as_built_at_once(
    tmp_path: Path, articles: Articles
) -> None:
    build_index(articles, tmp_path / "whole")
    build_index(articles[:40], tmp_path / "parts")
    for first in range(40, 72, 5):
        update_index(articles[first : first + 5], tmp_path / "parts")
    optimize_index(tmp_path / "parts")
    assert state_at(tmp_path / "parts") == state_at(tmp_path / "whole")


def test_an_update_without_articles_changes_nothing(tmp_path: Path, articles: Articles) -> None:
    build_index(articles[:10], tmp_path / "index")
    before = index_info(tmp_path / "index").generation
    assert update_index([], tmp_path / "index").added == 0
    assert index_info(tmp_path / "index").generation == before


def test_an_update_needs_an_index(tmp_path: Path, articles: Articles) -> None:
    with pytest.raises(IndexMissingError, match="timbao index"):
        update_index(articles[:1], tmp_path / "index")
    assert not (tmp_path / "index").exists()


def test_an_update_of_many_articles_merges_them_into_few_segments(
    tmp_path: Path, articles: Articles
) -> None:
    build_index(articles[:2], tmp_path / "index")
    for article in articles[2:40]:
        update_index(article, tmp_path / "index")
    info = index_info(tmp_path / "index")
    assert info.articles == 40
    assert len(info.segments) <= 4


def test_options_without_meaning_are_refused(tmp_path: Path, articles: Articles) -> None:
    with pytest.raises(RequestError, match="limit"):
        update_index(articles, tmp_path / "index", limit=0)
