import unicodedata

import pytest

from corpus.formats import csv_table, html_page, json_documents, json_lines, plain_text
from corpus.formats.source import Reader
from corpus.recognition import UnknownFormError, recognise_binary, recognise_text

NGUON = "Tiêu đề\n\nNguồn Quảng Bình\n"


@pytest.mark.parametrize(
    "head",
    [
        b'{"title": 1}',
        b'\xef\xbb\xbf\n {"a": 1}',
        b'broken\n{"a": 1}\n{"b": 2}\n',
        b'{\n{"a": 1}\n{"b": 2}\n',
        b'{\n{"a": 1}\n',
    ],
)
@pytest.mark.parametrize("name", ["a.jsonl", "a.txt", "a"])
def test_objects_are_json_lines_whatever_the_name(head: bytes, name: str) -> None:
    assert recognise_text(name, head).read is json_lines.read


@pytest.mark.parametrize("name", ["a.md", "a.jsonl", "a.html", "a.csv", "a"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_text_with_its_origin_is_an_article_whatever_the_name(name: str, form: str) -> None:
    head = unicodedata.normalize(form, NGUON).encode()  # type: ignore[arg-type]
    assert recognise_text(name, head).read is plain_text.read


@pytest.mark.parametrize("name", ["a.txt", "A.TXT", "a.text", "a"])
def test_text_without_origin_is_an_article_by_its_name(name: str) -> None:
    assert recognise_text(name, b"[Video] Tin").read is plain_text.read


@pytest.mark.parametrize(
    ("head", "reader"),
    [
        (b'[\n{"title": "a"}]', json_documents.read),
        (b'[{"title": "a"}, {"title": "b"}]', json_documents.read),
        (b"[]", json_documents.read),
        (b'[1, -2.5, "x]", null, {"title": "a"}]', json_documents.read),
        (b'{\r\n  "title": "a"\r\n}\n', json_documents.read),
        (b'{"articles": [{"title": "a"}]}', json_documents.read),
        (
            b'{"total": 1, "articles": [\n{"headline": "a"},\n{"headline": "b"}\n]}',
            json_documents.read,
        ),
        (b'{"title": "a", "images": [{"src": "b"}]}', json_lines.read),
        (b'{"title": "a", "x": "' + b"x" * 100_000, json_lines.read),
        (b'{"articles": [{"title": "a", "x": "' + b"x" * 100_000, json_documents.read),
        (b"<!doctype html><title>a</title>", html_page.read),
        (b'<?xml version="1.0"?><!-- a --><html lang="vi">', html_page.read),
        (b"title,body\na,b\n", csv_table.read),
        (b'"headline";"url"\n"a; b";"c"\n', csv_table.read),
        ("Tiêu đề\tNội dung\na\tb\n".encode(), csv_table.read),
    ],
    ids=lambda value: value[:30] if isinstance(value, bytes) else "",
)
def test_texts_of_other_forms_are_recognised(head: bytes, reader: Reader) -> None:
    assert recognise_text("a.txt", head).read is reader


@pytest.mark.parametrize(
    ("name", "head", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b"\xef\xbb\xbf \n", "is empty"),
        ("a.xml", b"<rss><item/></rss>", "XML"),
        ("a.csv", b"a,b\nc,d\n", "map one of its columns to title: a, b"),
        ("notes.md", b"# Notes\n", "not an article"),
    ],
)
def test_other_texts_are_named(name: str, head: bytes, reason: str) -> None:
    with pytest.raises(UnknownFormError, match=reason):
        recognise_text(name, head)


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1", "RTF"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"SQLite format 3\0", "SQLite"),
    ],
)
def test_other_binary_forms_are_named(head: bytes, reason: str) -> None:
    with pytest.raises(UnknownFormError, match=reason):
        recognise_binary(head)


def test_column_that_the_user_names_makes_a_table() -> None:
    assert recognise_text("a", b"x,y\n1,2\n", ["y"]).read is csv_table.read


@pytest.mark.parametrize(
    "text", ["Hà Nội, Huế, Sài Gòn\nMột đoạn, hai đoạn.", "Title, body and soul\nmore, of it, all"]
)
def test_prose_with_commas_is_no_table(text: str) -> None:
    assert recognise_text("a.txt", text.encode()).read is plain_text.read


def test_blank_lines_without_end_take_no_time() -> None:
    with pytest.raises(UnknownFormError):
        recognise_text("a.md", b"x" + b"\n" * 200_000)
