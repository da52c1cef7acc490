"""The names under which fields may be typed."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from indexer.analysis import bare_form, normal_form

DATE_FIELDS: Final = ("date", "from", "to")
"""Not fields of an article, but ways to say when it was published."""

FIELD_NAMES: Final = {
    "title": ("tiêu-đề", "title", "tựa", "tít", "nhan-đề"),
    "lead": ("sapo", "lead", "tóm-tắt", "sa-pô"),
    "body": ("nội-dung", "body", "thân-bài"),
    "captions": ("chú-thích", "caption", "captions"),
    "author": ("tác-giả", "author"),
    "source": ("nguồn", "source", "báo"),
    "section": ("mục", "section", "chuyên-mục"),
    "topic": ("chủ-đề", "topic"),
    "tag": ("thẻ", "tag"),
    "credited": ("trích-nguồn", "credited"),
    "photographer": ("người-chụp", "photographer"),
    "date": ("ngày", "date"),
    "from": ("từ", "from"),
    "to": ("đến", "to"),
}
"""The names of each field: first the Vietnamese and the English one that `explain` writes.

Upper case, marks and hyphens do not matter.
"""

LONGEST_NAME: Final = 24
"""No name is longer, in typed characters of any normalisation form."""

_LEAST_NAME_TO_MEND = 5
"""Shorter names are a letter away from words that are no names."""

_PLAUSIBLE_NAME = re.compile(r"[^\W\d_]+(?:[-_][^\W\d_]+)*")


def _key(name: str) -> str:
    """Give a name in lower case without its hyphens."""
    return normal_form(name).replace("-", "").replace("_", "")


_FIELD_OF_KEY = {
    key: field
    for field, names in FIELD_NAMES.items()
    for name in names
    for key in (_key(name), bare_form(_key(name)))
}


def field_of(name: str) -> str | None:
    """Give the field that a typed name means, or `None`.

    All marks may be left out, but they may not be others: `bao` is `báo`, and `bão` is not.

    Args:
        name: What stands before a colon, in any normalisation form.
    """
    return _FIELD_OF_KEY.get(_key(name))


def display_name(field: str, language: str) -> str:
    """Give the name that `explain` writes for a field, in Vietnamese (`vi`) or English (`en`)."""
    return FIELD_NAMES[field][language == "en"]


def similar_name(name: str) -> str | None:
    """Give the name of a field that differs from an unknown one by marks or one typing error.

    Args:
        name: What stands before a colon and is no name of a field.
    """
    if not _PLAUSIBLE_NAME.fullmatch(unicodedata.normalize("NFKC", name)):
        return None
    key = bare_form(_key(name))
    for names in FIELD_NAMES.values():
        for known in names:
            known_key = bare_form(_key(known))
            if len(known_key) >= _LEAST_NAME_TO_MEND and _one_error_apart(key, known_key):
                return known
    return None


def _one_error_apart(one: str, other: str) -> bool:
    """Tell whether at most one letter is missing, added, wrong, or swapped with the next."""
    shorter, longer = sorted((one, other), key=len)
    place = 0
    while place < len(shorter) and shorter[place] == longer[place]:
        place += 1
    rest, long_rest = shorter[place:], longer[place:]
    if len(rest) < len(long_rest):
        return rest == long_rest[1:]
    swapped = rest[1::-1] == long_rest[:2] and rest[2:] == long_rest[2:]
    return rest[1:] == long_rest[1:] or swapped
