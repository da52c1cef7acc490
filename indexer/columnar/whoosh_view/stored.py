"""An article as the stored fields of Whoosh."""

from __future__ import annotations

from typing import Any, Final

from corpus import Article

PARAGRAPHS: Final = "\n\n"
"""Stands between the paragraphs of a text that Whoosh knows as one string."""


def stored_values(article: Article) -> dict[str, Any]:
    """Give the values of an article; those that it lacks are `None`."""
    published = article.published
    values: dict[str, Any] = {
        "id": article.id,
        "title": article.title,
        "lead": article.lead,
        "captions": PARAGRAPHS.join(article.captions),
        "body": PARAGRAPHS.join(article.body),
        "source": article.source,
        "section": article.section,
        "author": list(article.authors),
        "tag": list(article.tags),
        "url": article.url,
        "published": published and published.start.replace(tzinfo=None),
        "precision": published and int(published.precision),
    }
    # Left out, Whoosh would look for them in the columns, which hold a stand-in.
    return {name: value or None for name, value in values.items()}
