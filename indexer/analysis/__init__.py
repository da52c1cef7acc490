"""From text to terms, the same for articles and for queries.

Reading order: `spelling` (the normal form of one token), `tokenizer` (text to tokens with their
places), `analyzer` (an article's fields to numbered syllables and compounds).
"""

from indexer.analysis.analyzer import (
    ANALYZER_FINGERPRINT,
    PARAGRAPH_GAP,
    AnalyzedArticle,
    AnalyzedText,
    analyze_article,
    compounds,
)
from indexer.analysis.spelling import bare_form, normal_form
from indexer.analysis.tokenizer import Token, tokenize

__all__ = [
    "ANALYZER_FINGERPRINT",
    "PARAGRAPH_GAP",
    "AnalyzedArticle",
    "AnalyzedText",
    "Token",
    "analyze_article",
    "bare_form",
    "compounds",
    "normal_form",
    "tokenize",
]
