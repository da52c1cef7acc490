import datetime as dt
import io
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import StreamError
from corpus.formats.parquet_table import is_parquet, read
from tests.corpus.formats.reading_alone import articles, outcomes, told

arrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


def table(**columns: list[object]) -> bytes:
    file = io.BytesIO()
    parquet.write_table(arrow.table(columns), file, row_group_size=300)
    return file.getvalue()


MOMENT = dt.datetime(2018, 2, 4, 22, 15, 7, tzinfo=dt.UTC)
TABLE = table(
    headline=["A", None, "C"],
    content=["một\nhai", "b", "c"],
    publish_date=[MOMENT] * 3,
    tags=[["x", "y"], [], None],
    views=[1, 2, 3],
)


def test_rows_are_articles_with_their_numbers() -> None:
    assert told(read, TABLE) == [
        "a:1 A",
        "a:2: title: is empty; an article needs a headline",
        "a:3 C",
    ]


def test_values_have_the_types_of_an_article() -> None:
    (article,) = articles(read, table(title=["A"], published=[MOMENT], tags=[["x", "y"]]))
    assert str(article.published) == "2018-02-05T05:15:07+07:00"
    assert article.tags == ("x", "y")


def test_all_row_groups_are_read() -> None:
    assert len(articles(read, table(title=[str(i) for i in range(1000)]))) == 1000


def test_parquet_is_recognised() -> None:
    assert is_parquet(TABLE)
    assert not is_parquet(b"PAR")


@pytest.mark.parametrize("content", [TABLE[:-5], TABLE[:40], b"PAR1", b"PAR1" + bytes(100)])
def test_damaged_file_is_reported(content: bytes) -> None:
    assert "the Parquet data is damaged" in told(read, content)[-1]


def test_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(StreamError, match=r"pip install 'timbao\[parquet\]'"):
        outcomes(read, TABLE)


@settings(max_examples=200)
@given(st.data())
def test_damaged_tables_are_read_without_a_crash(data: st.DataObject) -> None:
    content = bytearray(TABLE)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    outcomes(read, bytes(content[: data.draw(st.integers(0, len(content)))]))
