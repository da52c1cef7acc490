"""Hypothesis strategies for texts that are hard to segment."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

VIETNAMESE = """
    Trường đại học bách khoa Hà Nội chủ nghĩa xã hội vô tuyến truyền hình công ty trách nhiệm
    hữu hạn thành phố Hồ Chí Minh ủy ban nhân dân TP HCM Đ đ quốc lộ câu lạc bộ bất động sản
    hợp tác xã a b x ở của và là những được người UBND Covid SN quán tính sân bay khởi tố
""".split()  # noqa: SIM905 (as a list it would fill the page)

ODD_WORDS = """
    Đ. A. TP. U.S.A. Tp. Mr. Mrs. Ms. Dr. ThS. ThSX TP.HCM Tp.HCM AĐ.b ==> => -> --> ... .... ..
    >> >>> ! "! -. _ __ a_b 1_2 1_a 3,5 3,5kg 1.000.000,5 12.5_3a 27/3 3,, ² ²³ a² ½ ٣ ٣,٤ Ⅷ ①
    http://a.vn/x?y=1, đ://x ://a a:// a@b.vn a@b .a@b.c-d.e_f a@b.comđ +@-.- @ @@ x@y@z.vn ,3
    İstanbul İ Σ ΑΣ ΟΔΟΣ ΑΣ. Σ1 ς ǅ ǅa ǆ ᾼ ᾳ ß ẞ ŉ ﬁ Å Ω K 각 가 ᄀ ᅡ ᆨ
    \0 a\0b http://a\0b \x01 \x1b \x7f \xad \u200b \u200d \ufeff \ufffe \U0010ffff ’ “ ” … – —
    😀 👩‍👩‍👧 🇻🇳 ❤️ 中文 ไทย हिन्दी क़ ক ো
""".split()  # noqa: SIM905

MARKS = ["\u0300", "\u0301", "\u0302", "\u0303", "\u0309", "\u0323", "\u031b", "\u0f73"]
MARKS += ["\u0344", "\u09be", "\u1161", "\u11a8", "\u034f", "\u20dd"]
SPACES = [" ", "\n", "\r", "\r\n", "\t", "\v", "\f", "\x1c", "\x1f", "\x85", "\xa0", "\u2003"]
SPACES += ["\u2000", "\u2028", "\u3000", "  ", "\n\n", " \n ", ""]


def _spellings(word: str) -> list[str]:
    return [word, word.lower(), word.upper(), word.title(), unicodedata.normalize("NFD", word)]


def _words() -> st.SearchStrategy[str]:
    spelled = st.sampled_from([form for word in VIETNAMESE for form in _spellings(word)])
    return st.one_of(
        spelled,
        spelled,
        st.sampled_from(ODD_WORDS),
        st.sampled_from(MARKS),
        st.from_regex(r"[0-9.,_/-]{1,9}", fullmatch=True),
        st.characters(exclude_categories=["Cs"]),
    )


def texts() -> st.SearchStrategy[str]:
    """Any text but lone surrogates, with an emphasis on what pyvi treats in special ways."""
    pieces = st.lists(st.tuples(_words(), st.sampled_from(SPACES + [" "] * 12)), max_size=24)
    return st.one_of(
        pieces.map(lambda parts: "".join(word + space for word, space in parts)),
        pieces.map(lambda parts: "".join(word + space for word, space in parts)),
        st.text(st.characters(exclude_categories=["Cs"])),
    )
