"""What is asked of an engine for a typed text, by the words of a small real index."""

import unicodedata
from collections.abc import Callable
from datetime import date

import pytest

from indexer import QueryError
from indexer.analysis import Abbreviations
from indexer.engines.query import (
    And,
    HasValue,
    MatchNone,
    Near,
    Not,
    Or,
    Phrase,
    Published,
    Query,
    Synonyms,
    Term,
    Within,
)
from indexer.search.compiling import Compiled, Options, Vocabulary, compile_query
from indexer.search.compiling.patterns import MAX_EXPANSION
from indexer.search.marks import Marks
from indexer.search.syntax import parse

Compile = Callable[..., Compiled]

DUONG = ("duong", "dương", "đương", "đường")
MAY = ("may", "máy")
STREET = Phrase((Term("đường"), Term("phố")))


@pytest.fixture
def compiled(vocabulary: Vocabulary) -> Compile:
    def compile_text(text: str, marks: Marks = Marks.AUTO, *, known: bool = False) -> Compiled:
        options = Options(marks, Abbreviations.load() if known else None)
        return compile_query(parse(text), options, vocabulary)

    return compile_text


def free(compiled: Compiled) -> list[Query]:
    return [word.node for word in compiled.plan.words]


def codes(compiled: Compiled) -> list[str]:
    return [notice.code for notice in compiled.notices]


def noticed(text: str, compiled: Compiled) -> list[tuple[str, str]]:
    """The code of each notice, and the part of the text that it is about."""
    return [(notice.code, text[notice.start : notice.end]) for notice in compiled.notices]


# Words and marks


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b"])
def test_empty_text_asks_for_nothing(compiled: Compile, text: str) -> None:
    plan = compiled(text).plan
    assert (plan.words, plan.binding, plan.optional, plan.all_rows()) == ((), (), (), ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("đường", ["đường"]),
        ("đường phố", ["đường", "phố"]),
        ("PHỐ, Đường!", ["phố", "đường"]),
        ("công ty may đ", ["công", "ty", "may", "đ"]),
    ],
)
def test_each_word_is_free_by_itself(compiled: Compile, text: str, words: list[str]) -> None:
    assert free(compiled(text)) == list(map(Term, words))
    assert compiled(text).plan.binding == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("duong", [Synonyms(DUONG)]),
        ("DUONG may", [Synonyms(DUONG), Synonyms(MAY)]),
        ("covid", [Term("covid")]),
        ("lạ may", [Term("lạ"), Term("may")]),
        ("unknown", [Term("unknown")]),
    ],
)
def test_syllables_of_a_query_without_any_mark_stand_for_all_their_forms(
    compiled: Compile, text: str, words: list[Query]
) -> None:
    assert free(compiled(text)) == words


@pytest.mark.parametrize(
    ("text", "is_bare"),
    [
        ("duong pho", True),
        ("duong phố", False),
        ("duong -phố", False),
        ('duong "phố"', False),
        ("duong nguồn:tuổi-trẻ", True),
        ("duong từ:2020", True),
        ("duong hoà*", False),
        ("duong title:phố", False),
    ],
)
def test_a_mark_anywhere_but_in_a_value_makes_a_query_a_marked_one(
    compiled: Compile, text: str, is_bare: bool
) -> None:
    assert compiled(text).plan.bare is is_bare


