"""The words that the interface has for facets, orders and widths of bars."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from indexer import Interval, Sort

FACET_LABELS: Final = MappingProxyType(
    {
        "source": "Báo",
        "topic": "Chủ đề",
        "section": "Chuyên mục",
        "author": "Tác giả",
        "tag": "Thẻ",
        "credited": "Nguồn gốc được dẫn",
        "photographer": "Ảnh",
    }
)
"""Facet name to its heading."""

SORT_LABELS: Final = MappingProxyType(
    {Sort.RELEVANCE: "Khớp nhất", Sort.NEWEST: "Mới nhất", Sort.OLDEST: "Cũ nhất"}
)
"""Orders of results, as links name them."""

INTERVAL_LABELS: Final = MappingProxyType(
    {Interval.YEAR: "Năm", Interval.MONTH: "Tháng", Interval.DAY: "Ngày"}
)
"""Widths of bars, as links name them."""

_SECTIONS: Final = MappingProxyType(
    {
        "am-thuc": "Ẩm thực",
        "an-ninh": "An ninh",
        "bat-dong-san": "Bất động sản",
        "chinh-tri": "Chính trị",
        "cong-nghe": "Công nghệ",
        "doi-song": "Đời sống",
        "du-lich": "Du lịch",
        "giai-tri": "Giải trí",
        "giao-duc": "Giáo dục",
        "giao-thong": "Giao thông",
        "khoa-hoc": "Khoa học",
        "khoa-hoc-cong-nghe": "Khoa học – Công nghệ",
        "kinh-doanh": "Kinh doanh",
        "kinh-te": "Kinh tế",
        "moi-truong": "Môi trường",
        "nong-nghiep": "Nông nghiệp",
        "oto-xe-may": "Ô tô – xe máy",
        "phap-luat": "Pháp luật",
        "quoc-te": "Quốc tế",
        "suc-khoe": "Sức khỏe",
        "tai-chinh": "Tài chính",
        "the-gioi": "Thế giới",
        "the-thao": "Thể thao",
        "thoi-su": "Thời sự",
        "van-hoa": "Văn hóa",
        "van-nghe": "Văn nghệ",
        "xa-hoi": "Xã hội",
        "y-te": "Y tế",
    }
)


def facet_value_label(facet: str, value: str) -> str:
    """Give the text that shows a value of a facet.

    Papers write their sections into addresses without marks (`chinh-tri`); the usual ones are
    shown with them. What is searched and what stands in the address stays as it is.
    """
    return _SECTIONS.get(value, value) if facet == "section" else value
