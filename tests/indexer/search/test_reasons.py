"""Why an article matches: how each typed word stands in it."""

import dataclasses
import unicodedata

import pytest

from corpus import Article
from indexer.analysis import tokenize
from indexer.search.paragraphs import paragraphs_of
from indexer.search.reasons import Reason, ReasonFinder, ReasonKind, TypedToken, TypedWord

ARTICLE = Article(
    title="Hoà giải ở cảng Cát Lái",
    lead="UBND TP.HCM họp về Covid-19.",
    body=("Mỹ và Việt Nam; 3,5 tấn.", "Đường phố có Ủy ban, nhân dân."),
    captions=("Ảnh: kĩ sư",),
)


def typed(
    text: str, *forms: tuple[str, ...], others: tuple[tuple[tuple[str, ...], ...], ...] = ()
) -> TypedWord:
    tokens = list(tokenize(text))
    of_each = forms or tuple((token.text,) for token in tokens)
    return TypedWord(
        text,
        tuple(
            TypedToken(text[token.start : token.end], token.text, of_token)
            for token, of_token in zip(tokens, of_each, strict=True)
        ),
        others,
    )


def reason(word: TypedWord, article: Article = ARTICLE) -> Reason:
    (found,) = ReasonFinder([word]).reasons(paragraphs_of(article))
    assert found.typed == word.typed
    return found


@pytest.mark.parametrize(
    "text", ["hoà", "HOÀ", "cảng", "mỹ", "kĩ", "TP.HCM", "covid-19", "3,5", "hoa\u0300"]
)
def test_word_as_typed_is_exact_but_for_case(text: str) -> None:
    assert reason(typed(text)) == Reason(text, ReasonKind.EXACT)


@pytest.mark.parametrize(
    ("text", "found"), [("hòa", "hoà"), ("Mĩ", "mỹ"), ("kỹ", "kĩ"), ("Vịêt", "việt")]
)
def test_other_spelling_of_a_word_is_told(text: str, found: str) -> None:
    assert reason(typed(text)) == Reason(text, ReasonKind.SPELLING, (found,))


def test_added_marks_are_told() -> None:
    word = typed("duong", ("duong", "dương", "đường"))
    assert reason(word) == Reason("duong", ReasonKind.MARKS, ("đường",))
    assert reason(typed("hoa", ("hoa", "hòa"))) == Reason("hoa", ReasonKind.MARKS, ("hoà",))


def test_pattern_tells_what_fits_it() -> None:
    word = TypedWord("c*", (TypedToken("c*", "c*", ("cảng", "cát", "chợ"), is_pattern=True),))
    assert reason(word) == Reason("c*", ReasonKind.PATTERN, ("cát", "cảng"))


def test_word_that_an_article_lacks_is_missing() -> None:
    assert reason(typed("xăng")) == Reason("xăng", ReasonKind.MISSING)


@pytest.mark.parametrize("text", ["Cát.Mỹ", "3,6", "HCM.TP", "19/covid", "Lái.UBND", "tấn.đường"])
def test_name_whose_parts_do_not_stand_side_by_side_is_missing(text: str) -> None:
    assert reason(typed(text)).kind is ReasonKind.MISSING


def test_name_is_as_good_as_its_worst_part() -> None:
    word = typed("hòa.giai", ("hòa",), ("giai", "giải"))
    assert reason(word) == Reason("hòa.giai", ReasonKind.MARKS, ("hoà giải",))


def test_best_of_several_places_is_told() -> None:
    article = Article(title="hoà, rồi hòa", body=("hoá",))
    assert reason(typed("hòa"), article).kind is ReasonKind.EXACT
    assert reason(typed("hoa", ("hòa", "hóa")), article).found == ("hoà", "hoá", "hòa")


def test_other_way_to_say_a_word_is_told_where_the_word_itself_is_missing() -> None:
    word = typed("Uỷ.Ban.x", others=((("ubnd",), ("ủy", "ban")),))
    assert reason(word) == Reason("Uỷ.Ban.x", ReasonKind.ABBREVIATION, ("ubnd", "ủy ban"))


def test_long_form_whose_words_are_scattered_is_no_other_way() -> None:
    word = typed("VNHG", others=((("việt", "nam", "hòa", "giải"),),))
    assert reason(word).kind is ReasonKind.MISSING
    assert reason(typed("VN", others=((("việt", "nam"),),))).kind is ReasonKind.ABBREVIATION


def test_word_that_stands_for_itself_too_is_missing_though_an_abbreviation_is_there() -> None:
    assert reason(typed("đân", others=((("ubnd",),), ()))).kind is ReasonKind.MISSING


def test_all_text_of_an_article_counts_in_any_normalisation_form() -> None:
    decomposed = Article(title=unicodedata.normalize("NFD", "Người viết"))
    assert reason(typed("viết"), decomposed).kind is ReasonKind.EXACT


def test_reason_as_json() -> None:
    expected = {"word": "hòa", "kind": "spelling", "found": ["hoà"], "field": None}
    assert reason(typed("hòa")).to_dict() == expected


@pytest.mark.parametrize(
    ("text", "field", "kind", "found"),
    [
        ("hoà", "title", ReasonKind.EXACT, ()),
        ("việt", "body", ReasonKind.EXACT, ()),
        ("hoà", "lead", ReasonKind.MISSING, ()),
        ("ubnd", "lead", ReasonKind.EXACT, ()),
        ("ubnd", "body", ReasonKind.ABBREVIATION, ("uỷ ban nhân dân",)),
    ],
)
def test_word_of_a_field_is_looked_for_in_it_alone(
    text: str, field: str, kind: ReasonKind, found: tuple[str, ...]
) -> None:
    article = dataclasses.replace(ARTICLE, body=("Mỹ và Việt Nam.", "Uỷ ban nhân dân tỉnh."))
    spelled_out = (("ủy", "ban", "nhân", "dân"),)
    word = dataclasses.replace(typed(text, others=(spelled_out,)), field=field)
    assert reason(word, article) == Reason(text, kind, found, field)
