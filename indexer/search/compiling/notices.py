"""What is said where a query was read otherwise than typed because of what the index holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from indexer.search.syntax import Notice

_SHOWN: Final = 5

_FIELDS_VI: Final = {
    "source": "tờ báo",
    "section": "chuyên mục",
    "author": "tác giả",
    "topic": "chủ đề",
    "tag": "thẻ",
    "credited": "nguồn được dẫn",
    "photographer": "người chụp ảnh",
}


def completed(typed: str, forms: Sequence[str], start: int, end: int) -> Notice:
    """A partly marked syllable stands for forms with more marks."""
    listed = _listed(forms)
    return Notice(
        "completed",
        f"Không có bài nào viết “{typed}”, nên đã tìm {listed}.",
        f"No article has “{typed}”, so {listed} was searched for.",
        start,
        end,
    )


def phrase_nowhere(typed: str, start: int, end: int) -> Notice:
    """A phrase in a longer query does not stand with its other words, and is taken apart."""
    return Notice(
        "phrase_nowhere",
        f"Không có bài nào có cụm từ “{typed}” cùng các từ còn lại, nên các từ của nó được "
        "tìm như từ thường.",
        f"No article has the phrase “{typed}” with the other words, so its words were "
        "searched for one by one.",
        start,
        end,
    )


def abbreviated(typed: str, others: Sequence[str], start: int, end: int) -> Notice:
    """Words are looked for in the other ways to say them, too."""
    listed = _listed(others)
    return Notice(
        "abbreviated",
        f"“{typed}” cũng được tìm dưới dạng {listed}.",
        f"“{typed}” was also searched for as {listed}.",
        start,
        end,
    )


def no_value(facet: str, typed: str, start: int, end: int) -> Notice:
    """No article has such a value in a facet."""
    return Notice(
        "no_value",
        f"Không có {_FIELDS_VI.get(facet, facet)} nào tên “{typed}” trong kho bài này.",
        f"No article has “{typed}” as its {facet}.",
        start,
        end,
    )


def _listed(forms: Sequence[str]) -> str:
    shown = ", ".join(f"“{form}”" for form in forms[:_SHOWN])
    return f"{shown}, …" if len(forms) > _SHOWN else shown
