"""The Whoosh schema of an index: text fields, their compounds, the article itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator
from typing import Any

from whoosh import analysis, fields, formats

from indexer.schema import TEXT_FIELDS, WORDS_SUFFIX

ID_FIELD = "id"
ARTICLE_FIELD = "article"
"""The whole article as JSON."""

METADATA_FIELD = "metadata"
"""Facet values and publication dates as JSON, one row for each article, read all at once."""


class TermsField(fields.FieldType):
    """A scored field with positions whose terms were made before they reach Whoosh.

    Its value is a pair of equally long lists: terms and their positions, ascending.
    """

    def __init__(self) -> None:
        analyzer: Any = analysis.IDTokenizer()  # Whoosh asks for one; it is never used
        super().__init__(formats.Positions(), analyzer, scorable=True)

    def index(
        self, value: Any, **_kwargs: Any
    ) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        """Give term, frequency, weight and encoded positions of each distinct term."""
        terms, positions = value
        by_term: defaultdict[str, list[int]] = defaultdict(list)
        for term, position in zip(terms, positions, strict=True):
            by_term[term].append(position)
        encode = formats.Positions().encode
        for term, places in by_term.items():
            yield term.encode(), len(places), float(len(places)), encode(places)


def whoosh_schema() -> fields.Schema:
    """Make the schema of a new index."""
    schema = fields.Schema()
    schema.add(ID_FIELD, fields.ID(unique=True))
    schema.add(ARTICLE_FIELD, fields.STORED())
    schema.add(METADATA_FIELD, fields.COLUMN())
    for field in TEXT_FIELDS:
        schema.add(field, TermsField())
        schema.add(field + WORDS_SUFFIX, TermsField())
    return schema
