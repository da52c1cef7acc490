"""What a record's values are called, and what they are made of, in the forms that are known.

Records of other shapes are read by guessing from the names of their values; which name was
taken for which field is told in the report of the file (`corpus.reports`).
"""

import json
import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from corpus.article import FIELD_NAMES
from corpus.publication_date import VIETNAM
from corpus.text.markup import is_markup

ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": ("_id", "article_id", "news_id", "doc_id", "guid"),
    "title": ("headline", "tieu_de", "article_title", "news_title", "og_title"),
    "lead": ("description", "sapo", "summary", "abstract", "excerpt", "mo_ta", "tom_tat", "intro"),
    "body": (
        *("content", "text", "paragraphs", "article_body", "noi_dung", "main_text", "maintext"),
        *("full_text", "content_html", "body_html", "html", "raw_text"),
    ),
    "captions": ("caption", "chu_thich"),
    "authors": ("author", "byline", "tac_gia", "writer", "creator", "journalist"),
    "source": (
        *("publisher", "paper", "newspaper", "source_name", "site_name", "nguon", "bao", "outlet"),
        *("toa_soan", "site", "website", "domain"),
    ),
    "url": ("link", "href", "permalink", "article_url", "canonical_url", "duong_dan", "uri"),
    "section": (
        *("category", "categories", "cate", "chuyen_muc", "danh_muc"),
        "article_section",
    ),
    "published": (
        *("publish", "published_at", "date", "publish_time", "publish_date", "published_date"),
        *("date_published", "date_publish", "published_time", "pub_date", "ngay_dang", "ngay"),
        *("created", "created_at", "created_time", "thoi_gian", "time", "timestamp"),
    ),
    "tags": ("topics", "keywords", "tag", "keyword", "tu_khoa"),
    # What Báo Mới files an article under, not the paper that wrote it.
    "topic": ("cates", "chu_de"),
    "photographers": ("photographer", "photo_by", "nguoi_chup"),
    "credited": ("credit", "credits", "original_source", "theo_nguon"),
}
"""Other names that are read for a field, tried in this order where the field has no value."""

LISTS = frozenset({"body", "captions", "authors", "tags", "photographers", "credited"})
"""The fields that hold several texts."""

_BETWEEN_NAMES = re.compile(r"[;|]")
_SEPARATORS = {
    "authors": _BETWEEN_NAMES,
    "photographers": _BETWEEN_NAMES,
    "credited": _BETWEEN_NAMES,
    "tags": re.compile(r"[,;|]"),
}
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]")
_UNIX = re.compile(r"[0-9]{9,10}|[0-9]{12,13}")
_COMPACT = re.compile("((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])")
_RFC_2822 = re.compile(
    r"(?:[A-Z][a-z]{2}, )?[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{5,8} .{1,10}"
)
# Seconds from 1973 on; times in milliseconds and microseconds are larger than any of them.
_SECONDS = range(100_000_000, 100_000_000_000)
_MILLISECONDS = range(_SECONDS.stop, _SECONDS.stop * 1_000)
_NUMBERS = ("$numberInt", "$numberLong", "$numberDouble", "$numberDecimal")


def plain_name(name: str) -> str:
    """Return what names of one meaning have in common: ``Tiêu đề`` and ``tieu_de``."""
    bare = unicodedata.normalize("NFD", name[:100].lower().replace("đ", "d"))
    return _NOT_IN_NAMES.sub("", bare)


_KNOWN = {
    field: tuple(dict.fromkeys(map(plain_name, (field, *ALIASES.get(field, ())))))
    for field in FIELD_NAMES
}


def known_names(names: list[str]) -> dict[str, list[str]]:
    """Return for each field which of these names are read for it, the best one first."""
    by_name: dict[str, str] = {}
    for name in names:
        plain = plain_name(name)
        if plain not in by_name or name == plain:  # MongoDB's `_id` is not the `id`
            by_name[plain] = name
    found = {
        field: [by_name[plain] for plain in known if plain in by_name]
        for field, known in _KNOWN.items()
    }
    return {
        # What is called just like the field comes first.
        field: sorted(given, key=lambda name, field=field: name != field)  # type: ignore[misc]
        for field, given in found.items()
        if given
    }


def at_path(record: Mapping[str, object], path: str) -> object:
    """Return the value of this name, or inside of others, as in ``meta.title``."""
    if path in record:
        return record[path]
    value: object = record
    for name in path.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value


def converted(field: str, value: object) -> object:
    """Return a value as an article takes it; what is of no known form stays as it is."""
    if isinstance(value, dict):
        value = _from_extended_json(value)
        if isinstance(value, dict):
            value = value.get("name", value)
    if field == "published":
        return _date_text(value)
    if field == "id":
        if isinstance(value, bool | list | tuple) or value in (math.inf, -math.inf):
            return value
        # BSON has numbers and ids of its own, and an id may be an object.
        return int(value) if isinstance(value, int) else str(value)
    if field in LISTS:
        return _texts(field, value)
    if field == "topic" and isinstance(value, list | tuple):
        return "/".join(name for item in value if isinstance(name := converted("", item), str))
    if isinstance(value, list | tuple) and field in ("section", "source", "title", "lead", "url"):
        return converted(field, value[0]) if value else ""
    return value


def _texts(field: str, value: object) -> object:
    if isinstance(value, str):
        if value.startswith("[") and value.endswith("]") and field != "body":
            try:
                value = json.loads(value)
            except (ValueError, RecursionError):
                return [value]
            return _texts(field, value)
        if field == "body":
            return [value] if is_markup(value) else value.splitlines()
        if separator := _SEPARATORS.get(field):
            return [piece.strip() for piece in separator.split(value)]
        return [value]
    if isinstance(value, list | tuple):
        return [_named(item) if isinstance(item, dict) else item for item in value]
    return value


def _named(value: dict[str, object]) -> object:
    """Return the name of a person, place or tag that is described at length."""
    plain = _from_extended_json(value)
    return plain.get("name", plain) if isinstance(plain, dict) else plain


def _from_extended_json(value: dict[str, object]) -> object:
    """Read MongoDB's extended JSON, versions 1 and 2, as far as articles hold it."""
    if len(value) != 1:
        return value
    ((kind, inner),) = value.items()
    if kind == "$oid":
        return inner
    if kind == "$date":
        inner = _from_extended_json(inner) if isinstance(inner, dict) else inner
        return inner / 1_000 if isinstance(inner, int) else inner
    if kind in _NUMBERS:
        try:
            return int(str(inner))
        except ValueError:
            return inner
    return value


def _date_text(value: object) -> object:
    """Return a date as `PublicationDate.parse` reads it."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        text = value.strip()
        if match := _COMPACT.fullmatch(text):
            return "-".join(match.groups())
        if _UNIX.fullmatch(text):
            return _from_unix(int(text))
        if _RFC_2822.fullmatch(text):
            try:
                return parsedate_to_datetime(text).isoformat()
            except ValueError:
                return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        match = _COMPACT.fullmatch(str(value))
        return "-".join(match.groups()) if match else _from_unix(value)
    return value


def _from_unix(value: float) -> object:
    """Read a count of seconds, milliseconds or microseconds since 1970."""
    try:
        whole = int(value)
    except (ValueError, OverflowError):
        return str(value)
    if whole in _SECONDS:
        seconds = whole
    elif whole in _MILLISECONDS:
        seconds = whole // 1_000
    elif whole // 1_000 in _MILLISECONDS:
        seconds = whole // 1_000_000
    else:
        return whole
    return datetime.fromtimestamp(seconds, UTC).astimezone(VIETNAM).isoformat()
