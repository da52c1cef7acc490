import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.legacy import _TCVN2_PLACES, LEGACY, TCVN3, VISCII, _placed
from tests.corpus.text.encoders import ENCODERS, encode_tcvn3_capitals

DECODERS = {encoding.name: encoding.decode for encoding in LEGACY}
SMALL = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("name", DECODERS)
def test_every_small_letter_comes_back(name: str) -> None:
    assert nfc(DECODERS[name](ENCODERS[name](SMALL))) == SMALL


@pytest.mark.parametrize("name", ["VNI", "VISCII", "Windows-1258"])
def test_every_capital_comes_back(name: str) -> None:
    assert nfc(DECODERS[name](ENCODERS[name](SMALL.upper()))) == SMALL.upper()


def test_windows_1258_is_composed() -> None:
    assert DECODERS["Windows-1258"](ENCODERS["Windows-1258"](SMALL)) == SMALL


def test_tcvn3_has_few_capitals_with_marks() -> None:
    assert DECODERS["TCVN3"](ENCODERS["TCVN3"]("ĂÂÊÔƠƯĐ")) == "ĂÂÊÔƠƯĐ"
    with pytest.raises(ValueError, match="cannot hold"):
        ENCODERS["TCVN3"]("À")


@pytest.mark.parametrize("name", DECODERS)
@given(st.text(alphabet=SMALL + " .,0123456789\n", max_size=50))
def test_any_text_of_small_letters_comes_back(name: str, text: str) -> None:
    assert nfc(DECODERS[name](ENCODERS[name](text))) == text


@pytest.mark.parametrize("name", DECODERS)
@given(st.binary(max_size=100))
def test_any_bytes_are_some_text(name: str, data: bytes) -> None:
    DECODERS[name](data)


@pytest.mark.parametrize(
    ("letters", "name"),
    [(TCVN3 | _placed(_TCVN2_PLACES), "TCVN5712-1"), (VISCII, "VISCII")],
    ids=["TCVN3", "VISCII"],
)
def test_tables_agree_with_those_of_the_c_library(letters: dict[int, str], name: str) -> None:
    iconv = shutil.which("iconv")
    if not iconv or name not in subprocess.run([iconv, "-l"], capture_output=True).stdout.decode():
        pytest.skip(f"there is no iconv here that knows {name}")
    for code, letter in letters.items():
        command = [iconv, "-f", name, "-t", "UTF-8"]
        done = subprocess.run(command, input=bytes([code]), capture_output=True, check=True)
        assert nfc(done.stdout.decode()) == letter, hex(code)


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("aù aø aû aõ aï", "á à ả ã ạ"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("ÑAÏI HOÄI ÑAÛNG", "ĐẠI HỘI ĐẢNG"),
        ("Ñöôøng", "Đường"),
        ("Aán Ñoä", "Ấn Độ"),
    ],
)
def test_vni_as_it_looks_in_another_font(stored: str, text: str) -> None:
    assert DECODERS["VNI"](stored.encode("cp1252")) == text


def test_tcvn3_as_it_looks_in_another_font() -> None:
    stored = "Céng hoµ x· héi chñ nghÜa ViÖt Nam"
    assert DECODERS["TCVN3"](stored.encode("cp1252")) == "Cộng hoà xã hội chủ nghĩa Việt Nam"


@pytest.mark.parametrize(
    "text",
    [
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "ĐẠI HỘI ĐẢNG BỘ TỈNH LẦN THỨ 17",
        "Toàn ĐẢNG họp",
        "Hà Nội",
        "Và N.V.D.",
        "Bà T.T. L.",
        "H. Kpă Lam",
    ],
)
def test_capital_font_of_tcvn3_is_undone(text: str) -> None:
    assert DECODERS["TCVN3"](encode_tcvn3_capitals(text)) == text
