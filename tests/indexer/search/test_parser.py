import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import QueryError
from indexer.engines.query import And, Boosted, MatchAll, Phrase, Query, Synonyms, Term
from indexer.search.parser import MAX_QUERY_LENGTH, parse_query

FORMS = {"duong": ("duong", "dương", "đương", "đường"), "may": ("may", "máy"), "hoa": ("hoa",)}


def forms(bare: str) -> Sequence[str]:
    return FORMS.get(bare, ())


def no_compounds(_text: str) -> Sequence[str]:
    return ()


def required(text: str) -> Query:
    """What a text asks for, without what only moves the hits."""
    query = parse_query(text, forms, no_compounds)
    return query.required if isinstance(query, Boosted) else query


DUONG = Synonyms(FORMS["duong"])
MAY = Synonyms(FORMS["may"])


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_empty_text_asks_for_everything(text: str) -> None:
    assert required(text) == MatchAll()


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("đường", Term("đường")),
        ("đường phố", And((Term("đường"), Term("phố")))),
        ("phố phố", Term("phố")),
        ("PHỐ, phố!", Term("phố")),
        ("công ty may đ", And((Term("công"), Term("ty"), Term("may"), Term("đ")))),
    ],
)
def test_words_must_all_be_found(text: str, query: Query) -> None:
    assert required(text) == query


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("duong", DUONG),
        ("DUONG may", And((DUONG, MAY))),
        ("hoa", Term("hoa")),
        ("lạ may", And((Term("lạ"), Term("may")))),
        ("unknown", Term("unknown")),
        ('"duong may"', Phrase((DUONG, MAY))),
    ],
)
def test_syllables_of_a_bare_query_stand_for_all_their_forms(text: str, query: Query) -> None:
    assert required(text) == query


@pytest.mark.parametrize("text", ['"{}"', "“{}”", "„{}”", "„{}“", "«{}»"])
def test_quoted_words_must_stand_together(text: str) -> None:
    assert required(text.format("đường phố")) == Phrase((Term("đường"), Term("phố")))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ('"đường phố" xa', And((Phrase((Term("đường"), Term("phố"))), Term("xa")))),
        (
            '"đường phố" "xa lộ"',
            And((Phrase((Term("đường"), Term("phố"))), Phrase((Term("xa"), Term("lộ"))))),
        ),
        ('"đường"', Term("đường")),
        ('"" đường', Term("đường")),
    ],
)
def test_quotes_hold_what_is_between_them(text: str, query: Query) -> None:
    assert required(text) == query


@pytest.mark.parametrize("text", ['"đường phố', 'đường phố"', "“đường phố", 'đường" phố'])
def test_quote_without_its_other_half_is_ignored(text: str) -> None:
    assert required(text) == And((Term("đường"), Term("phố")))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Covid-19", ("covid", "19")),
        ("TP.HCM", ("tp", "hcm")),
        ("12/4/2021", ("12", "4", "2021")),
        ("3,5", ("3", "5")),
    ],
)
def test_parts_of_a_name_or_number_must_stand_together(text: str, parts: tuple[str, ...]) -> None:
    assert required(text) == Phrase(tuple(map(Term, parts)))


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_unicode_form_of_a_query_does_not_matter(form: str) -> None:
    text = unicodedata.normalize(form, "Đường hoà")  # type: ignore[arg-type]
    assert required(text) == And((Term("đường"), Term("hòa")))


@pytest.mark.parametrize("text", ["?!", '""', "…", "\ud800", "_", "%"])
def test_query_without_letter_or_digit_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(QueryError, match="no letter and no digit") as refusal:
        parse_query(text, forms, no_compounds)
    assert (refusal.value.position, refusal.value.length) == (0, len(text))


def test_longest_query_is_read() -> None:
    assert parse_query("x" * MAX_QUERY_LENGTH, forms, no_compounds) == Term("x" * MAX_QUERY_LENGTH)


def test_query_that_is_too_long_is_refused_where_it_is() -> None:
    with pytest.raises(QueryError, match="10,000 characters; 2,000 are possible") as refusal:
        parse_query("x" * 10_000, forms, no_compounds)
    assert (refusal.value.position, refusal.value.length) == (MAX_QUERY_LENGTH, 8_000)


@settings(max_examples=300)
@given(st.text() | st.text(alphabet='aĐờ19 "“”„«».,-/'))
def test_text_is_refused_only_for_lack_of_letters_and_digits(text: str) -> None:
    try:
        parse_query(text, forms, no_compounds)
    except QueryError:
        refused = True
    else:
        refused = False
    assert refused == (text.strip() != "" and not any(map(str.isalnum, text)))
