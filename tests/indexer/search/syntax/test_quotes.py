import pytest

from indexer.search.syntax import MAX_DISTANCE, Excluded, Node, Quoted, Sequence, Word, parse


def root(text: str) -> Node | None:
    return parse(text, strict=True).root


MARKS = ['"{}"', "“{}”", "„{}”", "„{}“", "«{}»", "＂{}＂", '"{}”', '“{}"', "”{}”"]


@pytest.mark.parametrize("marks", MARKS)
def test_words_between_marks_of_any_kind_are_quoted(marks: str) -> None:
    assert root(marks.format("đường phố")) == Quoted("đường phố")


def test_quote_keeps_what_was_typed_but_its_spaces_and_marks() -> None:
    assert root('"  Sạch!  và\u3000“đẹp” "') == Quoted("Sạch! và đẹp")


@pytest.mark.parametrize("text", ['“a "b" c” d', '"a “b” c" d', "“a «b» c” d"])
def test_marks_inside_of_other_marks_are_part_of_the_quote(text: str) -> None:
    assert root(text) == Sequence((Quoted("a b c"), Word("d")))


def test_double_marks_count_once() -> None:
    assert root('Sao nhí: ""a b "') == Sequence((Word("Sao"), Word("nhí"), Quoted("a b")))


@pytest.mark.parametrize(
    "text",
    ["“a “b” c”", '"a “b” c"', '"“a” b c"', "““a” b c”", '"„a“ b c"', "“a b “c””", '""a b c""'],
)
def test_quote_ends_where_the_quotes_inside_of_it_have_ended(text: str) -> None:
    assert root(text) == Quoted("a b c")


@pytest.mark.parametrize("text", ['""a b"" c "d e"', '“a b"" c "d e"', '"a b”" c "d e"'])
def test_mark_that_closes_once_more_opens_nothing(text: str) -> None:
    assert root(text) == Sequence((Quoted("a b"), Word("c"), Quoted("d e")))


@pytest.mark.parametrize("text", ['a "" b', 'a "!?" b', "a “” b"])
def test_marks_around_nothing_are_punctuation(text: str) -> None:
    assert root(text) == Sequence((Word("a"), Word("b")))


def test_quotes_end_words_beside_them() -> None:
    assert root('a"b c"d') == Sequence((Word("a"), Quoted("b c"), Word("d")))


def test_sign_directly_behind_a_quote_is_punctuation() -> None:
    assert root('"a b"-c') == Sequence((Quoted("a b"), Word("c")))


def test_sign_inside_of_quotes_is_no_sign() -> None:
    assert root('"a -b OR (c"') == Quoted("a -b OR (c")


@pytest.mark.parametrize(("typed", "slop"), [("~3", 3), ("~0", 0), ("～3", 3), ("~63", 63)])
def test_number_behind_a_tilde_is_the_slop(typed: str, slop: int) -> None:
    assert slop <= MAX_DISTANCE
    assert root(f'-"a b"{typed}') == Excluded(Quoted("a b", slop))


@pytest.mark.parametrize("text", ['tivi 55" rẻ', "tivi 55” rẻ", 'tivi 55"'])
def test_lone_mark_behind_a_number_means_inches(text: str) -> None:
    assert root(text) == Sequence(tuple(map(Word, text.replace('"', "").replace("”", "").split())))
