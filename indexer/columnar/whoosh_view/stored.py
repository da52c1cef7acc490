"""An article as the stored fields of Whoosh, and back.

| field | value |
|---|---|
| `id`, `title`, `lead`, `source`, `section`, `topic`, `url` | a text |
| `captions`, `body` | a text with an empty line between paragraphs; also a list of texts |
| `author`, `tag`, `photographer` | a list of texts; also one text; `authors`, … are other names |
| `credited` | a list of texts; also one text |
| `published` | a `datetime`, in Vietnam if it has no zone; also a `date`, or a text |
| `precision` | how much of it is known: 1 year, 2 month, 3 day, 4 time |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from whoosh.fields import UnknownFieldError

from corpus import VIETNAM, Article, Precision, PublicationDate

_PARAGRAPHS: Final = "\n\n"
_BETWEEN_PARAGRAPHS: Final = re.compile(r"\n\s*\n")
_TEXTS: Final = ("id", "title", "lead", "source", "section", "topic", "url")
_OTHER_NAMES: Final = {"authors": "author", "tags": "tag", "photographers": "photographer"}


def stored_values(article: Article) -> dict[str, Any]:
    """Give the values of an article; those that it lacks are `None`."""
    published = article.published
    values: dict[str, Any] = {
        "id": article.id,
        "title": article.title,
        "lead": article.lead,
        "captions": _PARAGRAPHS.join(article.captions),
        "body": _PARAGRAPHS.join(article.body),
        "source": article.source,
        "section": article.section,
        "author": list(article.authors),
        "tag": list(article.tags),
        "topic": article.topic,
        "photographer": list(article.photographers),
        "credited": list(article.credited),
        "url": article.url,
        "published": published and published.start.replace(tzinfo=None),
        "precision": published and int(published.precision),
    }
    # Left out, Whoosh would look for them in the columns, which hold a stand-in.
    return {name: value or None for name, value in values.items()}


def article_of(fields: Mapping[str, Any]) -> Article:
    """Make an article from the values of its fields.

    Raises:
        UnknownFieldError: There is no such field.
        ArticleError: A value is none that an article can have.
        PublicationDateError: The date is none.
    """
    values = {_OTHER_NAMES.get(name, name): value for name, value in fields.items()}
    precision = values.pop("precision", None)
    known: dict[str, Any] = {name: values.pop(name, None) or "" for name in _TEXTS}
    known["captions"] = _paragraphs(values.pop("captions", None))
    known["body"] = _paragraphs(values.pop("body", None))
    known["authors"] = _several(values.pop("author", None))
    known["tags"] = _several(values.pop("tag", None))
    known["photographers"] = _several(values.pop("photographer", None))
    known["credited"] = _several(values.pop("credited", None))
    known["published"] = _date(values.pop("published", None), precision)
    if values:
        raise UnknownFieldError(f"an article has no field {min(values)!r}")
    return Article(**known)


def _paragraphs(value: Any) -> Any:
    if isinstance(value, str):
        return tuple(_BETWEEN_PARAGRAPHS.split(value))
    return value or ()


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) and value else value or ()


def _date(value: Any, precision: int | None) -> PublicationDate | None:
    if value is None or isinstance(value, PublicationDate):
        return value
    if isinstance(value, str):
        return PublicationDate.parse(value)
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=VIETNAM)
        return PublicationDate(moment, Precision(precision or Precision.TIME))
    if isinstance(value, date):
        return PublicationDate.of_day(value.year, value.month, value.day)
    raise TypeError(f"{value!r} is not a date")