def test_partly_marked_word_that_no_article_has_is_completed_and_that_is_said(
    compiled: Compile,
) -> None:
    text = "người viêt nam"
    found = compiled(text)
    assert free(found) == [Term("người"), Synonyms(("viết", "việt")), Term("nam")]
    assert noticed(text, found) == [("completed", "viêt")]
    assert "“viêt”" in found.notices[0].message_vi
    assert "“viết”, “việt”" in found.notices[0].message_en


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("nam VIÊT", "VIÊT"),
        ("+viêt", "viêt"),
        ("tiêu-đề:viêt", "viêt"),
        ("nam/viêt", "viêt"),
        ('"nam  viêt" nam', "nam  viêt"),
        ('"nam viêt" nam', "viêt"),
        ("(nam OR viêt) nam", "viêt"),
        ("nam NEAR/3 viêt", "viêt"),
        ("viêt viêt", "viêt"),
        (unicodedata.normalize("NFD", "nam viêt"), unicodedata.normalize("NFD", "viêt")),
    ],
)
def test_completed_word_is_pointed_at_once_where_it_was_typed(
    compiled: Compile, text: str, part: str
) -> None:
    found = [one for one in noticed(text, compiled(text)) if one[0] == "completed"]
    assert [(code, part_of.strip('"')) for code, part_of in found] == [("completed", part)]


def test_exact_marks_take_every_word_as_typed(compiled: Compile) -> None:
    found = compiled("duong viêt", Marks.EXACT)
    assert free(found) == [Term("duong"), Term("viêt")]
    assert codes(found) == []


def test_free_marks_let_every_word_have_more_marks(compiled: Compile) -> None:
    found = compiled("máy duong", Marks.FREE)
    assert free(found) == [Term("máy"), Synonyms(DUONG)]


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize("typed", ["Đường hoà", "Ðường hòa", "ĐƯỜNG HOÀ"])
def test_spelling_of_a_query_does_not_matter(compiled: Compile, form: str, typed: str) -> None:
    text = unicodedata.normalize(form, typed)  # type: ignore[arg-type]
    assert free(compiled(text)) == [Term("đường"), Term("hòa")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Covid-19", ("covid", "19")),
        ("TP.HCM", ("tp", "hcm")),
        ("12/4/2021", ("12", "4", "2021")),
        ("3,5", ("3", "5")),
    ],
)
def test_parts_of_a_name_or_number_are_one_word_in_a_row(
    compiled: Compile, text: str, parts: tuple[str, ...]
) -> None:
    assert free(compiled(text)) == [Phrase(tuple(map(Term, parts)))]


@pytest.mark.parametrize("text", ["?!", '""', "…", "\ud800", "_", "%"])
def test_query_without_letter_or_digit_is_refused_as_a_whole(compiled: Compile, text: str) -> None:
    with pytest.raises(QueryError, match="no letter and no digit") as refusal:
        compiled(text)
    error = refusal.value
    assert (error.position, error.length, error.part) == (0, len(text), text)
    assert "không có chữ" in error.message_vi


# Phrases


@pytest.mark.parametrize("text", ['"{}"', "“{}”", "„{}”", "„{}“", "«{}»"])
def test_phrase_by_itself_binds(compiled: Compile, text: str) -> None:
    plan = compiled(text.format("đường phố")).plan
    assert (plan.words, plan.binding) == ((), (STREET,))


@pytest.mark.parametrize(
    ("text", "binding", "words"),
    [
        ('"đường phố" hoa', (STREET,), ["hoa"]),
        ('"đường phố" "xa lộ"', (STREET, Phrase((Term("xa"), Term("lộ")))), []),
        ('"đường"', (Term("đường"),), []),
        ('"" đường', (), ["đường"]),
        ('"đường phố"~2', (Phrase(STREET.members, 2),), []),
        ('"duong pho"', (Phrase((Synonyms(DUONG), Term("phố"))),), []),
        ('"phố đường" +xa', (Phrase((Term("phố"), Term("đường"))), Term("xa")), []),
    ],
)
def test_quotes_bind_what_is_between_them(
    compiled: Compile, text: str, binding: tuple[Query, ...], words: list[str]
) -> None:
    found = compiled(text)
    assert (found.plan.binding, free(found)) == (binding, list(map(Term, words)))
    assert codes(found) == []


@pytest.mark.parametrize("text", ['"đường phố', 'đường phố"', "“đường phố", 'đường" phố'])
def test_words_beside_a_lone_quotation_mark_are_free(compiled: Compile, text: str) -> None:
    assert free(compiled(text)) == [Term("đường"), Term("phố")]


