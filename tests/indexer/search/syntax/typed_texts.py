"""Query texts for properties: what people type, put together at random, and any characters."""

from hypothesis import strategies as st

_PIECES = [
    *("giá", "vàng", "Hà", "NỘI", "tp", "1", "2021", "Covid-19", "TP.HCM", "3,5", "đ", "Đường"),
    *("AND", "OR", "NOT", "VÀ", "HOẶC", "KHÔNG", "NEAR/5", "GẦN/3", "NEAR/0", "NEAR/x"),
    *('"', "“", "”", "«", "»", "(", ")", "-", "+", "\\", ":", "..", "~3", "~", "~99999", "'"),
    *("title:", "tiêu-đề:", "NGUỒN:", "titel:", "ngày:", "từ:", "đến:", "2021-04", "1/4/2021"),
    *("cảng*", "th?ng", "*", "?", "*a=b*", "nhau?Nếu", "\u200b", "\u200e", "\u0301", "\ud800"),
    *(
        "\x08",
        "\x1d",
        "\u3000",
        "：",
        "＂",
        "＊",
        "？",
        "－",
        "ＡＮＤ",
        "ª",
        "ⓐ",
        "²",
        "İ",
        "ß",
        "…",
    ),
    *("–", "_", "{", "}", "%s", "{0}", "[", "😀", "عربي", "\u202e"),
]

_structured = st.lists(
    st.tuples(st.sampled_from(_PIECES), st.sampled_from(["", " ", " "])), max_size=24
).map(lambda pieces: "".join(piece + gap for piece, gap in pieces))

any_characters = st.text(st.characters(codec=None), max_size=200)
"""Any characters, control characters and lone surrogates among them."""

typed_texts = _structured | any_characters | st.text("".join(_PIECES), max_size=60)
"""What somebody may type."""
