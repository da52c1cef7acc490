"""Articles like one: those that share its distinctive words.

A word is as distinctive as it is frequent in the article and rare in the index: tf·idf, with tf
weighted by field as in the score of a search, and its logarithm taken.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from corpus import Article
from indexer.analysis import Segmenter, Spans, normal_form, token_texts
from indexer.engines.base import Engine
from indexer.engines.query import Compound, MatchNone, Or, Query, Term
from indexer.schema import TEXT_FIELDS, TEXT_WEIGHTS, text_of

TERMS = 20
"""How many words an article is known by; few more or less hardly matter."""

_MOST_HOLDING = 0.1
"""A word that more than this part of all articles hold says little, and costs much to look up."""


def related_query(
    engine: Engine, segmenter: Segmenter, article: Article, terms: int = TERMS
) -> Query:
    """Make the query that finds articles like one, and itself.

    Args:
        engine: Knows how many articles hold a word.
        segmenter: What cut the articles of the index.
        article: The article.
        terms: How many of its words to ask for.
    """
    weights = _weights(segmenter, article)
    candidates = list(weights)
    total = engine.article_count()
    most = max(2.0, total * _MOST_HOLDING)
    scored = [
        (weights[term] * math.log((total + 1) / holding), term)
        for term, holding in zip(candidates, engine.frequencies(candidates), strict=True)
        if 1 < holding <= most
    ]
    chosen = [term for _, term in sorted(scored, reverse=True)[:terms]]
    if not chosen:
        return MatchNone()
    return Or(tuple(Compound(term) if "_" in term else Term(term) for term in chosen))


def _weights(segmenter: Segmenter, article: Article) -> dict[str, float]:
    """Give the logarithm of the weighted frequency of each syllable and compound."""
    paragraphs = [
        (text, TEXT_WEIGHTS[field]) for field in TEXT_FIELDS for text in text_of(article, field)
    ]
    frequencies: defaultdict[str, float] = defaultdict(float)
    texts = [text for text, _ in paragraphs]
    cut = zip(paragraphs, token_texts(texts), segmenter.spans_many(texts), strict=True)
    for (text, weight), tokens, spans in cut:
        for token in tokens:
            frequencies[normal_form(token)] += weight
        for compound in _compounds(text, spans):
            frequencies[compound] += weight
    return {term: math.log1p(frequency) for term, frequency in frequencies.items()}


def _compounds(text: str, spans: Spans) -> Iterator[str]:
    """Give the words of several syllables, joined with `_`.

    A few are no compounds of the index, such as those with a sign inside: no article holds them,
    so they are not asked for.
    """
    word: list[str] = []
    for start, end, joined in zip(
        spans.starts.tolist(), spans.ends.tolist(), spans.joined.tolist(), strict=True
    ):
        if not joined:
            if len(word) > 1:
                yield "_".join(map(normal_form, word))
            word = []
        word.append(text[start:end])
    if len(word) > 1:
        yield "_".join(map(normal_form, word))
