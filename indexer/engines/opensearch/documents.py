"""From analysed articles to documents of OpenSearch, and back."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode, urlsafe_b64decode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from hashlib import sha256
from typing import Any, Final

import numpy as np

from corpus import VIETNAM, Article
from indexer.analysis import AnalyzedBatch, BatchTerms
from indexer.engines.opensearch.mapping import (
    ALL,
    DELIMITER,
    FREQUENCY_UNIT,
    TERM_FREQUENCIES,
    TOKENS,
    VALUES_SUFFIX,
)
from indexer.schema import FACETS, TEXT_FIELDS, WORDS_SUFFIX, facet_values

Document = dict[str, Any]

_LONGEST_ID: Final = 512
"""Bytes that OpenSearch allows."""

_LONGEST_TERM: Final = 4_000
"""Longer terms are kept by their beginning and a digest: Lucene allows 32,766 bytes."""


def document_id(article_id: str) -> str:
    """Give the name of an article's document."""
    encoded = article_id.encode()
    if len(encoded) <= _LONGEST_ID and not article_id.startswith(("_", "#")):
        return article_id
    return "#" + sha256(encoded).hexdigest()


def term_key(term: str) -> str:
    """Give what stands for a term in OpenSearch: itself, unless it is very long."""
    if len(term) <= _LONGEST_TERM:
        return term
    return f"{term[:_LONGEST_TERM]}{sha256(term.encode()).hexdigest()}"


def is_term(text: str) -> bool:
    """Tell whether some text can be a term, or part of one."""
    return bool(text) and not any(c.isspace() or c == DELIMITER or _half(c) for c in text)


def documents(batch: AnalyzedBatch, ordinals: Iterable[int]) -> Iterator[Document]:
    """Make the documents of analysed articles, each a story of its own.

    Args:
        batch: The articles.
        ordinals: The place of each in the order of the corpus.
    """
    texts = _paragraphs(batch.groups["text"], len(batch.articles))
    words = _paragraphs(batch.groups["words"], len(batch.articles))
    for number, (article, ordinal) in enumerate(zip(batch.articles, ordinals, strict=True)):
        document: Document = {
            "article": article.to_dict(),
            "ordinal": ordinal,
            "story": ordinal,
            **texts[number],
            **{f + WORDS_SUFFIX: " ".join(parts) for f, parts in words[number].items()},
            **_date_fields(article),
        }
        for facet in FACETS:
            if values := facet_values(article, facet):
                document[facet] = list(values)
                document[facet + VALUES_SUFFIX] = len(values)
        yield with_derived(document)


def with_derived(document: Document) -> Document:
    """Add what follows from the rest of a document and is not kept with it."""
    counts: Counter[str] = Counter()
    words: Counter[str] = Counter()
    length = 0
    for field in TEXT_FIELDS:
        each = TERM_FREQUENCIES[field]
        for paragraph in document.get(field, ()):
            terms = paragraph.split()
            length += each * len(terms)
            for term in terms:
                counts[term] += each
        for term in document.get(field + WORDS_SUFFIX, "").split():
            words[term] += each
    document["title_length"] = sum(len(text.split()) for text in document.get("title", ()))
    document["length"] = length / FREQUENCY_UNIT
    document[TOKENS] = _packed(document)
    document[ALL] = _weighted(counts)
    document[ALL + WORDS_SUFFIX] = _weighted(words)
    return document


def _packed(document: Document) -> str:
    texts = {name: document[name] for name in _TEXTS if name in document}
    return b64encode(zlib.compress(json.dumps(texts, ensure_ascii=False).encode())).decode()


def texts_of(hit: Mapping[str, Any]) -> Document:
    """Give the text fields of a hit that was asked for its `TOKENS`.

    They are in its source, too; but to read that of hundreds of articles takes several times as
    long, since each is unpacked with its neighbours, and parsed.
    """
    (packed,) = hit["fields"][TOKENS]
    # OpenSearch gives another form of Base64 than it takes, and leaves out its padding.
    data = urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    texts: Document = json.loads(zlib.decompress(data))
    return texts


_TEXTS: Final = tuple(f + suffix for f in TEXT_FIELDS for suffix in ("", WORDS_SUFFIX))


def article_of(document: Mapping[str, Any]) -> Article:
    """Give the article of a document."""
    return Article.restore(document["article"])


def terms_of(document: Mapping[str, Any], suffix: str = "") -> Iterator[str]:
    """Give all syllables of a document, or with `WORDS_SUFFIX` all compounds."""
    for field in TEXT_FIELDS:
        texts = document.get(field + suffix, ())
        for text in (texts,) if isinstance(texts, str) else texts:
            yield from text.split()


def _paragraphs(terms: BatchTerms, articles: int) -> list[dict[str, list[str]]]:
    """Give the terms of each article by field, with a space between; an item for a paragraph."""
    found: list[dict[str, list[str]]] = [{} for _ in range(articles)]
    if not len(terms.terms):
        return found
    keys = [term_key(term) for term in terms.vocabulary]
    begins = np.diff(terms.articles, prepend=-1) != 0
    begins |= np.diff(terms.fields.astype(np.int64), prepend=-1) != 0
    begins |= np.diff(terms.positions, prepend=0) > _FARTHEST_IN_PARAGRAPH
    starts = np.flatnonzero(begins)
    numbers = terms.terms.tolist()
    for start, end, article, field in zip(
        starts.tolist(),
        [*starts[1:].tolist(), len(numbers)],
        terms.articles[starts].tolist(),
        terms.fields[starts].tolist(),
        strict=True,
    ):
        text = " ".join([keys[number] for number in numbers[start:end]])
        found[article].setdefault(TEXT_FIELDS[field], []).append(text)
    return found


_FARTHEST_IN_PARAGRAPH: Final = 1
"""Syllables of one paragraph have adjacent positions. (Compounds are put together again.)"""


def _weighted(counts: Mapping[str, int]) -> str:
    return " ".join([f"{term}{DELIMITER}{count}" for term, count in counts.items()])


def _date_fields(article: Article) -> Document:
    published = article.published
    if published is None:
        return {}
    noon = datetime.combine(published.first_day, time(12), VIETNAM)
    return {
        "start": round(published.start.timestamp()),
        "day": round(noon.timestamp() * 1000),
        "first_day": published.first_day.toordinal(),
        "last_day": published.last_day.toordinal(),
        "precision": int(published.precision),
    }


def _half(character: str) -> bool:
    return "\ud800" <= character <= "\udfff"


def token_paragraphs(document: Mapping[str, Any], field: str) -> Sequence[list[str]]:
    """Give the syllables of each paragraph of a text field of a document."""
    return [paragraph.split() for paragraph in document.get(field, ())]
