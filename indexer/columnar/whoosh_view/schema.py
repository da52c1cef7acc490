"""The fields of an index, as Whoosh describes fields.

| field | type | what |
|---|---|---|
| `id` | ID, unique | |
| `title`, `lead`, `captions`, `body` | TEXT | syllables in their normal form |
| `title_words`, … | TEXT | compounds, their syllables joined with `_` |
| `source`, `topic`, `section`, `author`, `tag`, `credited`, `photographer` | ID | exact values |
| `published` | DATETIME | start of the publication date, Vietnam time without a zone |
| `first_day`, `last_day` | DATETIME | its Vietnam days, at 0:00 |
| `precision` | NUMERIC | 1 year, 2 month, 3 day, 4 time |
| `url` | STORED | |

A date known to the month only is an interval: what overlaps May 2021 is what
`last_day:[20210501 TO] AND first_day:[TO 20210531]` finds.

The length of a `_words` field is that of its text field: only syllables count as length.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from whoosh import fields
from whoosh.analysis import Analyzer, Token

from indexer.analysis import normal_form, tokenize
from indexer.schema import FACETS, TEXT_FIELDS, WORDS_SUFFIX

DATE_FIELDS: Final = ("published", "first_day", "last_day")

SORTABLE: Final = ("id", "source", "topic", "section", *DATE_FIELDS, "precision")
"""Fields with one value at most, which Whoosh can sort by and group by through a column."""


class _TokenAnalyzer(Analyzer):
    """Gives Whoosh's tokens for the terms of a text."""

    def spans(self, text: str) -> Iterator[tuple[str, int, int]]:
        raise NotImplementedError

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        removestops: bool = True,
        start_pos: int = 0,
        start_char: int = 0,
        tokenize: bool = True,
        mode: str = "",
        **kwargs: Any,
    ) -> Iterator[Token]:
        token = Token(positions, chars, removestops=removestops, mode=mode, **kwargs)
        # Whoosh's parser asks for patterns and ends of ranges to be left in one piece.
        spans = self.spans(value) if tokenize else [(normal_form(value), 0, len(value))]
        for place, (text, start, end) in enumerate(spans):
            token.text = text
            token.boost = 1.0
            token.stopped = False
            if keeporiginal:
                setattr(token, "original", value[start:end])  # noqa: B010 - not declared
            if positions:
                token.pos = start_pos + place
            if chars:
                token.startchar, token.endchar = start_char + start, start_char + end
            yield token


class SyllableAnalyzer(_TokenAnalyzer):
    """Syllables in their normal form, as the index holds them."""

    def spans(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Give each syllable, and where it begins and ends."""
        for token in tokenize(text):
            yield token.text, token.start, token.end


class CompoundAnalyzer(_TokenAnalyzer):
    """Compounds as they are typed, `bầu_cử`; their syllables are put into normal form."""

    def spans(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Give each compound, and where it begins and ends."""
        end = 0
        for chunk in text.split():
            start = text.index(chunk, end)
            end = start + len(chunk)
            yield "_".join(map(normal_form, chunk.split("_"))), start, end


def make_schema() -> fields.Schema:
    """Give the schema that every index of this version has."""
    schema = fields.Schema(id=fields.ID(stored=True, unique=True, sortable=True))
    for name in TEXT_FIELDS:
        schema.add(name, fields.TEXT(SyllableAnalyzer(), stored=True))
        schema.add(name + WORDS_SUFFIX, fields.TEXT(CompoundAnalyzer()))
    for name in FACETS:
        schema.add(name, fields.ID(stored=True, sortable=name in SORTABLE))
    for name in DATE_FIELDS:
        date = fields.DATETIME(stored=name == "published", sortable=True)
        # Whoosh would look for coarser terms beside the values; the column has none.
        date.shift_step = 0
        schema.add(name, date)
    schema.add("precision", fields.NUMERIC(int, 32, stored=True, shift_step=0, sortable=True))
    schema.add("url", fields.STORED)
    return schema
