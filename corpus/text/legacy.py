"""The 8-bit encodings that Vietnamese was written in before Unicode, as tables.

- **TCVN3** (ABC): TCVN 5712:1993, third set: 8 capitals with diacritics, all small letters.
  Capitals with tone marks have no codes: they were the small letters in a second font, whose
  name ends in H and in which small letters look like capitals (``.VnTimeH``). In plain text
  the font is gone, and a headline reads ``CéNG HOµ``: capitals where ASCII has them. `decode`
  puts them into capitals in a line that has capitals and no small ASCII letter, and in a
  syllable with at least two capitals and no small ASCII letter. What remains doubtful (``Hµ``
  beside small letters: Hà or HÀ) stays small; search is the same for both.
- **VNI**: VNI Software's set for Windows (VNI-Times): most marks are a code of their own behind
  the vowel, in small and capital form.
- **VISCII**: RFC 1456; six of its capitals have codes of control characters.
- **Windows-1258**: Microsoft's code page; tones are combining characters (Python's ``cp1258``,
  which follows unicode.org's ``CP1258.TXT``). They are joined with their letters (NFC).

What the sets leave free was used with the meaning of Windows-1252 (quotation marks, dashes).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from types import MappingProxyType
from typing import Final

from corpus.text.syllables import is_syllable

_TCVN3_PLACES: Final = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xB5, "àảãáạ"),
    (0xBB, "ằẳẵắ"),
    (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộờởỡớợù"),
    (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)
# The second set of the same standard has these besides, which the fonts of the third have not.
_TCVN2_PLACES: Final = (
    (0xAF, "Ằ"),
    (0xB0, "\u0300\u0309\u0303\u0301\u0323"),
    (0xBA, "Ẳ"),
    (0xBF, "ẴẮẦẨẪẤỀ"),
    (0xCD, "Ể"),
    (0xD9, "ỄẾỒ"),
    (0xE0, "Ổ"),
    (0xF0, "Ỗ"),
    (0xFF, "Ố"),
)

_VISCII_LETTERS: Final = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)  # from 0x80 on
_VISCII_LOW: Final = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}

# What stands alone; capitals are 0x20 lower.
_VNI_LETTERS: Final = {
    0xE6: "ỉ",
    0xEC: "ì",
    0xED: "í",
    0xEE: "ỵ",
    0xF1: "đ",
    0xF2: "ị",
    0xF3: "ĩ",
    0xF4: "ơ",
    0xF6: "ư",
}
# What stands behind a vowel: the vowels, and what they become.
_VNI_MARKS: Final = {
    0xF9: ("aeouyơư", "áéóúýớứ"),
    0xF8: ("aeouyơư", "àèòùỳờừ"),
    0xFB: ("aeouyơư", "ảẻỏủỷởử"),
    0xF5: ("aeouyơư", "ãẽõũỹỡữ"),
    0xEF: ("aeouơư", "ạẹọụợự"),
    0xE2: ("aeo", "âêô"),
    0xE1: ("aeo", "ấếố"),
    0xE0: ("aeo", "ầềồ"),
    0xE5: ("aeo", "ẩểổ"),
    0xE3: ("aeo", "ẫễỗ"),
    0xE4: ("aeo", "ậệộ"),
    0xEA: ("a", "ă"),
    0xE9: ("a", "ắ"),
    0xE8: ("a", "ằ"),
    0xFA: ("a", "ẳ"),
    0xFC: ("a", "ẵ"),
    0xEB: ("a", "ặ"),
}


def _windows_1252() -> list[str]:
    """Return Microsoft's table, where undefined codes stand for themselves."""
    return [bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(256)]


def _table(letters: dict[int, str]) -> str:
    """Return the 256 characters of an encoding, for `codecs.charmap_decode`-like use."""
    table = _windows_1252()
    for code, letter in letters.items():
        table[code] = letter
    return "".join(table)


def _placed(places: Iterable[tuple[int, str]]) -> dict[int, str]:
    return {place + i: letter for place, letters in places for i, letter in enumerate(letters)}


TCVN3: Final = MappingProxyType(_placed(_TCVN3_PLACES))
"""The letters of TCVN3 by their codes."""

VISCII: Final = MappingProxyType(
    _VISCII_LOW | {0x80 + i: letter for i, letter in enumerate(_VISCII_LETTERS)}
)
"""The letters of VISCII by their codes."""


