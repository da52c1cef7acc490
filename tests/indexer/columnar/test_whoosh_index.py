from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from whoosh import query, sorting
from whoosh.qparser import QueryParser
from whoosh.searching import Searcher

from corpus import Article, PublicationDate
from indexer import IndexMissingError, build_index, delete_articles, update_index, whoosh_index
from indexer.columnar.whoosh_view.index import ColumnarIndex

ARTICLES = [
    Article(
        id="1",
        title="Tổ hoà giải",
        lead="Hòa giải ở cơ sở",
        body=("Tổ hòa giải họp.", "Họp hai lần."),
        source="Báo A",
        tags=("hòa giải", "cơ sở"),
        published=PublicationDate.parse("2021-05-23T08:00:00+07:00"),
    ),
    Article(
        id="2",
        title="Bầu cử",
        body=("Cử tri đi bầu cử. Tổ họp.",),
        source="Báo B",
        tags=("bầu cử",),
        published=PublicationDate.of_month(2021, 5),
    ),
    Article(id="3", title="Giải bóng đá", body=("Giải kéo dài.",), source="Báo A"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build_index(ARTICLES[:2], tmp_path / "index")
    update_index(ARTICLES[2:], tmp_path / "index")
    return tmp_path / "index"


@pytest.fixture
def index(folder: Path) -> ColumnarIndex:
    return whoosh_index(folder)


@pytest.fixture
def searcher(index: ColumnarIndex) -> Iterator[Searcher]:
    with index.searcher() as searcher:
        yield searcher


def _ids(searcher: Searcher, asked: query.Query) -> list[str]:
    return sorted(hit["id"] for hit in searcher.search(asked, limit=None))


def _parsed(index: ColumnarIndex, text: str) -> query.Query:
    return QueryParser("body", index.schema).parse(text)


def test_refuses_a_folder_without_an_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        whoosh_index(tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hoà giải", ["1"]),
        ("HÒA GIẢI", ["1"]),
        ('"tổ họp"', ["2"]),
        ('"tổ họp"~3', ["1", "2"]),
        ("title:giải", ["1", "3"]),
        ("giải", ["1", "3"]),
        ("giải AND NOT bóng", ["1", "3"]),
        ("body_words:bầu_cử", ["2"]),
        ("source:'Báo A'", ["1", "3"]),
        ("tag:'hòa giải'", ["1"]),
        ("id:2", ["2"]),
        ("bầ*", ["2"]),
        ("published:20210523", ["1"]),
        ("published:[20210501 TO 20210531]", ["1", "2"]),
        ("last_day:[20210520 TO] AND first_day:[TO 20210522]", ["2"]),
        ("precision:2", ["2"]),
        ("*:*", ["1", "2", "3"]),
        ("*", ["1", "2", "3"]),
        ("g?ải", ["1", "3"]),
        ("body:[giả TO giải]", ["1", "3"]),
    ],
)
def test_whooshs_parser_finds(
    index: ColumnarIndex, searcher: Searcher, text: str, expected: list[str]
) -> None:
    assert _ids(searcher, _parsed(index, text)) == expected


def test_no_phrase_spans_two_paragraphs(index: ColumnarIndex, searcher: Searcher) -> None:
    assert _ids(searcher, _parsed(index, '"họp họp"')) == []


def test_lengths_and_frequencies_are_exact(searcher: Searcher) -> None:
    reader = searcher.reader()
    assert reader.doc_frequency("body", "họp") == 2
    assert reader.frequency("body", "họp") == 3
    assert [reader.doc_field_length(number, "body") for number in range(3)] == [7, 7, 3]
    assert reader.field_length("body") == 17
    assert (reader.min_field_length("lead"), reader.max_field_length("lead")) == (0, 5)
    with pytest.raises(Exception, match="khác"):
        reader.term_info("body", "khác")


def test_positions_begin_with_the_field(searcher: Searcher) -> None:
    postings = searcher.reader().postings("body", "họp")
    assert list(postings.items_as("positions")) == [(0, [3, 4 + 64]), (1, [6])]


def test_the_terms_of_a_field_are_those_that_stand_in_it(searcher: Searcher) -> None:
    reader = searcher.reader()
    assert [term.decode() for term in reader.lexicon("title")] == sorted(
        ["bầu", "bóng", "cử", "giải", "hòa", "tổ", "đá"], key=str.encode
    )
    assert [term.decode() for term in reader.expand_prefix("title", "b")] == ["bóng", "bầu"]


def test_stored_fields_are_those_of_the_article(searcher: Searcher) -> None:
    stored, undated = searcher.document(id="1"), searcher.document(id="3")
    assert stored
    assert undated
    assert stored["title"] == "Tổ hoà giải"
    assert stored["body"] == "Tổ hòa giải họp.\n\nHọp hai lần."
    assert stored["tag"] == ["hòa giải", "cơ sở"]
    assert stored["published"] == datetime.fromisoformat("2021-05-23T08:00:00")
    assert undated["published"] is None


def test_groups_by_columns_and_by_terms(searcher: Searcher) -> None:
    tags = sorting.FieldFacet("tag", allow_overlap=True)
    results = searcher.search(query.Every(), groupedby=["source", tags])
    sources = {value: len(found) for value, found in results.groups("source").items()}
    assert sources == {"Báo A": 2, "Báo B": 1}
    counts = {value: len(found) for value, found in results.groups("tag").items() if value}
    assert counts == {"hòa giải": 1, "cơ sở": 1, "bầu cử": 1}


@pytest.mark.parametrize(("reverse", "expected"), [(False, "213"), (True, "123")])
def test_sorts_by_date_with_the_undated_last(
    searcher: Searcher, reverse: bool, expected: str
) -> None:
    order = sorting.FieldFacet("published", reverse=reverse)
    hits = searcher.search(query.Every(), sortedby=order)
    assert "".join(hit["id"] for hit in hits) == expected


def test_highlights_what_was_found(index: ColumnarIndex, searcher: Searcher) -> None:
    hit = searcher.search(_parsed(index, "hoà"))[0]
    assert '<b class="match term0">hòa</b>' in hit.highlights("body")


def test_a_deleted_article_is_not_found_but_counts(folder: Path, index: ColumnarIndex) -> None:
    delete_articles(["2"], folder)
    with index.searcher() as searcher:
        assert _ids(searcher, query.Every()) == ["1", "3"]
        assert searcher.doc_count() == 2


def test_a_reader_stays_with_its_generation_and_knows_it(
    folder: Path, index: ColumnarIndex, searcher: Searcher
) -> None:
    assert searcher.up_to_date()
    update_index([Article(id="4", title="Tin mới")], folder)
    assert not searcher.up_to_date()
    assert _ids(searcher, query.Every()) == ["1", "2", "3"]
    refreshed = searcher.refresh()
    assert _ids(refreshed, query.Every()) == ["1", "2", "3", "4"]
    refreshed.close()
    assert index.doc_count() == 4
