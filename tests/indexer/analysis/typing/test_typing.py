from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import decode_telex, decode_vni, normal_form
from tests.indexer.analysis.typing.encoding import every_way

Decoder = Callable[[str], str | None]


@pytest.mark.parametrize(
    ("method", "decode", "beside", "decoded"),
    [("telex", decode_telex, "vieetj", "việt"), ("vni", decode_vni, "vie65t", "việt")],
)
def test_every_syllable_in_every_way_is_decoded(
    method: str, decode: Decoder, beside: str, decoded: str
) -> None:
    for syllable, typed in every_way(method):
        assert decode(f"{beside} {typed}") == f"{decoded} {syllable}", typed
        assert decode(f"{beside} {typed.upper()}") == f"{decoded} {syllable.upper()}" or (
            len(syllable) == 1
        ), typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tieengs vieetj", "tiếng việt"),
        ("tienges vietje", "tiếng việt"),
        ("Tieengs Vieetj", "Tiếng Việt"),
        ("TIEENGS VIEETJ", "TIẾNG VIỆT"),
        ("ddoongj", "động"),
        ("DDoongj", "Động"),
        ("dduowngf", "đường"),
        ("duongdwf", "đường"),
        ("nguwowif nguoiwf nguwoif", "người người người"),
        ("trwowngf", "trường"),
        ("nhw", "như"),
        ("thuowr", "thuở"),
        ("muaw", "mưa"),
        ("xooong", "xoong"),
        ("ngoeof", "ngoèo"),
        ("gif", "gì"),
        ("banhs tets", "bánh tét"),
        ("basnh test", "bánh tét"),
        ("bus ddieenj", "bú điện"),
        ("facebook tieengs vieetj", "facebook tiếng việt"),
        ("“giá”", None),
        ('"nhaf nuowcs" OR ddieenj', '"nhà nước" OR điện'),
        ("quys 2", "quý 2"),
    ],
)
def test_telex(typed: str, meant: str | None) -> None:
    assert decode_telex(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tie61ng vie65t", "tiếng việt"),
        ("tie6ng1 viet65", "tiếng việt"),
        ("TIE61NG Viet65", "TIẾNG Việt"),
        ("d9o6ng2 nai", "đồng nai"),
        ("duong972", "đường"),
        ("ngu7o7i2 nguo7i2", "người người"),
        ("covid19 o73 ha2 no65i", "covid19 ở hà nội"),
        ("quoc61 lo65 1", "quốc lộ 1"),
    ],
)
def test_vni(typed: str, meant: str) -> None:
    assert decode_vni(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        *("facebook", "Boeing", "test", "class", "Windows", "google", "covid", "smartphone", "as"),
        *("test class", "Windows test", "Vietnam Airlines", "xoáy", "việt vieetj", "", "  ", "w"),
        *("viet nam", "tieng viet", "hai", "tiếng việt", "tieengss", "vieetjj", "wwuw", "dddi"),
        *("ha OR hai", "?!", "2021", "tisc"),
    ],
)
def test_what_is_not_telex(text: str) -> None:
    assert decode_telex(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("E5", "xang E5", "covid19", "H5N1", "A1", "U23", "2021", "12/4/2021", "su30", "việt1"),
        *("facebook", "vie665t", "ha12", "h1a", "ba9", "ca0", "F1 ha1", "", "Q1"),
    ],
)
def test_what_is_not_vni(text: str) -> None:
    assert decode_vni(text) is None


@pytest.mark.parametrize("decode", [decode_telex, decode_vni])
@given(text=st.one_of(st.text(), st.text("aeiouwydstrfxjnghc 69751\"-'OR", max_size=24)))
def test_signs_between_the_tokens_stay_and_the_rest_gets_marks_only(
    decode: Decoder, text: str
) -> None:
    found = decode(text)
    if found is not None:
        assert found != text
        signs = [sign for sign in text if not sign.isalnum()]
        assert [sign for sign in found if not sign.isalnum()] == signs
        assert decode(found) is None or found.isascii()


@pytest.mark.parametrize("decode", [decode_telex, decode_vni])
def test_decoded_query_is_searched_like_the_typed_one_with_marks(decode: Decoder) -> None:
    typed = "Truwowngf DDaji hocj" if decode is decode_telex else "Tru7o7ng2 D9a5i ho5c"
    found = decode(typed)
    assert found is not None
    assert list(map(normal_form, found.split())) == ["trường", "đại", "học"]
