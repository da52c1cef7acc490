import string

import pytest
from hypothesis import given, settings

from indexer import QueryError
from indexer.search.syntax import (
    MAX_DEPTH,
    MAX_NOTICES,
    MAX_QUERY_LENGTH,
    MESSAGES,
    NoticeKind,
    Quoted,
    Sequence,
    Word,
    leaves,
    parse,
)
from tests.indexer.search.syntax.typed_texts import typed_texts

DEEP = "(" * (MAX_DEPTH + 1) + "a OR b" + ")" * (MAX_DEPTH + 1)

MISTAKES = [
    # text, code, the wrong part, the mend, the words that it is read as
    ('"giá vàng', "unclosed_quote", '"', '"giá vàng"', "giá vàng"),
    ('giá vàng"', "unclosed_quote", '"', "giá vàng", "giá vàng"),
    ("a (b OR c", "unclosed_parenthesis", "(", "a (b OR c)", "a b c"),
    ("vàng (", "unclosed_parenthesis", "(", "vàng", "vàng"),
    ("vàng -title:(", "unclosed_parenthesis", "(", "vàng", "vàng title"),
    ("a) b", "unopened_parenthesis", ")", "a b", "a b"),
    ("đường AND", "dangling_operator", "AND", "đường", "đường AND"),
    ("HOẶC đường", "dangling_operator", "HOẶC", "đường", "HOẶC đường"),
    ("a AND OR b", "dangling_operator", "AND", "a OR b", "a AND b"),
    ("a NOT", "dangling_operator", "NOT", "a", "a NOT"),
    ("(AND a)", "dangling_operator", "AND", "(a)", "AND a"),
    ("(a b) NEAR/5 c", "near_sides", "NEAR/5", "(a b) c", "a b NEAR/5 c"),
    ("title:a GẦN/5 c", "near_sides", "GẦN/5", "title:a c", "a GẦN/5 c"),
    ('"a b"~2 NEAR/5 c', "near_sides", "NEAR/5", '"a b"~2 c', "a b NEAR/5 c"),
    ("a NEAR/5 title:b", "near_sides", "NEAR/5", "a title:b", "a NEAR/5 b"),
    ("a NEAR/x b", "bad_distance", "NEAR/x", None, "a NEAR/x b"),
    ("a NEAR/ b", "bad_distance", "NEAR/", None, "a NEAR b"),
    ("giá NEAR vàng", "bad_distance", "NEAR", "giá NEAR/5 vàng", "giá NEAR vàng"),
    ("giá GẦN vàng", "bad_distance", "GẦN", "giá GẦN/5 vàng", "giá GẦN vàng"),
    (f"a NEAR/{'9' * 30} b", "distance_out_of_range", f"NEAR/{'9' * 30}", "a NEAR/63 b", "a b"),
    ("a NEAR/900 b", "distance_out_of_range", "NEAR/900", "a NEAR/63 b", "a b"),
    ("a NEAR/0 b", "distance_out_of_range", "NEAR/0", "a NEAR/1 b", "a b"),
    ('"a b"~900', "distance_out_of_range", "~900", '"a b"~63', "a b"),
    ('"a b"~', "bad_slop", "~", '"a b"', "a b"),
    ('"a b"~x', "bad_slop", "~", '"a b" x', "a b x"),
    ("ngày:2021-13", "bad_date", "ngày:2021-13", None, "ngày:2021-13"),
    ('ngày:"8/4/x"', "bad_date", 'ngày:"8/4/x"', None, "ngày 8/4/x"),
    ("ngày:(2021)", "bad_date", "ngày:", None, "ngày 2021"),
    ("a từ:2022 đến:2021", "disjoint_dates", "đến:2021", "a từ:2021 đến:2022", "a"),
    ("a AND (đến:2021 +từ:2022)", "disjoint_dates", "từ:2022", "a AND (đến:2022 +từ:2021)", "a"),
    ("a ngày:2021 ngày:2022", "disjoint_dates", "ngày:2022", None, "a"),
    ("b OR a ngày:2021 từ:2022", "disjoint_dates", "từ:2022", None, "b a"),
    ("nguồn:", "empty_field", "nguồn:", None, "nguồn"),
    ('nguồn:""', "empty_field", "nguồn:", None, "nguồn"),
    ("nguồn:“ ” vàng", "empty_field", "nguồn:", "vàng", "nguồn vàng"),
    ("a nguồn:", "empty_field", "nguồn:", "a", "a nguồn"),
    ("a (title:)", "empty_field", "title:", "a ()", "a title"),
    ("title:() a", "empty_field", "title:", None, "title a"),
    ("-title:() a", "empty_field", "title:", None, "title a"),
    ("titel:abc", "unknown_field", "titel:abc", "title:abc", "titel:abc"),
    ("title:(a tag:b)", "nested_field", "tag:", None, "a tag b"),
    ("title:(a ngày:2021)", "nested_field", "ngày:2021", None, "a ngày:2021"),
    ('"cảng* biển"', "ignored_wildcard", "*", '"cảng biển"', "cảng* biển"),
    ("x=y*", "ignored_wildcard", "x=y*", None, "x=y"),
    (DEEP, "too_deep", "(", None, "a b"),
    ("?!", "no_words", "?!", None, "?!"),
    (' "" ', "no_words", '""', None, '""'),
]


