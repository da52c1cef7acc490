"""What an index knows of an article: its text fields, its facets, and their meaning.

Both sides of the index, `build` and `search`, and every engine agree on the names here. A change
of meaning needs a new `SCHEMA_VERSION`: an index of another version is refused when opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from corpus import Article

SCHEMA_VERSION: Final = 3

TEXT_FIELDS: Final = ("title", "lead", "captions", "body")
"""The parts of an article that are searched, in the order in which a reader meets them."""

TEXT_WEIGHTS: Final[Mapping[str, float]] = MappingProxyType(
    {"title": 2.0, "lead": 1.2, "captions": 0.7, "body": 1.0}
)
"""How much a word counts by the part in which it stands."""

WORDS_SUFFIX: Final = "_words"
"""`body` holds syllables and `body_words` its compounds, on one numbering of positions."""

WORD_WEIGHT: Final = 0.3
"""How much a compound adds to the score of the syllables it is made of."""

FACETS: Final = ("source", "topic", "section", "author", "tag", "credited", "photographer")
"""Fields whose values can be counted and filtered by."""


def text_of(article: Article, field: str) -> tuple[str, ...]:
    """Give the paragraphs of one text field of an article, as they were written.

    Args:
        article: The article.
        field: One of `TEXT_FIELDS`.

    Returns:
        Paragraphs in reading order; none where the article lacks that part.
    """
    match field:
        case "title":
            return (article.title,) if article.title else ()
        case "lead":
            return (article.lead,) if article.lead else ()
        case "captions":
            return article.captions
        case "body":
            return article.body
    raise KeyError(field)


def facet_values(article: Article, facet: str) -> tuple[str, ...]:
    """Give the values that an article has in one facet.

    Args:
        article: The article.
        facet: One of `FACETS`.

    Returns:
        Distinct values in the article's order; none where the article lacks them.
    """
    match facet:
        case "source":
            return (article.source,) if article.source else ()
        case "topic":
            return (article.topic,) if article.topic else ()
        case "section":
            return (article.section,) if article.section else ()
        case "author":
            return article.authors
        case "tag":
            return article.tags
        case "credited":
            return article.credited
        case "photographer":
            return article.photographers
    raise KeyError(facet)
