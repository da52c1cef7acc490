import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.analysis import bare_form, normal_form
from tests.indexer.analysis.syllables import spellings


@settings(max_examples=1000)
@given(spellings())
def test_every_spelling_of_a_syllable_has_one_form(pair: tuple[str, str]) -> None:
    normal, typed = pair
    assert normal_form(typed) == normal


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("Việt", "việt"),
        ("vịêt", "việt"),
        ("gìa", "già"),
        ("qúa", "quá"),
        ("qúy", "quý"),
        ("gịơ", "giợ"),
        ("hùynh", "huỳnh"),
        ("kĩ", "kỹ"),
        ("lí", "lý"),
        ("Hi", "hy"),
        ("sỹ", "sĩ"),
        ("vỵ", "vị"),
        ("quí", "quý"),
        ("qúi", "quý"),
        ("quít", "quýt"),
        ("Ɖà", "đà"),
        ("tie\u0301\u0302ng", "tiếng"),
        ("ti\u00e9\u0302ng", "tiếng"),
        ("ngu\u0301\u031b", "ngứ"),
        ("gì", "gì"),
        ("gìn", "gìn"),
        ("ĐƯỜNG", "đường"),
        ("Ðà", "đà"),
        ("toàn", "toàn"),
        ("khuỷu", "khuỷu"),
        ("ngoằn", "ngoằn"),
        ("19", "19"),
        ("ＴＰ", "tp"),
        ("vi\u00adệt", "việt"),
        ("việt\u200b", "việt"),
    ],
)
def test_form_of(typed: str, form: str) -> None:
    assert normal_form(typed) == form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tai", "tay"),
        ("thui", "thuy"),
        ("hai", "hay"),
        ("cui", "cuy"),
        ("ý", "í"),
        ("y", "i"),
        ("Thi", "Thy"),
        ("kì", "kìm"),
        ("quét", "quyét"),
        ("lít", "lýt"),
        ("giạ", "già"),
        ("quiet", "quyet"),
        ("mày", "mài"),
        ("quốc", "cuốc"),
    ],
)
def test_different_words_have_different_forms(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


def test_foreign_mark_does_not_keep_a_word_from_its_bare_form() -> None:
    assert bare_form(normal_form("Mï")) == normal_form("Mi")


@pytest.mark.parametrize("word", ["résumé", "naïve", "übung", "façade", "bùớm", "señor"])
def test_word_that_is_no_syllable_keeps_its_marks(word: str) -> None:
    assert normal_form(word) == word


@settings(max_examples=500)
@given(st.text())
@example("ÞÐ")
@example("İ")
def test_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    form = normal_form(text)
    assert normal_form(form) == form


@settings(max_examples=500)
@given(st.text(), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_unicode_form_does_not_matter(text: str, form: str) -> None:
    assert normal_form(unicodedata.normalize(form, text)) == normal_form(text)  # type: ignore[arg-type]


@given(spellings())
def test_bare_form_is_ascii(pair: tuple[str, str]) -> None:
    assert bare_form(pair[0]).isascii()


@pytest.mark.parametrize(
    ("term", "bare"), [("đường", "duong"), ("ưỡn", "uon"), ("may", "may"), ("hòa", "hoa")]
)
def test_bare_form_of(term: str, bare: str) -> None:
    assert bare_form(term) == bare


@settings(max_examples=500)
@given(st.text())
def test_bare_form_of_a_term_is_a_normal_form_without_marks(text: str) -> None:
    bare = bare_form(normal_form(text))
    assert (normal_form(bare), bare_form(bare)) == (bare, bare)
