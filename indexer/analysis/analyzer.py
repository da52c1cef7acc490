"""Articles to numbered terms: what an engine stores and matches.

Syllables decide what matches, and compounds help to order it. Both come from the same tokens: a
compound stands at the position of its first syllable. All fields of an article share one scale of
positions, which jumps between paragraphs and between fields, so that no phrase spans two of them.

A batch of articles is worked on at once, as arrays. News repeats its words, so each distinct piece
of text is cut into tokens once and remembered (`chunks`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus import Article
from indexer.analysis.chunks import ChunkTokens, TokenBatch
from indexer.analysis.segmenter import Segmenter, SpanBatch
from indexer.schema import TEXT_FIELDS, text_of

RULES = "syllables-3"
"""Names the rules by which text becomes terms; an index made by others must be rebuilt."""

PARAGRAPH_GAP = 64
"""How far positions jump from the last token of a paragraph to the first of the next."""

_LONG = 6
"""Runs of more terms are rare, and looked up one by one."""

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class BatchTerms:
    """All terms of one kind in a batch of articles, in the order of the text.

    Attributes:
        vocabulary: The distinct terms.
        terms: Index into `vocabulary` of each occurrence.
        articles: Index into the batch of its article; ascending.
        fields: Number of its field in `schema.TEXT_FIELDS`; ascending within an article.
        positions: Its position; ascending within an article.
    """

    vocabulary: Sequence[str]
    terms: Int32s
    articles: Int32s
    fields: NDArray[np.uint8]
    positions: Int32s


@dataclass(frozen=True, slots=True)
class AnalyzedBatch:
    """Some articles and their terms.

    Attributes:
        articles: The articles.
        groups: `"text"`, the syllables, and `"words"`, the compounds.
        lengths: How many syllables each article has in each field: a row for each article.
        field_starts: Position of the first syllable of each field, likewise.
        looks: How each syllable of the group `"text"` was written (see `chunks`).
    """

    articles: Sequence[Article]
    groups: Mapping[str, BatchTerms]
    lengths: Int64s
    field_starts: Int64s
    looks: NDArray[np.uint8]


class Analyzer:
    """Cuts articles into terms. Not to be shared by threads.

    Args:
        segmenter: Finds the words.

    Attributes:
        segmenter: It.
        tokens: Cuts texts into tokens, and remembers what they are made of.
    """

    def __init__(self, segmenter: Segmenter) -> None:
        self.segmenter = segmenter
        self.tokens = ChunkTokens()
        self._translation = segmenter.translation()
        self._chunks: Sequence[str] = ()

    def analyze(self, articles: Sequence[Article]) -> AnalyzedBatch:
        """Cut all text fields of some articles into terms."""
        paragraphs: list[str] = []
        owners: list[int] = []
        fields: list[int] = []
        for number, article in enumerate(articles):
            for field, name in enumerate(TEXT_FIELDS):
                texts = text_of(article, name)
                paragraphs += texts
                owners += [number] * len(texts)
                fields += [field] * len(texts)
        tokens, spans = self._cut(paragraphs)
        of_paragraph = _Layout.of(
            tokens, np.array(owners, np.int64), np.array(fields, np.int64), len(articles)
        )
        groups = {
            "text": self._terms(tokens, of_paragraph),
            "words": self._words(tokens, spans, of_paragraph),
        }
        return AnalyzedBatch(
            articles, groups, of_paragraph.lengths, of_paragraph.field_starts, tokens.looks
        )

    def compounds(self, text: str) -> list[str]:
        """Give the compounds of a text, in its order, their syllables joined with `_`."""
        tokens, spans = self._cut([text])
        firsts, lasts = compounds(tokens, spans)
        numbers = tokens.terms.tolist()
        return [
            "_".join(map(self.tokens.term, numbers[first:last]))
            for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True)
        ]

    def _cut(self, texts: Sequence[str]) -> tuple[TokenBatch, SpanBatch]:
        """Cut texts into our tokens and those of the segmenter."""
        chunked = self.tokens.chunked(texts)
        if chunked.chunks is not self._chunks:
            self._chunks, self._translation = chunked.chunks, self.segmenter.translation()
        return self.tokens.tokens(chunked), self.segmenter.spans_of(chunked, self._translation)

    def _terms(self, tokens: TokenBatch, layout: _Layout) -> BatchTerms:
        forms, terms = self.tokens.forms(tokens.terms)
        return layout.placed(forms, terms, np.arange(len(terms)))

    def _words(self, tokens: TokenBatch, spans: SpanBatch, layout: _Layout) -> BatchTerms:
        firsts, lasts = compounds(tokens, spans)
        distinct, terms = _distinct(tokens.terms, firsts, lasts - firsts)
        bounds = zip(firsts[distinct].tolist(), lasts[distinct].tolist(), strict=True)
        term = self.tokens.term
        vocabulary = [
            "_".join(map(term, tokens.terms[first:last].tolist())) for first, last in bounds
        ]
        return layout.placed(vocabulary, terms, firsts)


def _distinct(terms: Int32s, firsts: Int64s, lengths: Int64s) -> tuple[Int64s, Int64s]:
    """Find which runs of terms are the same.

    Args:
        terms: Numbers of terms.
        firsts: Where each run begins among them.
        lengths: How long it is.

    Returns:
        The places of the distinct runs, in their order, and for each run the place of its like
        among these.
    """
    keys = terms[firsts].astype(np.int64)
    for place in range(1, min(_LONG, int(lengths.max(initial=1)))):
        # A run is what was numbered before, and one more term.
        longer = np.flatnonzero(lengths > place)
        pairs = (keys[longer] << 32) | terms[firsts[longer] + place]
        keys[longer] = np.unique(pairs, return_inverse=True)[1]
    known: dict[bytes, int] = {}
    for run in np.flatnonzero(lengths > _LONG).tolist():
        own_terms = terms[firsts[run] : firsts[run] + lengths[run]].tobytes()
        keys[run] = known.setdefault(own_terms, len(known))
    keys |= np.minimum(lengths, _LONG + 1) << 32
    _, distinct, own = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(distinct)
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    return distinct[order], ranks[own]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the tokens of a batch stand: article, field and position of each."""

    articles: Int64s
    fields: Int64s
    positions: Int64s
    lengths: Int64s
    field_starts: Int64s

    @classmethod
    def of(cls, tokens: TokenBatch, owners: Int64s, fields: Int64s, article_count: int) -> _Layout:
        """Lay out tokens.

        Args:
            tokens: Tokens of all paragraphs.
            owners: Article of each paragraph, ascending.
            fields: Field of each paragraph, ascending within an article.
            article_count: How many articles there are.
        """
        counts = np.diff(tokens.bounds)
        shape = article_count, len(TEXT_FIELDS)
        # Each paragraph begins a gap after the end of the one before it in the article.
        extents = counts + PARAGRAPH_GAP
        before = np.cumsum(extents) - extents
        firsts_of_article = np.searchsorted(owners, np.arange(article_count))
        starts = before - before[firsts_of_article[owners]] if len(owners) else before
        lengths = np.zeros(shape, np.int64)
        np.add.at(lengths, (owners, fields), counts)
        field_starts = np.zeros(shape, np.int64)
        begins = np.flatnonzero(np.diff(owners * len(TEXT_FIELDS) + fields, prepend=-1))
        field_starts[owners[begins], fields[begins]] = starts[begins]
        within = np.arange(len(tokens.terms)) - np.repeat(tokens.bounds[:-1], counts)
        return cls(
            np.repeat(owners, counts),
            np.repeat(fields, counts),
            np.repeat(starts, counts) + within,
            lengths,
            field_starts,
        )

    def placed(self, vocabulary: Sequence[str], terms: Int64s, tokens: Int64s) -> BatchTerms:
        """Place terms where some tokens stand."""
        return BatchTerms(
            vocabulary,
            terms.astype(np.int32),
            self.articles[tokens].astype(np.int32),
            self.fields[tokens].astype(np.uint8),
            self.positions[tokens].astype(np.int32),
        )


