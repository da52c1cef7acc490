import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis import tokenize
from indexer.search.syntax import (
    MAX_DEPTH,
    And,
    Excluded,
    InField,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Published,
    Quoted,
    Required,
    Sequence,
    Word,
    leaves,
    parse,
    visible,
)
from tests.indexer.search.syntax.typed_texts import typed_texts

A, B, C, D = map(Word, "abcd")


def words(text: str) -> Node:
    return Sequence(tuple(map(Word, text.split())))


def root(text: str) -> Node:
    """The tree of a text that has no mistake."""
    parsed = parse(text, strict=True)
    assert parsed.root is not None
    assert parsed.notices == ()
    return parsed.root


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u3000\u00a0", "\u200b", "\x00"])
def test_text_that_shows_nothing_has_no_tree(text: str) -> None:
    parsed = parse(text, strict=True)
    assert (parsed.root, parsed.notices) == (None, ())


@pytest.mark.parametrize(
    "word", ["đường", "Covid-19", "TP.HCM", "3,5", "12/4/2021", "Hỏi/đáp", "AT&T", "C:D", "x=y"]
)
def test_run_of_letters_digits_and_signs_is_one_word(word: str) -> None:
    assert root(word) == Word(word)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("giá vàng, hôm nay!", "giá vàng hôm nay"),
        ("'Tú ông' sa lưới?", "Tú ông sa lưới"),
        ("Việt Nam - Thái Lan", "Việt Nam Thái Lan"),
        ("Nguồn: Tuổi Trẻ", "Nguồn Tuổi Trẻ"),
        ("giá\u3000vàng\u00a0hôm\u2009nay", "giá vàng hôm nay"),
        ("giá vàng 😀 ***", "giá vàng"),
    ],
)
def test_signs_around_words_say_nothing(text: str, same: str) -> None:
    assert parse(text, strict=True).root == words(same)


def test_words_one_after_the_other_are_a_sequence() -> None:
    assert root("a b c") == Sequence((A, B, C))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a AND b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("NOT a", Not(A)),
        ("a NOT b", And((A, Not(B)))),
        ("a AND NOT b", And((A, Not(B)))),
        ("NOT NOT a", Not(Not(A))),
        ("a OR b AND c", Or((A, And((B, C))))),
        ("a AND b OR c", Or((And((A, B)), C))),
        ("NOT a AND b", And((Not(A), B))),
        ("NOT a OR b", Or((Not(A), B))),
        ("a AND b AND c", And((A, B, C))),
        ("(a AND b) AND c", And((A, B, C))),
        ("(a OR b) AND c", And((Or((A, B)), C))),
        ("NOT (a OR b)", Not(Or((A, B)))),
    ],
)
def test_not_binds_closer_than_and_which_binds_closer_than_or(text: str, tree: Node) -> None:
    assert root(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a b OR c d", Or((Sequence((A, B)), Sequence((C, D))))),
        ("a b AND c", And((Sequence((A, B)), C))),
        ("a NOT b c", And((A, Not(Sequence((B, C)))))),
        ("a (b OR c) d", Sequence((A, Or((B, C)), D))),
    ],
)
def test_words_hold_together_more_closely_than_operators(text: str, tree: Node) -> None:
    assert root(text) == tree


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        ("a VÀ b", "a AND b"),
        ("a HOẶC b", "a OR b"),
        ("a KHÔNG b", "a NOT b"),
        ("a GẦN/5 b", "a NEAR/5 b"),
        ("ａ ＡＮＤ ｂ", "ａ AND ｂ"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_operators_are_vietnamese_or_english(vietnamese: str, english: str, form: str) -> None:
    assert root(unicodedata.normalize(form, vietnamese)) == root(english)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["a and b", "a And b", "a và b", "a Hoặc b", "không b"])
def test_operators_in_lower_case_are_words(text: str) -> None:
    assert root(text) == words(text)


@pytest.mark.parametrize("text", ["TIN NÓNG VÀ MỚI", "HÀ NỘI AND HUẾ", "KHÔNG", "2021 OR 2022"])
def test_operators_in_a_text_without_lower_case_are_words(text: str) -> None:
    assert parse(text, strict=True).root in (words(text), Word(text))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a +b -c", Sequence((A, Required(B), Excluded(C)))),
        ("-a", Excluded(A)),
        ("a (b -c)", Sequence((A, Sequence((B, Excluded(C)))))),
        ('a -"b c"', Sequence((A, Excluded(Quoted("b c"))))),
        ("a -“b c”", Sequence((A, Excluded(Quoted("b c"))))),
        ("a －b", Sequence((A, Excluded(B)))),
        ("a -(b OR c)", Sequence((A, Excluded(Or((B, C)))))),
        ("(-a b)", Sequence((Excluded(A), B))),
        ("a -title:b", Sequence((A, Excluded(InField("title", B))))),
        ("+a NEAR/2 b", Required(Near(A, B, 2))),
    ],
)
def test_signs_are_about_what_stands_directly_behind(text: str, tree: Node) -> None:
    assert root(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("U -23", "U 23"),
        ("tập 5 -6", "tập 5 6"),
        ("a - b", "a b"),
        ("a -", "a"),
        ("--a", "a"),
        ("+-a", "a"),
        ("a –b", "a b"),
        ("b +", "b"),
        ("+84 tỷ", "84 tỷ"),
    ],
)
def test_dash_that_is_not_directly_before_a_letter_is_punctuation(text: str, tree: str) -> None:
    assert root(text) in (words(tree), Word(tree))


@pytest.mark.parametrize("text", ["a-b", "1-a", "a+b", "x.-y"])
def test_sign_inside_a_word_is_no_sign(text: str) -> None:
    assert root(text) == Word(text)


