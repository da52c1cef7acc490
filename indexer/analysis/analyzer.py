"""An article's text fields to numbered terms: what an engine stores and matches.

Syllables decide what matches, and compounds help to order it. Both come from the same tokens: a
compound stands at the position of its first syllable. Positions jump between paragraphs, so that
no phrase spans two of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus import Article
from indexer.analysis.pyvi_words import compound_spans
from indexer.analysis.tokenizer import Token, tokenize
from indexer.schema import TEXT_FIELDS, text_of

ANALYZER_FINGERPRINT = "syllables-1 pyvi-0.1.1"
"""Names the rules that cut the text; an index made by others must be rebuilt."""

PARAGRAPH_GAP = 100
"""How far positions jump from the last token of a paragraph to the first of the next."""


@dataclass(frozen=True, slots=True)
class AnalyzedText:
    """The terms of one text field.

    Attributes:
        terms: Syllables in normal form, in the order of the text.
        positions: Position of each of them; ascending, with jumps between paragraphs.
        words: Compounds, their syllables joined with `_`.
        word_positions: Position of the first syllable of each compound; ascending.
    """

    terms: list[str]
    positions: list[int]
    words: list[str]
    word_positions: list[int]


@dataclass(frozen=True, slots=True)
class AnalyzedArticle:
    """An article and the terms of those of its text fields that are not empty."""

    article: Article
    texts: Mapping[str, AnalyzedText]


def analyze_article(article: Article) -> AnalyzedArticle:
    """Cut all text fields of an article into terms."""
    texts = {}
    for field in TEXT_FIELDS:
        if paragraphs := text_of(article, field):
            texts[field] = analyze_text(paragraphs)
    return AnalyzedArticle(article, texts)


def analyze_text(paragraphs: Sequence[str]) -> AnalyzedText:
    """Cut paragraphs into the terms of one field."""
    terms: list[str] = []
    positions: list[int] = []
    words: list[str] = []
    word_positions: list[int] = []
    first = 0
    for paragraph in paragraphs:
        tokens = list(tokenize(paragraph))
        terms += [token.text for token in tokens]
        positions += range(first, first + len(tokens))
        for start, word in compounds(paragraph, tokens):
            words.append(word)
            word_positions.append(first + start)
        first += len(tokens) + PARAGRAPH_GAP
    return AnalyzedText(terms, positions, words, word_positions)


def compounds(text: str, tokens: Sequence[Token]) -> list[tuple[int, str]]:
    """Find the compounds among the tokens of a text.

    Args:
        text: The text.
        tokens: Its tokens.

    Returns:
        For each compound the index of its first token, ascending, and its syllables joined
        with `_`: the words of the segmenter, and names and numbers of joined tokens.
    """
    found = set()
    index = 0
    for start, end in compound_spans(text):
        while index < len(tokens) and tokens[index].start < start:
            index += 1
        last = index
        while last < len(tokens) and tokens[last].end <= end:
            last += 1
        if last - index > 1:
            found.add((index, last))
    for index in range(1, len(tokens)):
        if tokens[index].joined and not tokens[index - 1].joined:
            last = index + 1
            while last < len(tokens) and tokens[last].joined:
                last += 1
            found.add((index - 1, last))
    return [(a, "_".join(token.text for token in tokens[a:b])) for a, b in sorted(found)]
