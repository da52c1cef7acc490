import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.formats.csv_table import MAX_CELL, is_table, read, separator_of
from corpus.formats.fields import Fields
from tests.corpus.formats.reading_alone import articles, outcomes, told

TABLE = 'Tiêu đề;Nội dung;Ngày đăng\nA;"một\nhai";5/2/2018\nB;"ba ""bốn""";\n'


@pytest.mark.parametrize("separator", list(",;\t|"))
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_are_articles_whatever_separates_the_cells(separator: str, end: str) -> None:
    content = TABLE.replace(";", separator).replace("\n", end).encode()
    first, second = articles(read, content)
    assert (first.title, first.body) == ("A", ("một", "hai"))
    assert str(first.published) == "2018-02-05"
    assert second.body == ('ba "bốn"',)


def test_place_is_the_line_in_which_the_row_begins() -> None:
    assert told(read, TABLE.encode()) == ["a:2 A", "a:4 B"]


def test_row_of_another_length_costs_only_itself() -> None:
    found = told(read, b"title,body\na,b\nc\n\nd,e,f\ng,h\n")
    assert found == [
        "a:2 a",
        "a:3: has 1 cells, and the first row 2",
        "a:5: has 3 cells, and the first row 2",
        "a:6 g",
    ]


def test_cell_that_is_not_utf_8_costs_its_line() -> None:
    found = told(read, b"title,body\na,b\n\xff\xfe,c\nd,e\n")
    assert found[0] == "a:2 a"
    assert "a:3: not UTF-8: byte 0xFF" in found[1]
    assert found[2] == "a:4 d"


def test_quotation_mark_that_is_never_closed_is_reported() -> None:
    content = b'title,body\na,"b\n' + b"c,d\n" * (MAX_CELL // 4 + 10) + b"e,f\n"
    found = told(read, content)
    assert "is a quotation mark not closed?" in found[0]
    assert found[-1].endswith(" e")


def test_large_cells_are_read() -> None:
    content = b"title,body\na," + b"x" * (1 << 20) + b"\n"
    assert len(articles(read, content)[0].body[0]) == 1 << 20


def test_limit_of_the_process_is_left_as_it_was() -> None:
    before = csv.field_size_limit()
    articles(read, TABLE.encode())
    assert csv.field_size_limit() == before


def test_columns_may_be_mapped() -> None:
    fields = Fields({"title": "b"})
    assert [one.title for one in articles(read, b"a,b\n1,2\n", fields)] == ["2"]


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (TABLE.encode(), True),
        (b"title,body\n", True),
        (b"name,body\na,b\n", False),
        ("Bài báo, tác giả, và ngày\nmột, hai, ba\n".encode(), False),
        ("Hà Nội, title, body\nmột dòng dài\nhai\nba\n".encode(), False),
        (b"", False),
    ],
)
def test_table_is_recognised_by_a_column_of_titles(head: bytes, is_one: bool) -> None:
    assert is_table(head) == is_one


@given(
    st.lists(
        st.lists(st.text(alphabet="ab,;\"'\n ", max_size=6), min_size=2, max_size=2), min_size=1
    ),
    st.sampled_from(",;\t|"),
)
def test_what_python_writes_is_read(rows: list[list[str]], separator: str) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, lineterminator="\n")
    writer.writerows([["headline", "category"], *([f"t{a}", b] for a, b in rows)])
    content = file.getvalue().encode()
    assert separator_of(content) == separator
    assert [one.title.replace("\n", " ") for one in articles(read, content)] == [
        " ".join(part for line in f"t{a}".split("\n") if (part := line.strip())) for a, _ in rows
    ]


@given(st.binary(max_size=300), st.sampled_from([b"", b"title,body\n", b'title;url\n"']))
def test_any_bytes_are_read_without_a_crash(content: bytes, start: bytes) -> None:
    outcomes(read, start + content)
    is_table(start + content)
