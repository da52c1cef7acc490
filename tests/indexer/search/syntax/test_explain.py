import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.search.syntax import MAX_QUERY_LENGTH, Language, Word, explain, parse
from tests.indexer.search.syntax.typed_texts import any_characters, typed_texts

EXPLAINED = [
    ("", "", ""),
    ("  giá   vàng! ", "giá vàng", "giá vàng"),
    ("a and b", "a and b", "a and b"),
    ("a AND b OR c", "a VÀ b HOẶC c", "a AND b OR c"),
    ("a VÀ (b HOẶC c)", "a VÀ (b HOẶC c)", "a AND (b OR c)"),
    ("a NOT b", "a VÀ KHÔNG b", "a AND NOT b"),
    ("a GẦN/5 b", "a GẦN/5 b", "a NEAR/5 b"),
    ("a +b -“c d”~2", 'a +b -"c d"~2', 'a +b -"c d"~2'),
    ("TIEUDE:x báo:(y z)", "tiêu-đề:x nguồn:(y z)", "title:x source:(y z)"),
    ("ngày:8/4/2021", "ngày:2021-04-08", "date:2021-04-08"),
    ("date:2020..4/2021", "ngày:2020..2021-04", "date:2020..2021-04"),
    ("ngày:2021..", "từ:2021", "from:2021"),
    ("ngày:..2021", "đến:2021", "to:2021"),
    ("a (b (c))", "a b c", "a b c"),
    ("-(1a)", "-(1a)", "-(1a)"),
    ("a AND", "a \\AND", "a \\AND"),
    ("title:(\\th?ng)", "tiêu-đề:(\\th?ng)", "title:(\\th?ng)"),
    ("HÀ NỘI AND HUẾ", "HÀ NỘI AND HUẾ", "HÀ NỘI AND HUẾ"),
    ("TITLE:A AND B", "tiêu-đề:A \\AND B", "title:A \\AND B"),
    ("?!", "?!", "?!"),
]


@pytest.mark.parametrize(("text", "vietnamese", "english"), EXPLAINED)
def test_query_is_written_as_it_was_understood(text: str, vietnamese: str, english: str) -> None:
    root = parse(text).root
    assert explain(root) == vietnamese
    assert explain(root, "en") == english


@pytest.mark.parametrize("language", ["vi", "en"])
@settings(max_examples=500)
@given(text=typed_texts)
def test_what_is_written_is_read_as_the_same_query(language: Language, text: str) -> None:
    root = parse(text).root
    assert parse(explain(root, language)).root == root


@pytest.mark.parametrize("language", ["vi", "en"])
@settings(max_examples=100)
@given(text=typed_texts, copies=st.integers(1, 2_000))
def test_query_of_any_length_is_explained_as_a_text_that_can_be_read(
    language: Language, text: str, copies: int
) -> None:
    parsed = parse(" ".join([text] * copies)[:MAX_QUERY_LENGTH])
    assert parse(parsed.explained(language)).root == parsed.root


def test_explanation_that_is_too_long_for_a_query_is_the_query_as_typed() -> None:
    text = ("tít:a " * 400)[:MAX_QUERY_LENGTH]
    assert parse(text).explained() == text


@settings(max_examples=100)
@given(any_characters)
def test_word_in_any_characters_can_be_written(text: str) -> None:
    root = parse(text).root
    if isinstance(root, Word):
        assert parse(explain(root)).root == root
