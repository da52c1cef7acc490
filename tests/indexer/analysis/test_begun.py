import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import bare_form, beginnings, can_complete, normal_form, syllables

forms = st.sampled_from(sorted({normal_form(written) for written in syllables()}))


@given(form=forms, data=st.data())
def test_every_beginning_of_a_syllable_can_become_it(form: str, data: st.DataObject) -> None:
    length = data.draw(st.integers(1, len(form)))
    assert any(can_complete(begun, form) for begun in beginnings(form[:length]))


@given(form=forms, data=st.data())
def test_marks_that_are_not_typed_are_free(form: str, data: st.DataObject) -> None:
    bare = bare_form(form)
    assert can_complete(bare[: data.draw(st.integers(1, len(bare)))], form)


@pytest.mark.parametrize(
    ("begun", "form"),
    [("đuo", "đường"), ("đươ", "đường"), ("duơ", "đường"), ("hoà", "hoàng"), ("hòa", "hoàng")],
)
def test_marks_may_be_typed_one_after_the_other(begun: str, form: str) -> None:
    assert can_complete(begun, form)


@pytest.mark.parametrize(
    ("begun", "form"),
    [
        ("đ", "dương"),
        ("đuo", "dương"),
        ("ô", "ở"),
        ("hoá", "hoàng"),
        ("đường", "đườn"),
        ("hà", "ha"),
    ],
)
def test_marks_that_are_typed_bind(begun: str, form: str) -> None:
    assert not can_complete(begun, form)


def test_a_syllable_may_go_on_where_its_normal_form_has_another_letter() -> None:
    assert any(can_complete(begun, "kiên") for begun in beginnings("ki"))
    assert any(can_complete(begun, "kỹ") for begun in beginnings("KĨ"))
