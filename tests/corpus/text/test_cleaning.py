import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.cleaning import cleaned, without_boilerplate


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Ph&ugrave;ng &quot;A&quot; &amp; B&#7879;nh", 'Phùng "A" & Bệnh'),
        ("Việt\u200b Nam\xad\ufeff", "Việt Nam"),
        ("ti\u200dếng", "tiếng"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("AT&T; a & b;", "AT&T; a & b;"),
        ("hai\xa0tiếng\n\tba", "hai\xa0tiếng\n\tba"),
        ("tiê\u0301ng", "tiê\u0301ng"),
    ],
)
def test_only_what_is_no_letter_and_no_sign_goes(text: str, clean: str) -> None:
    assert cleaned(text) == clean


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Z"], exclude_characters="&")))
def test_letters_and_signs_stay(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize(
    "line",
    [
        "Xem thêm: Bắt hai đối tượng",
        "XEM THÊM",
        "Xem thêm tại đây.",
        ">> Xem thêm những vụ án khác",
        "Xem thêm > > > Truy bắt thủ phạm",
        "Mời độc giả xem thêm: Video",
        "Đọc thêm: a",
        "Tin liên quan:",
        "Bài viết liên quan",
    ],
)
def test_lines_that_lead_elsewhere_go(line: str) -> None:
    assert without_boilerplate(["a", line, "b"]) == (["a", "b"], [])


@pytest.mark.parametrize(
    "line",
    [
        "Xem thêm các hình ảnh của buổi lễ, nhiều người không cầm được nước mắt.",
        "Đọc thêm sách là cách học tốt.",
        "Liên quan đến vụ việc, công an đã vào cuộc.",
        "Tin liên quan đến vụ án được công bố chiều nay.",
        "> 50 người bị thương.",
    ],
)
def test_sentences_that_begin_alike_stay(line: str) -> None:
    assert without_boilerplate(["a", line]) == (["a", line], [])


def test_list_of_tags_at_the_end_is_told_apart() -> None:
    body = ["Từ khóa: đầu bài", *"abcdef", "Từ khóa: Đà Nẵng, phạt nguội."]
    assert without_boilerplate(body) == (body[:-1], ["Đà Nẵng", "phạt nguội"])
