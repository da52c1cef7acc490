"""Whether letters of a text were lost before it came here.

What is lost cannot be put back, and such text is kept; but who finds it should know. Three kinds
leave traces that Vietnamese text does not have:

- U+FFFD, which decoders put where bytes had no meaning;
- remains of UTF-8 that was read as Windows-1252 (``Má»™t``, ``Äắk``), and what mending makes of
  them where bytes are missing (``ThỠ``);
- words without a vowel (``Chn đng``), where an encoding could not hold the letter that is gone.
  Abbreviations look alike: the usual ones do not count, and of the others some different ones are
  asked for, and a share of the words that news do not reach.
"""

import re
from collections.abc import Sequence

_FOLLOWING = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_BEYOND_LATIN_1 = "ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9"
# The rare letter comes first, and what stands before it is looked at then: this is fast.
_REMAINS = re.compile(
    rf"""
    [ÃÄÅÆº»€ỠẠ†] (?:
        (?<= [ÃÄÅÆ] ) [\x80-\x9f¡-\xbf€‚ƒ„†‡ˆ‰‹˜™›]
      | (?<= [ÄÆ] ) [{_BEYOND_LATIN_1}]
      | (?<= á[º»] ) (?= [{_FOLLOWING}\w] )
      | (?<= â€ )
      | (?<= [a-zß-ÿ][ỠẠ] ) (?! [A-ZÀ-Ỹ] )
      | (?<= [a-zß-ÿ]† )
    )
    """,
    re.VERBOSE,
)
_CONSONANTS = "bcdđghklmnpqrstvxz"
_MARKS = "\u0300-\u036f"
_NO_VOWEL = re.compile(
    rf"(?<![\w{_MARKS}])[{_CONSONANTS}{_CONSONANTS.upper()}][{_CONSONANTS}]++(?![\w{_MARKS}])"
)
_ABBREVIATIONS = frozenset(
    """
    bs cc cm dl gb gs hđ hp hz kb kg km kv kw kwh lđ mb mg mk ml mm nđ nxb pgs pt qh sđt
    st tb ths tp tr tt ts tv tx vđv vn vnd vnđ vs
    """.split()  # noqa: SIM905 - this way they can be read
)
"""What is usual in news, and tells of no loss."""

_LOOKED_AT = 1_000
"""In how many characters words without a vowel are counted: what is lost is lost everywhere."""

_LEAST_WORDS = 3
_LEAST_SHARE = 0.08


def damage_in(texts: Sequence[str]) -> str:
    """Return what tells that a text is damaged; nothing if it seems whole.

    Args:
        texts: The texts of one article, without markup.
    """
    for text in texts:
        if "\ufffd" in text:
            return "it has U+FFFD in the place of letters"
        if not text.isascii() and (remains := _REMAINS.search(text)):
            around = text[max(0, remains.start() - 10) : remains.end() + 10]
            return f"it has remains of a wrong decoding, as in {around!r}"
    beginning = "\n".join(texts)[:_LOOKED_AT]
    found = _NO_VOWEL.findall(beginning)
    words = [word for word in found if word.lower() not in _ABBREVIATIONS]
    different = list(dict.fromkeys(words))
    if len(different) >= _LEAST_WORDS and len(words) >= _LEAST_SHARE * len(beginning.split()):
        return f"it has words without a vowel, as {', '.join(different[:_LEAST_WORDS])!r}"
    return ""
