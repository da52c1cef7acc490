import unicodedata

import pytest

from indexer.schema import FACETS, TEXT_FIELDS
from indexer.search.syntax import (
    FIELD_NAMES,
    Excluded,
    InField,
    Or,
    Pattern,
    Quoted,
    Sequence,
    Word,
    parse,
)


@pytest.mark.parametrize(
    ("names", "field"),
    [
        ("tiêu-đề tieu-de tiêuđề tieude title TITLE Tiêu-Đề", "title"),
        ("sapo lead tóm-tắt tomtat", "lead"),
        ("nội-dung noidung body", "body"),
        ("chú-thích chuthich caption captions", "captions"),
        ("tác-giả tacgia author", "author"),
        ("nguồn nguon báo bao source", "source"),
        ("mục chuyên-mục chuyenmuc section", "section"),
        ("thẻ the tag", "tag"),
    ],
)
def test_names_are_known_with_and_without_marks_and_hyphens(names: str, field: str) -> None:
    for name in names.split():
        for form in ("NFC", "NFD"):
            text = unicodedata.normalize(form, f"{name}:x")
            assert parse(text, strict=True).root == InField(field, Word("x")), text


@pytest.mark.parametrize("name", ["bão", "thể", "mức", "tú", "đen", "ngáy", "foo", "http", "U23"])
def test_other_words_before_a_colon_are_words(name: str) -> None:
    assert parse(f"{name}:x", strict=True).root == Word(f"{name}:x")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("title:abc", Word("abc")),
        ("title：abc,", Word("abc")),
        ("title:Covid-19", Word("Covid-19")),
        ("title:cảng*", Pattern("cảng*")),
        ('title:"a b"~2', Quoted("a b", 2)),
        ("title:“a b”", Quoted("a b")),
        ("title:(a b)", Sequence((Word("a"), Word("b")))),
        ("title:(a OR b)", Or((Word("a"), Word("b")))),
        ("title:(a -b)", Sequence((Word("a"), Excluded(Word("b"))))),
        ("title:AND", Word("AND")),
        ("title:x:y", Word("x:y")),
    ],
)
def test_field_is_about_what_stands_directly_behind_its_colon(text: str, part: Word) -> None:
    assert parse(text, strict=True).root == InField("title", part)


def test_only_the_first_word_behind_a_field_is_in_it() -> None:
    assert parse("báo:Tuổi Trẻ").root == Sequence((InField("source", Word("Tuổi")), Word("Trẻ")))


@pytest.mark.parametrize("text", ["nguồn: abc", "báo: “abc”", "title : abc", "title :abc"])
def test_colon_with_a_space_makes_no_field(text: str) -> None:
    parsed = parse(text, strict=True)
    assert isinstance(parsed.root, Sequence)
    assert not any(isinstance(part, InField) for part in parsed.root.parts)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("titel", "title"),
        ("tittle", "title"),
        ("tieu-dee", "tiêu-đề"),
        ("tieu-đề", "tiêu-đề"),
        ("tiếu-đề", "tiêu-đề"),
        ("ngùon", "nguồn"),
        ("sorce", "source"),
    ],
)
def test_name_that_is_nearly_known_is_a_word_and_offered(typed: str, meant: str) -> None:
    parsed = parse(f"a {typed}:x")
    assert parsed.root == Sequence((Word("a"), Word(f"{typed}:x")))
    (found,) = parsed.notices
    assert (found.code, found.mend) == ("unknown_field", f"a {meant}:x")


def test_canonical_fields_are_fields_of_the_schema() -> None:
    assert set(FIELD_NAMES) == {*TEXT_FIELDS, *FACETS, "date", "from", "to"}