@pytest.mark.parametrize(("text", "code", "part", "mend", "words"), MISTAKES)
def test_mistake_is_noted_where_it_is_and_read_as_words(
    text: str, code: str, part: str, mend: str | None, words: str
) -> None:
    parsed = parse(text)
    (found,) = parsed.notices
    assert (found.code, text[found.start : found.end], found.mend) == (code, part, mend)
    assert parsed.root is not None
    in_tree = [leaf.text for leaf in leaves(parsed.root) if isinstance(leaf, Word | Quoted)]
    assert " ".join(in_tree) == words


@pytest.mark.parametrize("text", [text for text, *_ in MISTAKES])
def test_mistake_is_an_error_in_strict_mode(text: str) -> None:
    (found,) = parse(text).notices
    with pytest.raises(QueryError) as refusal:
        parse(text, strict=True)
    error = refusal.value
    assert (error.position, error.length) == (found.start, found.end - found.start)
    assert (error.part, error.mend) == (text[found.start : found.end], found.mend)
    assert (error.message, error.message_vi) == (found.message_en, found.message_vi)


INFORMATION = [
    # text, code, the part that is meant, what was perhaps meant
    ("UBND OR HĐND", "capital_operator", "OR", "ubnd OR hđnd"),
    ("UBND AND HĐND NOT TP.HCM", "capital_operator", "AND", "ubnd AND hđnd NOT tp.hcm"),
    ("UBND GẦN/3 HĐND", "capital_operator", "GẦN/3", "ubnd GẦN/3 hđnd"),
    ("2021 OR 2022", "capital_operator", "OR", None),
    ("title: vàng", "spaced_field", "title:", "title:vàng"),
    ('giá nguồn: "Tuổi Trẻ"', "spaced_field", "nguồn:", 'giá nguồn:"Tuổi Trẻ"'),
    ("vàng ngày: 2021-04", "spaced_field", "ngày:", "vàng ngày:2021-04"),
]


@pytest.mark.parametrize(("text", "code", "part", "meant"), INFORMATION)
def test_what_was_perhaps_meant_is_told_and_nothing_is_refused(
    text: str, code: str, part: str, meant: str | None
) -> None:
    (found,) = parse(text, strict=True).notices
    assert (found.code, text[found.start : found.end], found.mend) == (code, part, meant)
    assert found.kind is NoticeKind.INFORMATION


@pytest.mark.parametrize("text", [text for text, *_ in MISTAKES])
def test_notices_of_mistakes_say_so(text: str) -> None:
    assert [found.kind for found in parse(text).notices] == [NoticeKind.MISTAKE]


@pytest.mark.parametrize(
    "text",
    [
        *("OR HĐND", "UBND OR", "TỪ: HÀ NỘI", "Từ: Hà Nội", "giá vàng GẦN", "từ:2021 đến:2021"),
        *("a (từ:2022 OR đến:2021)", "từ:2022 NOT đến:2021", "từ:2022 -đến:2021"),
        "TIN NÓNG: BÃO SỐ 5 VÀ MƯA LŨ, KHÔNG AI ĐƯỢC RA KHƠI",
        "Nguồn: Báo Tuổi Trẻ, số ra ngày 5 tháng 4",
    ],
)
def test_what_is_likely_meant_as_it_is_typed_has_no_notice(text: str) -> None:
    assert parse(text).notices == ()


