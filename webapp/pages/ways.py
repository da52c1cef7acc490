"""The commonest forms of a query, as the page explains them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from webapp.language import mark
from webapp.url_state import SearchState


@dataclass(frozen=True, slots=True)
class Way:
    """A form of a query.

    Attributes:
        example: A search that has it.
        meaning: What it finds.
    """

    example: SearchState
    meaning: str


WAYS: Final = tuple(
    Way(SearchState(query), meaning)
    for query, meaning in (
        ("đường phố", mark("đúng các chữ này, ở bất cứ đâu trong bài")),
        ("duong pho", mark("không dấu: mọi cách đọc, như đường phố")),
        ('"đường sắt đô thị"', mark("nguyên cụm, liền nhau")),
        ("tàu hỏa HOẶC xe buýt", mark("một trong hai; cũng có VÀ, KHÔNG và dấu ( )")),
        ('vàng -"thế giới"', mark("có từ trước, không có cụm sau dấu trừ")),
        ("mưa GẦN/5 lũ", mark("cách nhau nhiều nhất 5 từ")),
        ("cảng*", mark("mọi chữ bắt đầu như vậy")),
        ("tiêu-đề:bão", mark("chỉ trong tiêu đề; cũng có nguồn:, mục:, tác-giả:, thẻ:")),
        ("bão ngày:2021-04", mark("đăng trong tháng 4/2021; cũng có từ: và đến:")),
    )
)
"""In the order in which they are shown."""
