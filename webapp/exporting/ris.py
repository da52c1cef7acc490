"""Articles as records of RIS, which reference managers import.

The tags are those of https://en.wikipedia.org/wiki/RIS_(file_format); a record is in UTF-8, and
its lines end with CR LF.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus import Article, Precision, PublicationDate


def ris_record(article: Article) -> str:
    """Write the record of one article; a date is given as exactly as it is known."""
    lines = (f"{tag}  - {' '.join(value.split())}" for tag, value in _fields(article) if value)
    return "\r\n".join((*lines, "ER  - ", ""))


def _fields(article: Article) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    yield "ID", article.id
    yield "TI", article.title
    for author in article.authors:
        # What follows a comma would be taken for a given name.
        yield "AU", author.replace(",", " ")
    yield "T2", article.source
    if article.published:
        yield "PY", str(article.published.first_day.year)
        yield "DA", _date(article.published)
    yield "UR", article.url
    for tag in article.tags:
        yield "KW", tag
    yield "AB", article.lead
    yield "LA", "vi"


def _date(known: PublicationDate) -> str:
    day = known.first_day
    month = f"{day.month:02}" if known.precision >= Precision.MONTH else ""
    of_month = f"{day.day:02}" if known.precision >= Precision.DAY else ""
    return f"{day.year:04}/{month}/{of_month}/"
