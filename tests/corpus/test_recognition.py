import unicodedata

import pytest

from corpus.formats import json_lines, plain_text
from corpus.recognition import UnknownFormError, recognise

NGUON = "Tiêu đề\n\nNguồn Quảng Bình\n"


@pytest.mark.parametrize(
    "head",
    [
        b'{"title": 1}',
        b'\xef\xbb\xbf\n {"a": 1}',
        b'broken\n{"a": 1}\n{"b": 2}\n',
        b'{\n{"a": 1}\n{"b": 2}\n',
    ],
)
@pytest.mark.parametrize("name", ["a.jsonl", "a.txt", "a"])
def test_objects_are_json_lines_whatever_the_name(head: bytes, name: str) -> None:
    assert recognise(name, head) is json_lines.read


@pytest.mark.parametrize("name", ["a.md", "a.jsonl", "a.html", "a"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_text_with_its_origin_is_an_article_whatever_the_name(name: str, form: str) -> None:
    head = unicodedata.normalize(form, NGUON).encode()  # type: ignore[arg-type]
    assert recognise(name, head) is plain_text.read


@pytest.mark.parametrize("name", ["a.txt", "A.TXT", "a.text", "a"])
def test_text_without_origin_is_an_article_by_its_name(name: str) -> None:
    assert recognise(name, b"[Video] Tin") is plain_text.read


@pytest.mark.parametrize(
    ("name", "head", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b"\xef\xbb\xbf \n", "is empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        ("a.txt", "Tin".encode("utf-16"), "UTF-16"),
        ("a.txt", b"%PDF-1.7", "PDF"),
        ("a.txt", b"<!doctype html>", "HTML"),
        ("a.json", b'[\n{"title": "a"}]', "JSON array"),
        ("a.json", b'{\r\n  "title": "a"\r\n}\n', "several lines"),
        ("a.csv", b"title,body\n", "not an article"),
        ("notes.md", b"# Notes\n", "not an article"),
    ],
)
def test_other_forms_are_named(name: str, head: bytes, reason: str) -> None:
    with pytest.raises(UnknownFormError, match=reason):
        recognise(name, head)


def test_blank_lines_without_end_take_no_time() -> None:
    with pytest.raises(UnknownFormError):
        recognise("a.md", b"x" + b"\n" * 200_000)
