"""The paragraphs of an article, cut into tokens once for all that is looked for in them."""

from __future__ import annotations

from typing import NamedTuple

from corpus import Article
from indexer.analysis import token_texts
from indexer.schema import TEXT_FIELDS, text_of


class Paragraph(NamedTuple):
    """A paragraph of an article.

    Attributes:
        field: The text field to which it belongs.
        text: The text as it was written.
        tokens: Its tokens, each in one of the `spellings` of its normal form.
    """

    field: str
    text: str
    tokens: list[str]


def paragraphs_of(article: Article) -> list[Paragraph]:
    """Give all paragraphs of an article, field by field; the title is the first of them."""
    placed = [(field, text) for field in TEXT_FIELDS for text in text_of(article, field)]
    tokens = token_texts([text for _, text in placed])
    return [Paragraph(*own, of_text) for own, of_text in zip(placed, tokens, strict=True)]
