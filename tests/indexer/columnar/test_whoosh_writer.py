from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from whoosh import query
from whoosh.fields import UnknownFieldError
from whoosh.index import Index, LockError
from whoosh.writing import IndexingError

from corpus import Article, ArticleError, PublicationDate
from indexer import build_index, delete_articles, open_index, whoosh_index


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = [Article(id=str(n), title=f"Tin {n}", source="Báo A") for n in range(4)]
    build_index(articles, tmp_path / "index")
    return tmp_path / "index"


@pytest.fixture
def index(folder: Path) -> Index:
    return whoosh_index(folder)


def _titles(index: Index) -> list[str]:
    with index.searcher() as searcher:
        return sorted(fields["title"] for fields in searcher.documents())


def test_what_is_added_is_there_after_the_commit(folder: Path, index: Index) -> None:
    with index.writer() as writer:
        writer.add_document(
            id="mới",
            title="Hoà giải",
            body="Đoạn một.\n\nĐoạn hai.",
            authors=["An", "Bình"],
            tag="hòa giải",
            url="https://example.vn/1",
            published=datetime.fromisoformat("2021-05-23T08:00:00"),
        )
        assert index.doc_count() == 4
    assert index.doc_count() == 5
    with open_index(folder) as opened:
        assert opened.article("mới") == Article(
            id="mới",
            title="Hoà giải",
            body=("Đoạn một.", "Đoạn hai."),
            authors=("An", "Bình"),
            tags=("hòa giải",),
            url="https://example.vn/1",
            published=PublicationDate.parse("2021-05-23T08:00:00+07:00"),
        )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"published": date.fromisoformat("2021-05-23")}, "2021-05-23"),
        ({"published": "05/2021"}, "2021-05"),
        ({"published": PublicationDate.of_year(2021)}, "2021"),
        ({"published": datetime.fromisoformat("2021-05-01"), "precision": 2}, "2021-05"),
    ],
)
def test_a_date_may_be_given_as_exactly_as_it_is_known(
    folder: Path, index: Index, given: dict[str, object], expected: str
) -> None:
    with index.writer() as writer:
        writer.add_document(id="mới", title="Tin", **given)
    with open_index(folder) as opened:
        article = opened.article("mới")
        assert article is not None
        assert str(article.published) == expected


def test_an_update_replaces_the_article_with_the_same_id(index: Index) -> None:
    with index.writer() as writer:
        writer.update_document(id="1", title="Tin sửa")
        writer.update_document(id="1", title="Tin sửa lần nữa")
    assert _titles(index) == ["Tin 0", "Tin 2", "Tin 3", "Tin sửa lần nữa"]


def test_deletes_by_term_by_query_and_by_number(index: Index) -> None:
    writer = index.writer()
    assert writer.delete_by_term("id", "0") == 1
    assert writer.delete_by_query(query.Or([query.Term("id", "0"), query.Term("id", "1")])) == 1
    writer.delete_document(2)
    writer.delete_document(3)
    writer.delete_document(3, delete=False)
    writer.commit()
    assert _titles(index) == ["Tin 3"]


def test_a_deleted_article_can_come_back_in_the_same_commit(index: Index) -> None:
    with index.writer() as writer:
        writer.delete_by_term("source", "Báo A")
        writer.add_document(id="1", title="Tin trở lại")
    assert _titles(index) == ["Tin trở lại"]


def test_nothing_remains_of_what_was_cancelled(index: Index) -> None:
    before = index.latest_generation()
    writer = index.writer()
    writer.add_document(id="mới", title="Tin")
    writer.delete_by_query(query.Every())
    writer.cancel()
    assert index.latest_generation() == before
    assert index.doc_count() == 4
    with index.writer() as another:
        another.add_document(id="mới", title="Tin")
    assert index.doc_count() == 5


def test_an_error_inside_the_context_cancels(index: Index) -> None:
    def write() -> None:
        with index.writer() as writer:
            writer.add_document(id="mới", title="Tin")
            writer.add_document(id="hỏng", title="")

    with pytest.raises(ArticleError):
        write()
    assert index.doc_count() == 4


def test_a_second_writer_is_told_who_writes(index: Index) -> None:
    with index.writer(), pytest.raises(LockError, match="process"):
        index.writer()


def test_a_commit_without_changes_makes_no_generation(index: Index) -> None:
    before = index.latest_generation()
    index.writer().commit()
    assert index.latest_generation() == before


def test_optimizing_leaves_one_segment_without_deletions(index: Index) -> None:
    with index.writer() as writer:
        writer.add_document(id="mới", title="Tin mới")
        writer.delete_by_term("id", "0")
    index.optimize()
    with index.reader() as reader:
        assert len(reader.leaf_readers()) == 1
        assert reader.doc_count_all() == reader.doc_count() == 4


def test_all_articles_can_be_deleted(index: Index) -> None:
    with index.writer() as writer:
        writer.delete_by_query(query.Every())
    assert index.is_empty()
    assert _titles(index) == []


def test_refuses_what_is_no_field(index: Index) -> None:
    writer = index.writer()
    with pytest.raises(UnknownFieldError, match="content"):
        writer.add_document(id="mới", title="Tin", content="…")
    writer.cancel()


def test_refuses_an_article_that_was_withdrawn(folder: Path, index: Index) -> None:
    delete_articles(["1"], folder, tombstone=True)
    writer = index.writer()
    with pytest.raises(IndexingError, match="withdrawn"):
        writer.add_document(id="1", title="Tin")
    writer.cancel()


def test_takes_over_the_articles_of_another_index(index: Index, tmp_path: Path) -> None:
    build_index([Article(id="khác", title="Tin khác")], tmp_path / "other")
    with whoosh_index(tmp_path / "other").reader() as other, index.writer() as writer:
        writer.add_reader(other)
    assert "Tin khác" in _titles(index)


def test_a_closed_writer_refuses_to_go_on(index: Index) -> None:
    writer = index.writer()
    writer.commit()
    with pytest.raises(IndexingError, match="closed"):
        writer.add_document(id="mới", title="Tin")
