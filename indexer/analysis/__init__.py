"""From text to terms, the same for articles and for queries.

Reading order: `spelling` (the normal form of one token), `tokenizer` (text to tokens with their
places), `segmenter` (the words of a text), `chunks` (the tokens of many texts at once) and
`analyzer` (articles to numbered syllables and compounds).

For queries alone: `syllables` (which ones spelling allows), `begun` (what an incomplete one may
become), `typing` (Telex and VNI typed without an input method), `mistypes` and `confusions` (what
a typist may have meant) and `abbreviations`.
"""

from indexer.analysis.abbreviations import Abbreviation, Abbreviations, Reading
from indexer.analysis.analyzer import (
    PARAGRAPH_GAP,
    RULES,
    AnalyzedBatch,
    Analyzer,
    BatchTerms,
)
from indexer.analysis.begun import beginnings, can_complete, completes
from indexer.analysis.chunks import ALL_CAPITALS, CAPITAL, SIGN_AFTER, SIGN_BEFORE
from indexer.analysis.confusions import confusions
from indexer.analysis.segmenter import Segmenter, SpanBatch, Spans
from indexer.analysis.spelling import (
    bare_form,
    normal_form,
    spellings,
    spellings_of_all,
    without_tone,
)
from indexer.analysis.syllables import Syllable, parse_syllable, syllables
from indexer.analysis.tokenizer import Token, plain_sign, token_spans, token_texts, tokenize
from indexer.analysis.typing import decode_telex, decode_vni

__all__ = [
    "ALL_CAPITALS",
    "CAPITAL",
    "PARAGRAPH_GAP",
    "RULES",
    "SIGN_AFTER",
    "SIGN_BEFORE",
    "Abbreviation",
    "Abbreviations",
    "AnalyzedBatch",
    "Analyzer",
    "BatchTerms",
    "Reading",
    "Segmenter",
    "SpanBatch",
    "Spans",
    "Syllable",
    "Token",
    "bare_form",
    "beginnings",
    "can_complete",
    "completes",
    "confusions",
    "decode_telex",
    "decode_vni",
    "normal_form",
    "parse_syllable",
    "plain_sign",
    "spellings",
    "spellings_of_all",
    "syllables",
    "token_spans",
    "token_texts",
    "tokenize",
    "without_tone",
]
