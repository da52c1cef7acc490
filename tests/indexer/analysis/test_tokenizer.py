import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis import normal_form, tokenize

texts = st.text() | st.text(alphabet="aĂệđÐ19 .,-–/&@_'’\n\u0301\u0323\u200b\u00ad")


def parts(text: str) -> list[str]:
    """The tokens of a text, those that are joined together in one item with `|` between."""
    items: list[str] = []
    for token in tokenize(text):
        if token.joined:
            items[-1] += f"|{token.text}"
        else:
            items.append(token.text)
    return items


@settings(max_examples=500)
@given(texts)
def test_tokens_ascend_without_overlap(text: str) -> None:
    tokens = list(tokenize(text))
    assert all(token.start < token.end for token in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))


@settings(max_examples=500)
@given(texts)
def test_text_of_a_token_is_the_normal_form_of_its_place(text: str) -> None:
    for token in tokenize(text):
        assert token.text == normal_form(text[token.start : token.end])


@settings(max_examples=500)
@given(texts)
def test_every_letter_and_digit_is_in_a_token(text: str) -> None:
    inside = {place for token in tokenize(text) for place in range(token.start, token.end)}
    assert {place for place, sign in enumerate(text) if sign.isalnum()} <= inside


@settings(max_examples=500)
@given(texts)
def test_first_token_is_never_joined(text: str) -> None:
    assert not any(token.joined for token in list(tokenize(text))[:1])


@given(st.lists(st.sampled_from(["Đường", "hoà", "Covid-19", "3,5", "TP.HCM", "–", "“quê”"])))
def test_decomposed_text_has_the_same_tokens(words: list[str]) -> None:
    text = " ".join(words)
    assert parts(unicodedata.normalize("NFD", text)) == parts(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Covid-19", ["covid|19"]),
        ("3,5 tỷ", ["3|5", "tỷ"]),
        ("ngày 12/4/2021", ["ngày", "12|4|2021"]),
        ("TP.HCM", ["tp|hcm"]),
        ("R&D", ["r|d"]),
        ("km 12+300", ["km", "12|300"]),
        ("17:30", ["17|30"]),
        ("2021–2026", ["2021|2026"]),
        ("toasoan@bao.example", ["toasoan|bao|example"]),
        ("kinh tế-xã hội", ["kinh", "tế", "xã", "hội"]),
        ("hết. Tuy", ["hết", "tuy"]),
        ("a, b", ["a", "b"]),
        ("và/hoặc", ["và", "hoặc"]),
        ("19 - 20", ["19", "20"]),
        ("“Dân vận”", ["dân", "vận"]),
        ("vi\u200bệt", ["việt"]),
        ("…!?", []),
        ("", []),
    ],
)
def test_tokens_of(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("F\u201116", "F-16"),
        ("F\u221216", "F-16"),
        ("13\u201010", "13-10"),
        ("３，５", "3,5"),
        ("TP．HCM", "TP.HCM"),
        ("U＆I", "U&I"),
    ],
)
def test_other_hyphens_and_full_width_signs_join_as_the_usual_ones(text: str, same: str) -> None:
    assert parts(text) == parts(same)
