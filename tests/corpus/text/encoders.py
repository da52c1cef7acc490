"""From Unicode to the encodings of before, for tests and benchmarks.

Written from the tables of the standards once more the other way round: a text that an encoding
cannot hold is a `ValueError`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping

from corpus.text.legacy import TCVN3, VISCII, VNI, VNI_PAIRS

_COMBINING = {
    "\u0300": b"\xcc",
    "\u0301": b"\xec",
    "\u0303": b"\xde",
    "\u0309": b"\xd2",
    "\u0323": b"\xf2",
}


def _inverse(table: Mapping[int, str], free: Iterable[int]) -> dict[str, bytes]:
    """The letters of a table; what of Windows-1252 is left beside them; and ASCII."""
    codes = {bytes([code]).decode("cp1252"): bytes([code]) for code in free if code not in table}
    codes |= {chr(code): bytes([code]) for code in range(128) if code not in table}
    codes |= {letter: bytes([code]) for code, letter in table.items()}
    return codes


# Only punctuation and signs of Windows-1252, and none of its five holes.
_SIGNS = range(0xA0, 0xC0)
_PUNCTUATION = [0x80, *range(0x82, 0x8D), 0x8E, *range(0x91, 0x9D), 0x9E, 0x9F]

_TCVN3_CODES = _inverse(TCVN3, [*_PUNCTUATION, 0xA0])
_VISCII_CODES = _inverse(VISCII, range(0))
_VNI_CODES = _inverse(VNI, [*_PUNCTUATION, *_SIGNS])
for _pair, _letter in VNI_PAIRS.items():
    _code = (_VNI_CODES.get(_pair[0]) or _pair[0].encode()) + _pair[1].encode("cp1252")
    # Of a capital's two forms the capital mark is the one that the program wrote.
    is_mixed = _letter.islower() and _pair[1].isupper()
    if not is_mixed and (_letter not in _VNI_CODES or _pair.isupper()):
        _VNI_CODES[_letter] = _code


def _by_letters(codes: Mapping[str, bytes]) -> Callable[[str], bytes]:
    def encode(text: str) -> bytes:
        try:
            return b"".join(codes[letter] for letter in unicodedata.normalize("NFC", text))
        except KeyError as error:
            raise ValueError(f"cannot hold {error}") from error

    return encode


def encode_tcvn3_capitals(text: str) -> bytes:
    """As a headline was typed for the capital font: capitals only where ASCII has them."""
    return _by_letters(_TCVN3_CODES)(
        "".join(letter if letter.isascii() else letter.lower() for letter in text)
    )


def encode_windows_1258(text: str) -> bytes:
    """As Windows' keyboard types it: tones apart, wherever the letter has no code."""
    out = b""
    for letter in unicodedata.normalize("NFC", text):
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tones = [part for part in parts if part in _COMBINING]
            bare = unicodedata.normalize("NFC", "".join(p for p in parts if p not in _COMBINING))
            out += bare.encode("cp1258") + b"".join(_COMBINING[tone] for tone in tones)
    return out


ENCODERS: Mapping[str, Callable[[str], bytes]] = {
    "TCVN3": _by_letters(_TCVN3_CODES),
    "VNI": _by_letters(_VNI_CODES),
    "VISCII": _by_letters(_VISCII_CODES),
    "Windows-1258": encode_windows_1258,
}
