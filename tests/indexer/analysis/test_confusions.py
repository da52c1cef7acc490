import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis import bare_form, confusions, normal_form
from indexer.analysis.confusions import LONGEST_TERM, MOST_CONFUSIONS
from tests.indexer.analysis.syllables import every_syllable

SYLLABLES = tuple(every_syllable())
FORMS = frozenset(map(normal_form, SYLLABLES))
BARE_FORMS = frozenset(map(bare_form, FORMS))
terms = st.one_of(
    st.sampled_from(SYLLABLES).map(normal_form),
    st.sampled_from(SYLLABLES).map(normal_form).map(bare_form),
    st.text("aăâeêiouơưystrnhgcđdl\u0301\u0309", max_size=9).map(normal_form),
    st.text(max_size=20).map(normal_form),
)


@settings(max_examples=400)
@given(terms)
def test_cost_ascends_from_above_0_to_1(term: str) -> None:
    costs = [cost for _, cost in confusions(term)]
    assert all(0 < cost <= 1 for cost in costs)
    assert all(a <= b for a, b in pairwise(costs))


@settings(max_examples=400)
@given(terms)
def test_confusions_are_other_normal_forms_each_once(term: str) -> None:
    forms = [form for form, _ in confusions(term)]
    assert term not in forms
    assert len(set(forms)) == len(forms)
    assert [normal_form(form) for form in forms] == forms


@given(st.sampled_from(sorted(FORMS)))
def test_syllable_is_confused_with_a_bounded_number_of_syllables(form: str) -> None:
    found = [other for other, _ in confusions(form)]
    assert 0 < len(found) <= MOST_CONFUSIONS
    assert all(other in FORMS or (form.isascii() and other in BARE_FORMS) for other in found)


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=30))
def test_number_for_other_words_is_bounded_too(word: str) -> None:
    found = list(confusions(word))
    assert len(found) <= max(MOST_CONFUSIONS, 35 * (len(word) + 1))
    assert not found or len(word) <= LONGEST_TERM


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *[("nghành", "ngành"), ("ngiêng", "nghiêng"), ("gế", "ghế"), ("cính", "kính")],
        *[("kuộc", "cuộc"), ("cuyết", "quyết"), ("iêu", "yêu"), ("nghỹ", "nghĩ")],
        *[("ngỉ", "nghĩ"), ("sữa", "sửa"), ("cũng", "củng"), ("mảnh", "mãnh")],
        *[("xuất", "suất"), ("suất", "xuất"), ("chường", "trường"), ("truyện", "chuyện")],
        *[("dành", "giành"), ("giành", "dành"), ("rễ", "dễ"), ("vào", "dào"), ("già", "dà")],
        *[("nàm", "làm"), ("lăm", "năm"), ("bàn", "bàng"), ("mặc", "mặt"), ("chích", "chít")],
        *[("tay", "tai"), ("viêt", "việt"), ("xuơng", "xương"), ("duong", "đường")],
        *[("đuờng", "đường"), ("duờng", "đường"), ("tieng", "tiếng"), ("việtt", "việt")],
        *[("tiêgn", "tiếng"), ("tiếgn", "tiếng"), ("nguuyễn", "nguyễn"), ("nguyen", "nguyễn")],
        *[("nguyẽn", "nguyễn"), ("hững", "những"), ("trườngg", "trường"), ("chính", "chín")],
        *[
            ("fường", "phường"),
            ("họx", "học"),
            ("giêng", "diêng"),
            ("gì", "dì"),
            ("dì", "gì"),
            ("rựu", "rượu"),
        ],
    ],
)
def test_what_was_meant_is_among_the_confusions(typed: str, meant: str) -> None:
    assert meant in dict(confusions(typed))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *[("facebok", "facebook"), ("ronadlo", "ronaldo"), ("gogle", "google")],
        *[("messsi", "messi"), ("covud", "covid"), ("nguuyen", "nguyen"), ("truogn", "truong")],
        *[("chuong", "truong"), ("sanh", "xanh"), ("hoch", "hoc")],
    ],
)
def test_word_without_marks_is_confused_with_words_without_marks(typed: str, meant: str) -> None:
    assert meant in dict(confusions(typed))


@pytest.mark.parametrize("typed", ["2021", "covid19", "", "a1", "xy\u0301\u0300"])
def test_what_is_no_word_has_no_confusions(typed: str) -> None:
    assert list(confusions(normal_form(typed))) == []


@pytest.mark.parametrize(
    ("typed", "likelier", "less_likely"),
    [
        ("nghỉ", "nghĩ", "nghị"),
        ("sữa", "sửa", "xữa"),
        ("viêt", "việt", "diệt"),
        ("chường", "trường", "chưởng"),
        ("nghành", "ngành", "ngạnh"),
        ("facebok", "facebook", "facebolk"),
    ],
)
def test_likelier_confusion_comes_first(typed: str, likelier: str, less_likely: str) -> None:
    costs = dict(confusions(typed))
    assert costs[likelier] < costs[less_likely]


def test_hook_and_tilde_are_confused_in_every_syllable() -> None:
    for syllable in SYLLABLES:
        decomposed = unicodedata.normalize("NFD", syllable)
        if "\u0309" in decomposed:
            other = unicodedata.normalize("NFC", decomposed.replace("\u0309", "\u0303"))
            assert normal_form(other) in dict(confusions(normal_form(syllable)))


def test_doubled_letter_of_any_syllable_is_mended() -> None:
    for syllable in SYLLABLES[::7]:
        last = unicodedata.normalize("NFD", syllable[-1])[0]
        typed = normal_form(syllable + last)
        if typed not in FORMS:
            assert normal_form(syllable) in dict(confusions(typed)), typed
