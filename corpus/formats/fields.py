"""From the named values of a record to an article: other names for fields, and filled gaps."""

from collections.abc import Mapping
from typing import cast

from corpus.article import FIELD_NAMES, Article
from corpus.errors import ArticleError
from corpus.urls import describe_url

ALIASES: Mapping[str, tuple[str, ...]] = {
    "title": ("headline",),
    "lead": ("description", "sapo", "summary"),
    "body": ("content", "text", "paragraphs"),
    "captions": ("caption",),
    "authors": ("author",),
    "source": ("publisher",),
    "url": ("link",),
    "section": ("category",),
    "published": ("publish", "published_at", "date"),
    "tags": ("topics", "keywords"),
}
"""Other names that are read for a field, tried in this order where the field has no value."""

_LISTS = frozenset({"body", "captions", "authors", "tags"})
_NAMES = tuple((field, (field, *ALIASES.get(field, ()))) for field in FIELD_NAMES)


def article_from_fields(record: Mapping[str, object]) -> Article:
    """Make an article from a record's values.

    Fields may go by the names in `ALIASES`; other names are ignored. A single text is taken
    for a list of one, but as a body it is cut into paragraphs at its line breaks. Where
    section or date are missing, what the URL says about them is taken.

    Raises:
        ArticleError: If a value cannot be accepted.
    """
    values: dict[str, object] = {}
    for field, names in _NAMES:
        for name in names:
            value = record.get(name)
            if value is not None and value != "" and value != []:
                if field in _LISTS and isinstance(value, str):
                    value = value.splitlines() if field == "body" else [value]
                values[field] = value
                break
    if isinstance(values.get("url"), str) and not ("section" in values and "published" in values):
        _fill_from_url(values)
    return Article.from_dict(values)


def _fill_from_url(values: dict[str, object]) -> None:
    try:
        told = describe_url(cast("str", values["url"]).strip())
    except ValueError as error:
        raise ArticleError("url", f"is no address: {error}") from error
    values.setdefault("section", told.section)
    values.setdefault("published", told.published)
