from __future__ import annotations

from hypothesis import given

from indexer.analysis import PARAGRAPH_GAP, tokenize
from indexer.schema import TEXT_FIELDS, text_of
from tests.indexer.columnar.small_indexes import SmallIndex, analyzer, small_indexes


@given(index=small_indexes())
def test_a_field_starts_where_its_first_paragraph_does(index: SmallIndex) -> None:
    articles = index.segments[0]
    starts = analyzer().analyze(articles).field_starts
    for article, of_article in zip(articles, starts.tolist(), strict=True):
        before = 0
        for field, start in zip(TEXT_FIELDS, of_article, strict=True):
            paragraphs = text_of(article, field)
            assert start == (before if paragraphs else 0)
            before += sum(len(list(tokenize(text))) + PARAGRAPH_GAP for text in paragraphs)