def test_phrase_that_is_nowhere_still_binds_beside_operators(compiled: Compile) -> None:
    nowhere = Phrase((Term("phố"), Term("đường")))
    for text in ('"phố đường" AND trên', '"phố đường" -xa', '+"phố đường" trên'):
        plan = compiled(text).plan
        parts = [
            p for node in plan.binding for p in (node.parts if isinstance(node, And) else [node])
        ]
        assert nowhere in parts


# Operators


@pytest.mark.parametrize(
    ("text", "binding"),
    [
        ("đường AND phố", And((Term("đường"), Term("phố")))),
        ("đường VÀ phố", And((Term("đường"), Term("phố")))),
        ("đường OR phố", Or((Term("đường"), Term("phố")))),
        ("đường HOẶC phố", Or((Term("đường"), Term("phố")))),
        ("NOT phố", Not(Term("phố"))),
        ("KHÔNG phố", Not(Term("phố"))),
        ("-phố", Not(Term("phố"))),
        ("+phố", Term("phố")),
        ("+TP.HCM", Phrase((Term("tp"), Term("hcm")))),
        ("-(đường phố)", Not(And((Term("đường"), Term("phố"))))),
        ("đường phố OR xa", Or((And((Term("đường"), Term("phố"))), Term("xa")))),
        ("đường AND NOT phố", And((Term("đường"), Not(Term("phố"))))),
        ("đường NEAR/4 phố", Near((Term("đường"), Term("phố")), 4)),
        ('xa GẦN/2 "đường phố"', Near((Term("xa"), STREET), 2)),
        ("phố OR phố", Term("phố")),
    ],
)
def test_operators_bind(compiled: Compile, text: str, binding: Query) -> None:
    plan = compiled(text).plan
    assert (plan.words, plan.binding) == ((), (binding,))


def test_signs_leave_the_other_words_free(compiled: Compile) -> None:
    found = compiled("đường +phố -xa lộ")
    assert free(found) == [Term("đường"), Term("lộ")]
    assert found.plan.binding == (Term("phố"), Not(Term("xa")))


def test_excluded_words_are_neither_wanted_nor_neighbours(compiled: Compile) -> None:
    found = compiled("đường -lạ phố -(hoa máy)")
    assert [word.typed for word in found.words] == ["đường", "phố"]
    assert found.plan.rows == ((("đường",),), (("phố",),))


def test_sides_of_an_operator_are_no_neighbours(compiled: Compile) -> None:
    assert compiled("đường phố OR xa lộ").plan.rows == (
        (("đường",), ("phố",)),
        (("xa",), ("lộ",)),
    )


# Fields


@pytest.mark.parametrize(
    ("text", "binding"),
    [
        ("tiêu-đề:phố", Within(("title",), Term("phố"))),
        ("title:duong", Within(("title",), Synonyms(DUONG))),
        ('sapo:"đường phố"', Within(("lead",), STREET)),
        ("title:(đường OR phố)", Within(("title",), Or((Term("đường"), Term("phố"))))),
        ("nguồn:tuoitre", HasValue("source", ("Tuổi Trẻ",))),
        ('source:"Tuổi Trẻ"', HasValue("source", ("Tuổi Trẻ",))),
        ("mục:thể-thao", HasValue("section", ("the-thao",))),
        ("nguồn:v*", HasValue("source", ("VnExpress",))),
        (
            "nguồn:(VnExpress OR tuổi-trẻ)",
            Or((HasValue("source", ("VnExpress",)), HasValue("source", ("Tuổi Trẻ",)))),
        ),
        ("nguồn:(Tuổi Trẻ)", HasValue("source", ("Tuổi Trẻ",))),
        ("-nguồn:vnexpress", Not(HasValue("source", ("VnExpress",)))),
        ("ngày:2021-04", Published(date(2021, 4, 1), date(2021, 4, 30))),
        ("ngày:01/04/2021..08/04/2021", Published(date(2021, 4, 1), date(2021, 4, 8))),
        ("từ:2021", Published(date(2021, 1, 1), None)),
        ("đến:2021-04", Published(None, date(2021, 4, 30))),
    ],
)
def test_fields_and_dates_bind(compiled: Compile, text: str, binding: Query) -> None:
    found = compiled(text)
    assert (found.plan.words, found.plan.binding) == ((), (binding,))
    assert codes(found) == []


