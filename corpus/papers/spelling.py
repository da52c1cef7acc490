"""What counts as the same spelling of a paper's name.

Names are compared by keys. A *key* keeps the marks and forgets case, spaces, punctuation and
the usual short forms (``VN``, ``TP.HCM``, ``&``). A *bare key* forgets the marks, too.
"""

import re
import unicodedata

_AND = re.compile(r"&|\+(?=\s*\w)|\bvà\b")
_CITY = re.compile(
    r"\b(?:t\.?\s?p\.?|thành phố)\s*[.-]?\s*(?:hcm|h\.c\.m\.?|hồ chí minh)(?!\w)", re.IGNORECASE
)
_CITY_KEY = "tphcm"
_COUNTRY = re.compile(r"\bvn(?=$|[^\w.])")
_ENDING = re.compile(r"(?<=\w)\.(?:com\.vn|net\.vn|vn|com|net)$")
_NOT_OF_A_KEY = re.compile(r"[\W_]+")
_D = str.maketrans("đĐ", "dD")

# What papers put before or behind their names; the longer ones come first.
_BEFORE = re.compile(
    r"^(?:(?:theo|nguồn)\s*:?\s+)?"
    r"(?:báo\s+điện\s+tử|trang\s+tin\s+điện\s+tử|trang\s+thông\s+tin\s+điện\s+tử|nhật\s+báo"
    r"|hãng\s+thông\s+tấn|hãng\s+tin|báo|tờ|trang|kênh|đài)\s+",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s+(?:online|điện\s+tử|news)$", re.IGNORECASE)

# Vietnamese writes the tone mark of these on either vowel: hoá and hóa, thuỷ and thủy.
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE_ON_LAST = re.compile(rf"(o[ae]|uy)([{_TONES}])(?!\w)")


def key(name: str) -> str:
    """Return what is the same for spellings that differ by case, spaces and short forms."""
    return _NOT_OF_A_KEY.sub("", _one_tone_place(_words(name)))


def bare_key(name: str) -> str:
    """Return `key` without any marks."""
    plain = unicodedata.normalize("NFD", _words(name).translate(_D))
    return _NOT_OF_A_KEY.sub("", "".join(c for c in plain if not unicodedata.combining(c)))


def without_affixes(name: str) -> str:
    """Return a name without ``báo``, ``báo điện tử``, ``online`` and the like around it."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    return _BEHIND.sub("", _BEFORE.sub("", name))


def _words(name: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", name).lower().split())
    name = _ENDING.sub("", _AND.sub(" ", _CITY.sub(_CITY_KEY, name)))
    return _COUNTRY.sub("việt nam", name).replace("+", "plus")


def _one_tone_place(text: str) -> str:
    """Move the tone mark of ``oa``, ``oe`` and ``uy`` at the end of a syllable to the front."""
    apart = _TONE_ON_LAST.sub(_moved, unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", apart)


def _moved(match: re.Match[str]) -> str:
    vowels, tone = match.groups()
    return vowels[0] + tone + vowels[1]
