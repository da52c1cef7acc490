import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.detection import SURE, detect, detect_misread, encoding_named
from corpus.text.transcoding import ENCODINGS
from tests.corpus.text.encoders import ENCODERS

TEXT = (
    "Chiều 8-4, Ủy ban nhân dân huyện tổ chức hội nghị sơ kết phong trào thi đua và triển khai "
    "nhiệm vụ trọng tâm trong thời gian tới ở các xã bãi ngang ven biển."
).replace("Ủy", "ủy")


@pytest.mark.parametrize("name", ENCODERS)
def test_paragraph_in_an_old_encoding_is_recognised_for_sure(name: str) -> None:
    found = detect(ENCODERS[name](TEXT))
    assert found.encoding == name
    assert found.confidence > 0.9999


@pytest.mark.parametrize("name", ENCODERS)
def test_what_stands_around_the_words_does_not_matter(name: str) -> None:
    data = b'{"title": "' + ENCODERS[name](TEXT).replace(b" ", b'\\n<b class="x">') + b'"}'
    assert detect(data).encoding == name


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig"])
def test_utf_8_is_certain(codec: str) -> None:
    assert detect(TEXT.encode(codec)) == detect(b"ASCII")
    assert detect(TEXT.encode(codec)).encoding == "UTF-8"
    assert detect(TEXT.encode(codec)).confidence == 1


@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-16", "UTF-16-LE"), ("utf-16-le", "UTF-16-LE"), ("utf-16-be", "UTF-16-BE")],
)
def test_utf_16_is_recognised_with_and_without_a_mark(codec: str, name: str) -> None:
    assert detect(TEXT.encode(codec)).encoding == name


def test_utf_8_that_is_cut_is_utf_8() -> None:
    data = TEXT.encode()
    for end in range(100, 140):
        assert detect(data[:end], is_whole=False).encoding == "UTF-8"


def test_damage_in_utf_8_lowers_the_confidence() -> None:
    found = detect(TEXT.encode() + b"\xe1 \xff")
    assert found.encoding == "UTF-8"
    assert 0.9 < found.confidence < 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("déjà vu à la crème brûlée, garçon; über allen Gipfeln".encode("cp1252"), "for sure"),
        (b"\xb5", "for sure"),
        (b"\xff\xff " * 20, "for sure"),
        (b"\x00\x01\x02\x03" * 20, "binary data"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary data"),
        ("a".encode("utf-32"), "UTF-32"),
    ],
)
def test_what_is_ambiguous_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    found = detect(data)
    assert found.encoding == ""
    assert reason in found.reason


def test_few_nuls_do_not_make_a_text_binary() -> None:
    assert detect("Hà Nội mở rộng đường\n".encode() * 5 + b"x\0y").encoding == "UTF-8"


def test_binary_data_is_refused_with_its_place() -> None:
    assert detect(b"\xff\xd8\xff\xe0\0\x10JFIF\0").reason.endswith("byte 0x00 at position 4")


def test_letters_that_encodings_share_need_no_decision() -> None:
    text = "là cá và gà có bà hò đò mà".replace("đ", "d")
    data = text.encode("latin-1")
    found = detect(data)
    assert found.encoding in ("VISCII", "Windows-1258")
    assert unicodedata.normalize("NFC", encoding_named(found.encoding).decode(data)) == text


@given(st.binary(max_size=300))
def test_any_bytes_give_an_encoding_or_a_reason(data: bytes) -> None:
    found = detect(data)
    assert bool(found.encoding) != bool(found.reason)
    assert found.encoding in ("", *ENCODINGS)
    assert found.encoding == "" or found.encoding[:3] == "UTF" or found.confidence >= SURE


@given(st.text())
def test_text_in_utf_8_is_never_taken_for_something_else(text: str) -> None:
    assert "\0" in text or detect(text.encode(errors="replace")).encoding in ("UTF-8", "UTF-16-LE")


@pytest.mark.parametrize("text", ["Công ty Canh Nông", "Pokémon", "café crème", "Hà Nội", "abc"])
def test_right_text_is_not_misread(text: str) -> None:
    assert detect_misread(text).encoding in ("", "Windows-1252")