def compounds(tokens: TokenBatch, spans: SpanBatch) -> tuple[Int64s, Int64s]:
    """Find the compounds among the tokens of some texts.

    They are the words of the segmenter that hold several tokens, and names and numbers of joined
    tokens (`Covid-19`).

    Args:
        tokens: Tokens of the texts.
        spans: The segmenter's tokens of the same texts.

    Returns:
        For each compound its first token and the end of its last one, as indices into all tokens;
        ascending, each pair once.
    """
    # Offsets of all texts on one scale, on which no text reaches into the next one.
    reach = 1 + max(int(tokens.ends.max(initial=0)), int(spans.ends.max(initial=0)))
    of_token = np.repeat(np.arange(len(tokens.bounds) - 1), np.diff(tokens.bounds)) * reach
    of_span = np.repeat(np.arange(len(spans)), np.diff(spans.bounds)) * reach
    is_last = np.ones(len(spans.joined), dtype=bool)
    is_last[:-1] = ~spans.joined[1:]
    word_starts = (spans.starts + of_span)[~spans.joined]
    word_ends = (spans.ends + of_span)[is_last]
    firsts = np.searchsorted(tokens.starts + of_token, word_starts)
    lasts = np.searchsorted(tokens.ends + of_token, word_ends, side="right")
    # Runs of joined tokens: a joined token continues the one before it.
    begins = np.flatnonzero(~tokens.joined)
    ends = np.append(begins, len(tokens.joined))[1:]
    firsts = np.concatenate([firsts, begins])
    lasts = np.concatenate([lasts, ends])
    several = lasts - firsts > 1
    keys = np.unique((firsts[several].astype(np.int64) << 32) | lasts[several])
    return keys >> 32, keys & 0xFFFFFFFF
