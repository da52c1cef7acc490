import datetime as dt

import bson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Record
from corpus.formats.bson_dump import is_bson, read
from tests.corpus.formats.reading_alone import articles, outcomes, told

DOCUMENT = bson.encode(
    {
        "_id": bson.ObjectId("5a7785000000000000000000"),
        "title": "Đà Nẵng nhắn tin",
        "body": "<p>Một</p><p>hai</p>",
        "publish": dt.datetime(2018, 2, 4, 22, 15, 7, tzinfo=dt.UTC),
        "id": bson.Int64(24858235),
        "cates": ["Pháp luật"],
    }
)


def test_documents_are_articles_with_the_byte_they_begin_at() -> None:
    assert told(read, DOCUMENT * 2) == [
        "a: byte 0 Đà Nẵng nhắn tin",
        f"a: byte {len(DOCUMENT)} Đà Nẵng nhắn tin",
    ]


def test_values_have_the_types_of_an_article() -> None:
    (article,) = articles(read, DOCUMENT)
    assert article.id == "24858235"
    assert str(article.published) == "2018-02-05T05:15:07+07:00"
    assert (article.body, article.topic) == (("Một", "hai"), "Pháp luật")


def test_object_id_is_the_id_where_there_is_no_other() -> None:
    document = bson.encode({"_id": bson.ObjectId("5a7785000000000000000000"), "title": "a"})
    assert articles(read, document)[0].id == "5a7785000000000000000000"


def test_bad_document_costs_only_itself() -> None:
    bad = DOCUMENT.replace("Đà".encode(), b"\xff\xfe\xfd\xfc", 1)[: len(DOCUMENT)]
    found = told(read, bad + bson.encode({"x": 1}) + DOCUMENT)
    assert found[0].startswith("a: byte 0: not BSON: 'utf-8' codec")
    assert "title: is empty" in found[1]
    assert found[2].endswith("Đà Nẵng nhắn tin")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (DOCUMENT + DOCUMENT[:50], "ends early"),
        (DOCUMENT + b"\xff\xff\xff\x7f" + DOCUMENT, "what follows is lost"),
        (DOCUMENT + b"\0\0\0\0", "what follows is lost"),
        (DOCUMENT + b"\x10", "what follows is lost"),
    ],
)
def test_damaged_length_ends_the_file(content: bytes, reason: str) -> None:
    _, last = told(read, content)
    assert last.startswith(f"a: byte {len(DOCUMENT)}: ")
    assert reason in last


def test_day_that_python_has_not_costs_only_the_date() -> None:
    document = bson.encode({"title": "a", "publish": bson.DatetimeMS(-(2**60))})
    (record,) = outcomes(read, document)
    assert isinstance(record, Record)
    assert record.article.published is None
    assert "published: the year 1 is not between" in record.warnings[0]


def test_deep_nesting_is_skipped() -> None:
    inner = b"\x05\0\0\0\0"
    for _ in range(5_000):
        inner = (len(inner) + 8).to_bytes(4, "little") + b"\x03a\0" + inner + b"\0"
    assert len(outcomes(read, inner)) == 1


def test_bson_is_recognised_and_texts_are_not() -> None:
    assert is_bson(DOCUMENT)
    assert is_bson(DOCUMENT[:200])
    for text in (
        b"",
        b"{}",
        b"Mot hai ba",
        b"\x10\0\0\0",
        bytes(100),
        DOCUMENT[1:],
        "Ti\nn".encode("utf-16-le"),
    ):
        assert not is_bson(text)


@given(st.data())
def test_damaged_documents_are_read_without_a_crash(data: st.DataObject) -> None:
    content = bytearray(DOCUMENT * 2)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    outcomes(read, bytes(content[: data.draw(st.integers(0, len(content)))]))