MENDS = [mend for *_, mend, _ in MISTAKES] + [mend for *_, mend in INFORMATION]


@pytest.mark.parametrize("mend", [mend for mend in MENDS if mend is not None])
def test_mend_has_no_mistake(mend: str) -> None:
    assert parse(mend, strict=True).notices == ()


def test_every_kind_of_notice_is_tested() -> None:
    codes = {code for _, code, *_ in (*MISTAKES, *INFORMATION)}
    assert codes | {"reversed_dates"} == set(MESSAGES)


@pytest.mark.parametrize("code", MESSAGES)
def test_messages_are_sentences_that_name_the_same_in_both_languages(code: str) -> None:
    message = MESSAGES[code]
    names = [{name for _, name, *_ in string.Formatter().parse(text)} for text in message[:2]]
    assert names[0] == names[1]
    assert all(text[-1] in ".?" for text in message[:2])


def test_messages_show_the_wrong_part_and_what_is_possible() -> None:
    (found,) = parse("a GẦN/900 b").notices
    assert (
        found.message_vi == "Khoảng cách trong GẦN/900 phải từ 1 đến 63; 63 đã được dùng thay vào."
    )
    assert found.message_en == "The distance in GẦN/900 must be from 1 to 63; 63 was used instead."


def test_notices_come_in_the_order_of_the_text() -> None:
    codes = [found.code for found in parse('AND ngày:x a) "b').notices]
    assert codes == ["dangling_operator", "bad_date", "unopened_parenthesis", "unclosed_quote"]


def test_of_very_many_mistakes_the_first_are_noted() -> None:
    notices = parse("titel:a " * 200).notices
    assert [found.start for found in notices] == [8 * place for place in range(MAX_NOTICES)]


def test_strict_mode_refuses_the_first_mistake() -> None:
    with pytest.raises(QueryError) as refusal:
        parse("ngày:x a AND", strict=True)
    assert refusal.value.position == 0


def test_mistake_in_a_mistake_excludes_nothing() -> None:
    assert parse("-(a").root == Word("a")
    assert parse("-title:() a").root == Sequence((Word("title"), Word("a")))


@pytest.mark.parametrize(
    "text",
    [
        'Thu Minh: "Tôi rất thích Chi Pu nhưng chưa thể gọi cô ấy là ca sĩ',
        "Bắt đầu 'bung” hàng tết",
        "a) Giá vàng hôm nay b) Giá dầu thế giới ngày mai",
        "Tài xế cho khách áo mưa được mệnh danh tốt nhất báo:",
    ],
)
def test_lone_marks_of_headlines_are_no_mistakes(text: str) -> None:
    parse(text, strict=True)


def test_lone_marks_in_a_long_text_with_operators_are_mistakes() -> None:
    text = '(giá vàng OR giá bạc) AND (thế giới OR "trong nước hôm nay'
    codes = [found.code for found in parse(text).notices]
    assert codes == ["unclosed_parenthesis", "unclosed_quote"]


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("sign", ["(", "x", '"', "NOT ", "-("])
def test_text_that_is_too_long_is_refused_where_it_is(sign: str, *, strict: bool) -> None:
    text = sign * 10_000
    with pytest.raises(QueryError, match="2,000 are possible") as refusal:
        parse(text, strict=strict)
    error = refusal.value
    assert (error.position, error.length) == (MAX_QUERY_LENGTH, len(text) - MAX_QUERY_LENGTH)
    assert error.mend == text[:MAX_QUERY_LENGTH]
    assert "2.000 ký tự" in error.message_vi


def test_longest_text_is_read() -> None:
    assert parse("x" * MAX_QUERY_LENGTH).root == Word("x" * MAX_QUERY_LENGTH)


@settings(max_examples=400)
@given(typed_texts)
def test_strict_mode_refuses_exactly_what_has_mistakes(text: str) -> None:
    parsed = parse(text)
    mistakes = [found for found in parsed.notices if found.kind is NoticeKind.MISTAKE]
    if mistakes:
        with pytest.raises(QueryError) as refusal:
            parse(text, strict=True)
        assert refusal.value.position == mistakes[0].start
    else:
        assert parse(text, strict=True) == parsed
