import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.damage import damage_in

WHOLE = (
    "Chặn đứng 2 nhóm giang hồ mang hung khí hỗn chiến trên quốc lộ 57, cách cầu Hàm Luông "
    "khoảng 3 km. Công an thu giữ 5 kg pháo và 12 đoạn ống tuýp dài 80 cm."
)


@pytest.mark.parametrize("encoding", ["cp1252", "cp1258"])
def test_letters_that_an_encoding_could_not_hold_are_missed(encoding: str) -> None:
    damaged = WHOLE.encode(encoding, "ignore").decode(encoding)
    assert "without a vowel" in damage_in([damaged])


@pytest.mark.parametrize(
    "text",
    [
        "tử tù ThỠ“sứt†vừa bị bắt",
        "Äắk Lắk",
        "Má»™t sá»± việc",
        "trưá»ng hợp",
        "nữ quái†chuốc thuốc",
    ],
)
def test_remains_of_a_wrong_decoding_are_found_and_shown(text: str) -> None:
    assert text[:5] in damage_in(["Tiêu đề", text])


def test_replacement_character_is_damage() -> None:
    assert "U+FFFD" in damage_in(["Vi\ufffdt Nam"])


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        "HỒ ĐẠ TẺH, TRẠM ĐẠ M'RÔNG",
        "Giá 5 € một kg, cỡ 3 cm × 2 mm; xem điều 4†",
        "Åse Kleveland và Änderung ở Zürich, «cá» và «á»",
        "tp vs kg",
        "",
    ],
)
def test_whole_text_is_not_suspected(text: str) -> None:
    assert damage_in([text]) == ""


@given(st.lists(st.text(), max_size=4))
def test_any_text_is_looked_at(texts: list[str]) -> None:
    assert isinstance(damage_in(texts), str)
