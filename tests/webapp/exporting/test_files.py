"""What the files of exports hold, and who can read them again."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, PublicationDate, read_articles, sample_articles
from tests.webapp.conftest import ODD_ARTICLES
from webapp.exporting import ExportFormat, bibtex_entry, file_chunks
from webapp.exporting.csv_table import COLUMNS

ARTICLES = (*sample_articles(), *ODD_ARTICLES)

texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('=+-@",;{}\\%\t\n'),
    max_size=20,
)
titles = texts.map(lambda text: f"{text}x")
articles = st.builds(
    Article,
    title=titles,
    lead=texts,
    body=st.lists(texts).map(tuple),
    source=texts,
    authors=st.lists(texts).map(tuple),
)


def _file(form: ExportFormat, chosen: object = ARTICLES, *, bom: bool = False) -> bytes:
    return b"".join(file_chunks(chosen, form, bom=bom))  # type: ignore[arg-type]


def _table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))


# CSV


def test_a_table_has_a_header_and_a_row_for_each_article() -> None:
    rows = _table(_file(ExportFormat.CSV))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["id"] for row in rows] == [article.id for article in ARTICLES]


def test_a_table_has_every_field_of_an_article() -> None:
    assert set(COLUMNS) == set(ARTICLES[0].to_dict())


def test_lists_and_paragraphs_are_set_apart_in_a_cell() -> None:
    article = Article(
        title="Bài", body=("Một, hai", "Ba"), authors=("An", "Bình"), tags=("x", "y")
    )
    [row] = _table(_file(ExportFormat.CSV, [article]))
    assert (row["body"], row["authors"], row["tags"]) == ("Một, hai\n\nBa", "An; Bình", "x; y")


@given(article=articles)
def test_no_cell_of_a_table_can_be_run_as_a_formula(article: Article) -> None:
    [row] = _table(_file(ExportFormat.CSV, [article]))
    assert not any(cell.startswith(tuple("=+-@\t\r\n")) for cell in row.values())
    for name in ("title", "lead", "source"):
        assert row[name].removeprefix("'") == getattr(article, name).removeprefix("'")


def test_lines_of_a_table_end_as_the_standard_wants() -> None:
    data = _file(ExportFormat.CSV, [Article(title="Bài", lead='"Sapo"')])
    assert data.count(b"\r\n") == 2
    assert data.endswith(b"\r\n")
    assert b'"""Sapo"""' in data


def test_only_a_table_gets_a_byte_order_mark_and_only_where_wanted() -> None:
    assert _file(ExportFormat.CSV, bom=True) == b"\xef\xbb\xbf" + _file(ExportFormat.CSV)
    for form in (ExportFormat.JSONL, ExportFormat.BIBTEX):
        assert _file(form, bom=True) == _file(form)


# JSON Lines


def test_an_index_can_be_built_of_exported_lines(tmp_path: Path) -> None:
    path = tmp_path / "result.jsonl"
    samples = list(sample_articles())
    path.write_bytes(_file(ExportFormat.JSONL, samples))
    assert list(read_articles(path)) == samples


@given(article=articles)
def test_a_line_holds_the_article_exactly(article: Article) -> None:
    [line] = _file(ExportFormat.JSONL, [article]).decode().splitlines()
    assert Article.from_dict(json.loads(line)) == article


# BibTeX


def _entries(text: str) -> Iterator[str]:
    """Cut a bibliography at the braces of its entries, as BibTeX does."""
    depth, start = 0, 0
    for place, character in enumerate(text):
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            assert depth >= 0
            if not depth:
                yield text[start : place + 1].strip()
                start = place + 1
    assert depth == 0
    assert not text[start:].strip()


@given(chosen=st.lists(articles, max_size=3))
def test_a_bibliography_has_an_entry_for_each_article_whatever_they_hold(
    chosen: list[Article],
) -> None:
    entries = list(_entries(_file(ExportFormat.BIBTEX, chosen).decode()))
    assert len(entries) == len(chosen)
    assert all(re.match(r"@(article|misc)\{[^\s{},]+,\n", entry) for entry in entries)


def test_an_entry_names_paper_authors_day_and_address() -> None:
    article = Article(
        id="bai-1",
        title="Giá 5% & {hơn}",
        authors=("Nguyễn Văn An", "Trần Bình"),
        source="Báo Sông",
        url="https://bao.example/a_b?c={d}",
        published=PublicationDate.of_day(2021, 4, 8),
        tags=("giá", "xăng"),
    )
    assert bibtex_entry(article) == (
        "@article{bai-1,\n"
        "  title = {{Giá 5\\% \\& \\textbraceleft{}hơn\\textbraceright{}}},\n"
        "  author = {{Nguyễn Văn An} and {Trần Bình}},\n"
        "  journal = {Báo Sông},\n"
        "  url = {https://bao.example/a_b?c=%7Bd%7D},\n"
        "  keywords = {giá, xăng},\n"
        "  year = {2021},\n"
        "  month = apr,\n"
        "  day = {8},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("published", "lines"),
    [
        (None, 0),
        (PublicationDate.of_year(2021), 1),
        (PublicationDate.of_month(2021, 4), 2),
        (PublicationDate.parse("2021-04-08T12:00:00+07:00"), 3),
    ],
)
def test_an_entry_invents_no_day(published: PublicationDate | None, lines: int) -> None:
    entry = bibtex_entry(Article(title="Bài", published=published))
    assert len(re.findall(r"^  (year|month|day) =", entry, re.MULTILINE)) == lines


def test_keys_of_odd_ids_differ() -> None:
    keys = {bibtex_entry(article).partition(",")[0] for article in ODD_ARTICLES}
    assert len(keys) == len(ODD_ARTICLES)


# Streaming


def test_articles_are_read_as_they_are_written() -> None:
    read = 0

    def counted() -> Iterator[Article]:
        nonlocal read
        for number in range(5_000):
            read += 1
            yield Article(title=f"Bài {number}", body=("chữ " * 50,))

    next(file_chunks(counted(), ExportFormat.JSONL))
    assert read < 1_000
