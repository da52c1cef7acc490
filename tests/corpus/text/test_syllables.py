import unicodedata
from itertools import islice
from pathlib import Path

import pytest

from corpus import read_articles
from corpus.text.syllables import is_syllable

SYLLABLES = """
a ở yêu Việt NGHIÊNG quốc quyển gì giếng giết nghệ hoà hòa thuỷ thủy kỹ kĩ đường ĐẢNG Đà khuỷu
ngoằn xoong oanh uống ướt loạc choạc quý quí lượn khúc khuya
"""


@pytest.mark.parametrize("text", SYLLABLES.split())
def test_syllables_are_known_in_any_form(text: str) -> None:
    assert is_syllable(text)
    assert is_syllable(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ngệ", "ng before ê"),
        ("kà", "k before a"),
        ("quố", "no such rime after qu"),
        ("mot", "t asks for sắc or nặng"),
        ("mòt", "t asks for sắc or nặng"),
        ("tiếếng", "two tones"),
        ("bń", "a tone on a consonant"),
        ("vIệt", "case"),
        ("jà", "no such onset"),
        ("été", "no such syllable"),
        ("", "empty"),
        ("a" * 1000, "long"),
    ],
)
def test_what_breaks_a_rule_is_no_syllable(text: str, why: str) -> None:
    assert not is_syllable(text), why


def test_words_with_marks_of_real_articles_are_syllables(shared_data: Path) -> None:
    articles = read_articles(shared_data / "data" / "vietnews.jsonl.zst")
    words = [
        word
        for article in islice(articles, 300)
        for paragraph in article.body
        for word in paragraph.split()
        if word.isalpha() and word.islower() and not word.isascii()
    ]
    assert sum(map(is_syllable, words)) > 0.995 * len(words)
