from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import read_articles
from corpus.text.mending import mend
from tests.corpus.text.encoders import ENCODERS

TEXT = "Bộ trưởng nói: “Công trình giao thông” là điểm sáng, đã đạt kết quả"


def misread(data: bytes) -> str:
    """Decode as Windows-1252, and what that leaves free as Latin-1, as browsers do."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


@pytest.mark.parametrize("text", [TEXT, "Công ty", "“Hello”", "Việt Nam thắng"])
def test_utf_8_read_as_windows_1252_is_undone(text: str) -> None:
    assert mend([misread(text.encode())]).texts == [text]
    assert mend([text.encode().decode("latin-1")]).texts == [text]


def test_text_that_was_misread_twice_is_undone() -> None:
    assert mend([misread(misread(TEXT.encode()).encode())]).texts == [TEXT]


@pytest.mark.parametrize("name", ["TCVN3", "VNI", "VISCII"])
def test_old_encoding_read_as_windows_1252_is_undone(name: str) -> None:
    text = TEXT.replace("“", "").replace("”", "")
    mended = mend([misread(ENCODERS[name](text)), "ABC", "Hà Nội"])
    assert mended.texts[:2] == [text, "ABC"]
    assert mended.was == f"{name} read as Windows-1252"


def test_only_the_texts_that_are_wrong_are_mended() -> None:
    assert mend([TEXT, misread(TEXT.encode()), "Công ty"]).texts == [TEXT, TEXT, "Công ty"]


@pytest.mark.parametrize(
    "text",
    [
        "café crème à la française, déjà vu, São Paulo, Müller, garçon, naïve, Zürich",
        "Công ty Canh Nông, Hà Nam",
        "Ãnh",
        "Pokémon",
        "Ã, â, Ä",
        "5 µm × 3 ¼ ° ± §",
        "",
    ],
)
def test_right_text_is_left_alone(text: str) -> None:
    assert mend([text]) == ([text], "")


def test_real_articles_are_left_alone(shared_data: Path) -> None:
    # The benchmark of encodings does this with all of them.
    for article in islice(read_articles(shared_data / "data" / "vietnews.jsonl.zst"), 5_000):
        assert mend([article.title, article.lead, *article.body]).was == "", article.id


@given(st.lists(st.text(alphabet="aáÃÄ»º€™đ \x9d\xa0", max_size=20)))
def test_any_texts_stay_as_many(texts: list[str]) -> None:
    assert len(mend(texts).texts) == len(texts)
