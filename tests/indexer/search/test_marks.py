from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import bare_form, completes, normal_form
from indexer.search.marks import Marks, MarksReader, Reading, is_marked
from tests.indexer.analysis.syllables import spellings

VOCABULARY = ("cong", "công", "hoa", "hóa", "may", "máy", "ty", "tỷ", "viết", "việt", "đương")


def forms(bare: str) -> Sequence[str]:
    return [term for term in VOCABULARY if bare_form(term) == bare]


def read(mode: Marks, *terms: str) -> list[tuple[str, ...]]:
    reader = MarksReader(mode, terms, forms)
    return [reader.read(term).forms for term in terms]


def test_syllables_of_a_query_without_marks_stand_for_every_form() -> None:
    assert read(Marks.AUTO, "cong", "may") == [("cong", "công"), ("may", "máy")]


def test_one_mark_makes_the_unmarked_syllables_mean_themselves() -> None:
    assert read(Marks.AUTO, "công", "ty", "may") == [("công",), ("ty",), ("may",)]


def test_a_stroke_is_a_mark() -> None:
    assert read(Marks.AUTO, "đuong", "may") == [("đương",), ("may",)]


def test_a_partly_marked_syllable_that_no_article_has_is_completed() -> None:
    reader = MarksReader(Marks.AUTO, ["viêt"], forms)
    assert reader.read("viêt") == Reading(("viết", "việt"), completed=True)


def test_a_completion_keeps_the_marks_that_were_typed() -> None:
    assert read(Marks.AUTO, "viét") == [("viết",)]


def test_a_syllable_that_nothing_completes_stays_as_it_is() -> None:
    assert read(Marks.AUTO, "ngoẳng") == [("ngoẳng",)]
    assert not MarksReader(Marks.AUTO, ["ngoẳng"], forms).read("ngoẳng").completed


def test_exact_takes_a_query_without_marks_as_it_is() -> None:
    assert read(Marks.EXACT, "cong", "may") == [("cong",), ("may",)]


def test_free_completes_each_syllable_whatever_the_others_have() -> None:
    assert read(Marks.FREE, "công", "ty", "may") == [("công",), ("ty", "tỷ"), ("may", "máy")]


syllables = spellings().map(lambda pair: normal_form(pair[0]))


@given(st.lists(syllables, min_size=1, max_size=6), st.sampled_from(Marks))
def test_typed_marks_bind_in_every_mode(terms: list[str], mode: Marks) -> None:
    everything = {
        bare: [t for t in terms if bare_form(t) == bare] for bare in map(bare_form, terms)
    }
    reader = MarksReader(mode, terms, lambda bare: everything.get(bare, []))
    for term in terms:
        readings = reader.read(term).forms
        assert term in readings
        assert all(completes(form, term) for form in readings)


@given(st.lists(syllables, min_size=1, max_size=6))
def test_a_bare_query_finds_what_the_marked_one_does(terms: list[str]) -> None:
    bare = [bare_form(term) for term in terms]
    everything = sorted({*terms, *bare})

    def known(wanted: str) -> list[str]:
        return [term for term in everything if bare_form(term) == wanted]

    reader = MarksReader(Marks.AUTO, bare, known)
    assert all(t in reader.read(b).forms for t, b in zip(terms, bare, strict=True))


@pytest.mark.parametrize(
    ("form", "term", "expected"),
    [
        ("việt", "viêt", True),
        ("việt", "viẹt", True),
        ("việt", "viét", False),
        ("đường", "dường", True),
        ("dường", "đuong", False),
        ("hóa", "hoa", True),
        ("hoa", "hóa", False),
        ("tiền", "tiện", False),
        ("tiền", "tien", True),
        ("tiền", "tiên", True),
        ("tuổi", "tuôi", True),
    ],
)
def test_a_form_completes_a_term_if_it_has_all_its_marks(
    form: str, term: str, expected: bool
) -> None:
    assert completes(form, term) is expected


@given(syllables)
def test_a_term_is_marked_unless_it_is_its_own_bare_form(term: str) -> None:
    assert is_marked(term) is (term != bare_form(term))
