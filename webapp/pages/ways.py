"""The commonest forms of a query, as the page explains them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

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
        ("đường phố", "đúng các chữ này, ở bất cứ đâu trong bài"),
        ("duong pho", "không dấu: mọi cách đọc, như đường phố"),
        ('"đường sắt đô thị"', "nguyên cụm, liền nhau"),
        ("tàu hỏa HOẶC xe buýt", "một trong hai; cũng có VÀ, KHÔNG và dấu ( )"),
        ('vàng -"thế giới"', "có từ trước, không có cụm sau dấu trừ"),
        ("mưa GẦN/5 lũ", "cách nhau nhiều nhất 5 từ"),
        ("cảng*", "mọi chữ bắt đầu như vậy"),
        ("tiêu-đề:bão", "chỉ trong tiêu đề; cũng có nguồn:, mục:, tác-giả:, thẻ:"),
        ("bão ngày:2021-04", "đăng trong tháng 4/2021; cũng có từ: và đến:"),
    )
)
"""In the order in which they are shown."""