@pytest.mark.parametrize(
    "text",
    ["(a b) c", "a (b) c", "((a) b) c", "(a b c)", "a(b)c", "（a b） c", "a () b c", "(a b c"],
)
def test_parentheses_around_plain_words_group_nothing(text: str) -> None:
    assert parse(text).root == Sequence((A, B, C))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a NEAR/5 b", Near(A, B, 5)),
        ("c a NEAR/5 b d", Sequence((C, Near(A, B, 5), D))),
        ('"a b" NEAR/3 c', Near(Quoted("a b"), C, 3)),
        ("a NEAR/5 b NEAR/2 c", Sequence((Near(A, B, 5), Near(B, C, 2)))),
        ("-a NEAR/5 b NEAR/2 c", Sequence((Excluded(Near(A, B, 5)), Excluded(Near(B, C, 2))))),
        ("NEAR b", Sequence((Word("NEAR"), B))),
    ],
)
def test_near_joins_the_words_beside_it(text: str, tree: Node) -> None:
    assert root(text) == tree


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("cảng*", "cảng*"),
        ("cảng＊", "cảng*"),
        ("cảng*?", "cảng*"),
        ("*ường", "*ường"),
        ("th?ng", "th?ng"),
        ("th？ng", "th?ng"),
        ("TH?NG", "TH?NG"),
        ("tr*ng", "tr*ng"),
        ("Covid-1*", "Covid-1*"),
        ("(cảng*),", "cảng*"),
    ],
)
def test_word_with_wildcards_is_a_pattern(text: str, pattern: str) -> None:
    assert root(text) == Pattern(pattern)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("text", ["sao?", "thế?Nếu", "đâu?!", "2018?Tại", "?đường"])
def test_question_mark_of_a_sentence_is_no_wildcard(text: str, form: str) -> None:
    text = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    assert root(text) == Word(text.strip("?!"))


@pytest.mark.parametrize(
    ("text", "word"),
    [("\\VÀ", "VÀ"), ("\\title:a", "title:a"), ("\\th?ng", "th?ng"), ("\\-b", "b"), ('\\"x', "x")],
)
def test_backslash_takes_the_meaning_from_what_is_behind(text: str, word: str) -> None:
    assert root(f"{text} a") == Sequence((Word(word), A))


def test_nodes_know_where_they_stand_in_the_typed_text() -> None:
    text = unicodedata.normalize("NFD", "  giá -nguồn:(tuổi trẻ) “đảo xa”~2 từ:2021, cảng*")
    parsed = parse(text, strict=True).root
    assert isinstance(parsed, Sequence)
    typed = [unicodedata.normalize("NFC", text[part.start : part.end]) for part in parsed.parts]
    assert typed == ["giá", "-nguồn:(tuổi trẻ)", "“đảo xa”~2", "từ:2021,", "cảng*"]


def test_places_do_not_count_when_trees_are_compared() -> None:
    assert root("a  b") == root("a b")


@pytest.mark.parametrize("opening", ["(", "(a ", "NOT ", "-(", "NOT (a OR "])
def test_deepest_text_has_a_tree_of_limited_depth(opening: str) -> None:
    parsed = parse(opening * (1900 // len(opening)) + "x y")
    assert parsed.root is not None
    assert depth(parsed.root) <= 4 * MAX_DEPTH + 2


def test_depth_up_to_the_limit_is_read() -> None:
    text = "-(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH
    assert depth(root(text)) == MAX_DEPTH + 1


def depth(node: Node) -> int:
    match node:
        case Sequence(parts) | And(parts) | Or(parts):
            return 1 + max(map(depth, parts))
        case Not(part) | Required(part) | Excluded(part) | InField(_, part):
            return 1 + depth(part)
        case _:
            return 1


@settings(max_examples=400)
@given(typed_texts)
def test_every_text_is_read_in_lenient_mode(text: str) -> None:
    parsed = parse(text)
    for found in parsed.notices:
        assert 0 <= found.start < found.end <= len(text)
    if parsed.root is not None:
        check(parsed.root, 0, len(text))


def check(node: Node, start: int, end: int) -> None:
    """Nodes lie inside of their parents, and trees hold only what they may."""
    assert start <= node.start < node.end <= end
    match node:
        case Sequence(parts) | And(parts) | Or(parts):
            assert len(parts) > 1
            assert not isinstance(node, And | Or) or type(node) not in map(type, parts)
            for part in parts:
                check(part, node.start, node.end)
        case Not(part) | Required(part) | Excluded(part) | InField(_, part):
            check(part, node.start, node.end)
        case Near(left, right):
            check(left, node.start, node.end)
            check(right, node.start, node.end)
        case Published(first, last):
            assert first or last
        case Quoted(text):
            assert any(tokenize(text))


@settings(max_examples=400)
@given(typed_texts)
def test_no_word_is_lost_or_added(text: str) -> None:
    grammar = ("~", "/", ":", "NEAR", "GẦN", "AND", "OR", "NOT", "VÀ", "HOẶC", "KHÔNG", "ＡＮＤ")
    for sign in grammar:
        text = text.replace(sign, " ")
    parsed = parse(text)
    found = [] if parsed.root is None else leaves(parsed.root)
    in_tree = [
        token.text
        for leaf in found
        if not isinstance(leaf, Published)
        for token in tokenize(leaf.text)
    ]
    assert in_tree == [token.text for token in tokenize(visible(text))]


@settings(max_examples=200)
@given(typed_texts, st.sampled_from("\u202e\u2066\u200e\u00ad\x00\x07\x9b"), st.integers(0, 99))
def test_characters_that_show_nothing_say_nothing(text: str, hidden: str, place: int) -> None:
    place %= len(text) + 1
    assert parse(text[:place] + hidden + text[place:]) == parse(text)