def test_value_that_no_article_has_matches_nothing_and_is_pointed_at(compiled: Compile) -> None:
    text = "giá nguồn:thanhniên"
    found = compiled(text)
    assert found.plan.binding == (MatchNone(),)
    assert noticed(text, found) == [("no_value", "thanhniên")]


def test_values_of_facets_are_no_wanted_words(compiled: Compile) -> None:
    found = compiled("nguồn:(Tuổi Trẻ) phố")
    assert [word.typed for word in found.words] == ["phố"]


# Patterns


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("hoà*", {"hòa", "hoàng"}),
        ("hòa*", {"hòa", "hoàng"}),
        ("HOÀ*", {"hòa", "hoàng"}),
        ("hoa*", {"hoa", "hòa", "hoàng"}),
        ("m?y", {"may", "máy"}),
        ("đư?ng", {"đương", "đường"}),
        ("*xpress", {"*xpress"}),
    ],
)
def test_pattern_is_one_word_of_all_terms_that_it_fits(
    compiled: Compile, text: str, forms: set[str]
) -> None:
    (word,) = compiled(text).plan.words
    assert word.text == text
    ((found,),) = word.readings
    assert set(found) == forms


def test_pattern_that_fits_nothing_is_a_word_that_is_missing(compiled: Compile) -> None:
    first, second = free(compiled("zz* xx*"))
    assert first != second


def test_patterns_of_too_many_words_together_are_refused_where_there_are_too_many(
    vocabulary: Vocabulary,
) -> None:
    class Large:
        """The words of an index of which each letter begins a good many."""

        def expand(self, pattern: str, _limit: int, *, bare: bool = False) -> object:
            found = vocabulary.expand("a*", 1, bare=bare)
            terms = tuple(f"{pattern}{number}" for number in range(MAX_EXPANSION // 2))
            return type(found)(terms=terms, total=len(terms))

        def __getattr__(self, name: str) -> object:
            return getattr(vocabulary, name)

    compile_query(parse("phố a* b* a*"), Options(), Large())  # type: ignore[arg-type]
    text = "phố a* b* c* lạ"
    with pytest.raises(
        QueryError, match=r"up to c\* stand for 7,500 words; at most 5,000"
    ) as told:
        compile_query(parse(text), Options(), Large())  # type: ignore[arg-type]
    error = told.value
    assert text[error.position : error.position + error.length] == error.part == "c*"
    assert "7.500 từ" in error.message_vi


def test_pattern_of_too_many_words_is_refused_where_it_stands(vocabulary: Vocabulary) -> None:
    class Vast:
        """The words of an index so large that no test can build it."""

        def expand(self, _pattern: str, _limit: int, *, bare: bool = False) -> object:
            found = vocabulary.expand("a*", 1, bare=bare)
            return type(found)(terms=found.terms, total=MAX_EXPANSION + 1)

        def __getattr__(self, name: str) -> object:
            return getattr(vocabulary, name)

    text = "phố a* lạ"
    with pytest.raises(QueryError, match=r"a\* stands for 5,001 words; at most 5,000") as refusal:
        compile_query(parse(text), Options(), Vast())  # type: ignore[arg-type]
    error = refusal.value
    assert text[error.position : error.position + error.length] == error.part == "a*"
    assert "5.001 từ" in error.message_vi
