"""The words that the interface has for facets, orders and widths of bars, in its language."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from indexer import Bucket, Facet, Interval, Sort
from webapp.language import gettext, mark
from webapp.spelling import bare

_FACETS: Final = MappingProxyType(
    {
        "source": mark("Báo"),
        "topic": mark("Chủ đề"),
        "section": mark("Chuyên mục"),
        "author": mark("Tác giả"),
        "tag": mark("Thẻ"),
        "credited": mark("Nguồn gốc được dẫn"),
        "photographer": mark("Ảnh"),
    }
)

_SORTS: Final = MappingProxyType(
    {
        Sort.RELEVANCE: mark("Khớp nhất"),
        Sort.NEWEST: mark("Mới nhất"),
        Sort.OLDEST: mark("Cũ nhất"),
    }
)

_INTERVALS: Final = MappingProxyType(
    {
        Interval.YEAR: mark("Năm"),
        Interval.MONTH: mark("Tháng"),
        Interval.DAY: mark("Ngày"),
    }
)

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


def facet_label(facet: str) -> str:
    """Give the heading of a facet."""
    return gettext(_FACETS[facet])


def sort_label(sort: Sort) -> str:
    """Give the name of an order of results."""
    return gettext(_SORTS[sort])


def interval_label(interval: Interval) -> str:
    """Give the name of a width of bars."""
    return gettext(_INTERVALS[interval])


def facet_value_label(facet: str, value: str) -> str:
    """Give the text that shows a value of a facet.

    Papers write their sections into addresses without marks (`chinh-tri`); the usual ones are
    shown with them. What is searched and what stands in the address stays as it is.
    """
    return _SECTIONS.get(value, value) if facet == "section" else value


def buckets_called(facet: Facet, contains: str) -> list[Bucket]:
    """Give the values of a facet that contain something, as they are or as they are shown.

    Args:
        facet: The values to choose from.
        contains: What they must contain, whatever its case and marks; empty for all.
    """
    wanted = bare(contains)
    return [
        bucket
        for bucket in facet.buckets
        if wanted in bare(bucket.value)
        or (
            (label := facet_value_label(facet.name, bucket.value)) != bucket.value
            and wanted in bare(label)
        )
    ]
