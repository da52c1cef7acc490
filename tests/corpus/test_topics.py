import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import all_topics, topic_of


@pytest.mark.parametrize(
    ("section", "topic"),
    [
        ("chinh-tri", "Chính trị"),
        ("the-thao/bong-da", "Thể thao"),
        ("the-thao/quoc-te", "Thể thao"),
        ("xa-hoi/y-te", "Sức khỏe"),
        ("thoi-su/xa-hoi", "Xã hội"),
        ("giai-tri-so/the-thao", "Thể thao"),
        ("doi-song-191", "Đời sống"),
        ("Pháp luật", "Pháp luật"),
        ("THỂ THAO", "Thể thao"),
        ("kinhdoanh", "Kinh tế"),
        ("covid-19", "Sức khỏe"),
        ("giai-tri/điện-ảnh", "Giải trí"),
    ],
)
def test_section_has_the_topic(section: str, topic: str) -> None:
    assert topic_of(section) == topic


@pytest.mark.parametrize("section", ["", "kinh-te-xa-hoi", "van-hoa-giai-tri", "video", "a/b/c"])
def test_section_that_may_hold_several_topics_has_none(section: str) -> None:
    assert topic_of(section) == ""


def test_topic_is_its_own_topic() -> None:
    assert [topic_of(topic) for topic in all_topics()] == list(all_topics())


@given(st.text())
def test_any_text_can_be_asked_for_its_topic(text: str) -> None:
    assert topic_of(text) in {"", *all_topics()}