def _vni() -> tuple[dict[int, str], dict[str, str]]:
    letters = _VNI_LETTERS | {code - 0x20: c.upper() for code, c in _VNI_LETTERS.items()}
    windows = _windows_1252()
    pairs: dict[str, str] = {}
    for code, (vowels, marked) in _VNI_MARKS.items():
        for vowel, letter in zip(vowels, marked, strict=True):
            # A small mark behind a capital was common, and the other way round was not rare.
            for mark in (windows[code], windows[code - 0x20]):
                pairs[vowel + mark] = letter
                pairs[vowel.upper() + mark] = letter.upper()
    return letters, pairs


_VNI_ALONE, VNI_PAIRS = _vni()
VNI: Final = MappingProxyType(_VNI_ALONE)
"""The letters of VNI that are one code."""


class Encoding:
    """An 8-bit encoding.

    Attributes:
        name: Its name, as it is shown.
        decode: From bytes to text; every byte is some character.
        decode_strictly: The same, but what has no meaning becomes U+FFFD.
    """

    __slots__ = ("decode", "decode_strictly", "name")

    def __init__(
        self,
        name: str,
        decode: Callable[[bytes], str],
        decode_strictly: Callable[[bytes], str] | None = None,
    ) -> None:
        self.name = name
        self.decode = decode
        self.decode_strictly = decode_strictly or decode

    def __repr__(self) -> str:
        return f"<{self.name}>"


_TCVN3_TABLE = _table(_placed(_TCVN2_PLACES) | dict(TCVN3))
_VISCII_TABLE = _table(dict(VISCII))
_VNI_TABLE = _table(dict(VNI))
_VNI_PAIR = re.compile("|".join(sorted(VNI_PAIRS)))
_VNI_PAIR_OR_MARK = re.compile(
    f"{_VNI_PAIR.pattern}|[{''.join(_VNI_TABLE[c] for c in range(0xC0, 0x100) if c not in VNI)}]"
)


def _decode_tcvn3(data: bytes) -> str:
    text = data.decode("latin-1").translate(_TCVN3_TABLE)
    return "\n".join(map(_with_capitals, text.split("\n")))


def _decode_viscii(data: bytes) -> str:
    return data.decode("latin-1").translate(_VISCII_TABLE)


def _decode_vni(data: bytes) -> str:
    text = data.decode("latin-1").translate(_VNI_TABLE)
    return _VNI_PAIR.sub(lambda match: VNI_PAIRS[match.group()], text)


def _decode_vni_strictly(data: bytes) -> str:
    text = data.decode("latin-1").translate(_VNI_TABLE)
    return _VNI_PAIR_OR_MARK.sub(lambda match: VNI_PAIRS.get(match.group(), "\ufffd"), text)


def _decode_windows_1258(data: bytes) -> str:
    # The codes that it leaves undefined mean what they do in Windows-1252.
    return unicodedata.normalize("NFC", data.decode("latin-1").translate(_WINDOWS_1258_TABLE))


_WINDOWS_1258_TABLE = "".join(
    bytes([code]).decode("cp1258", "ignore") or windows
    for code, windows in enumerate(_windows_1252())
)

_WORD = re.compile(r"[^\W\d_]+")
_SMALL = re.compile("[a-z]")
_CAPITAL = re.compile("[A-Z]")
_CAPITALS = re.compile(r"[A-Z][^\W\d_]*[A-Z]")


def _with_capitals(line: str) -> str:
    """Give letters of the capital font their capitals; see TCVN3 above."""
    if line.isascii() or not _CAPITALS.search(line):
        return line
    return _WORD.sub(_capital_word, line) if _SMALL.search(line) else line.upper()


def _capital_word(match: re.Match[str]) -> str:
    word = match.group()
    if word.isascii() or _SMALL.search(word) or len(_CAPITAL.findall(word)) < 2:
        return word
    capitals = word.upper()
    return capitals if is_syllable(capitals) else word


TCVN3_ENCODING: Final = Encoding("TCVN3", _decode_tcvn3)
VNI_ENCODING: Final = Encoding("VNI", _decode_vni, _decode_vni_strictly)
VISCII_ENCODING: Final = Encoding("VISCII", _decode_viscii)
WINDOWS_1258_ENCODING: Final = Encoding("Windows-1258", _decode_windows_1258)

LEGACY: Final = (TCVN3_ENCODING, VNI_ENCODING, VISCII_ENCODING, WINDOWS_1258_ENCODING)
"""The encodings, none of them preferred."""
