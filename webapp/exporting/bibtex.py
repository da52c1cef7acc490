"""Articles as entries of a BibTeX bibliography, in UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Final

from corpus import Article, Precision

_ESCAPED: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # BibTeX counts braces even behind a backslash.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "&%$#_"},
    }
)
_IN_URL: Final = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D"})
_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_PLAIN_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+-]*")


def bibtex_entries(articles: Iterable[Article]) -> Iterator[str]:
    """Write an entry for each article, with an empty line behind it."""
    for article in articles:
        yield bibtex_entry(article) + "\n"


def bibtex_entry(article: Article) -> str:
    """Write the entry of one article.

    Names stand in braces of their own: Vietnamese names begin with the family's, and BibTeX would
    take the last part for it. A date is given as exactly as it is known.
    """
    fields = {
        "title": f"{{{_text(article.title)}}}",
        "author": " and ".join(f"{{{_text(name)}}}" for name in article.authors),
        "journal": _text(article.source),
        "url": article.url.translate(_IN_URL),
        "keywords": ", ".join(map(_text, article.tags)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if known := article.published:
        day = known.first_day
        lines.append(f"  year = {{{day.year}}},")
        if known.precision >= Precision.MONTH:
            lines.append(f"  month = {_MONTHS[day.month - 1]},")
        if known.precision >= Precision.DAY:
            lines.append(f"  day = {{{day.day}}},")
    kind = "article" if article.source else "misc"
    return "\n".join((f"@{kind}{{{_key(article.id)},", *lines, "}", ""))


def _text(text: str) -> str:
    return " ".join(text.split()).translate(_ESCAPED)


def _key(article_id: str) -> str:
    if _PLAIN_KEY.fullmatch(article_id):
        return article_id
    return f"id-{blake2b(article_id.encode(), digest_size=8).hexdigest()}"
