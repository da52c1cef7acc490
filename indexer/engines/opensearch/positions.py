"""Where words stand in some articles, from the syllables that are kept with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from indexer.analysis import PARAGRAPH_GAP
from indexer.engines.base import Ints
from indexer.engines.opensearch.documents import term_key, token_paragraphs
from indexer.engines.opensearch.translation import Group
from indexer.schema import TEXT_FIELDS


class Places(NamedTuple):
    """The arrays of `Occurrences` that concern articles."""

    articles: Ints
    words: Ints
    fields: Ints
    positions: Ints
    lengths: Ints


def find_places(documents: Sequence[Mapping[str, Any]], groups: Sequence[Group]) -> Places:
    """Find words.

    Args:
        documents: The text fields of the articles.
        groups: The forms of each word.
    """
    words_of: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        for form in group.forms:
            words_of.setdefault(term_key(form), []).append(number)
    found: list[tuple[int, int, int, int]] = []
    lengths = np.zeros((len(documents), len(TEXT_FIELDS)), np.int64)
    for article, document in enumerate(documents):
        position = 0
        for field, name in enumerate(TEXT_FIELDS):
            for terms in token_paragraphs(document, name):
                lengths[article, field] += len(terms)
                for place, term in enumerate(terms, start=position):
                    if term in words_of:
                        found += [(article, word, field, place) for word in words_of[term]]
                position += len(terms) + PARAGRAPH_GAP
    articles, words, fields, positions = np.array(found, np.int64).reshape(-1, 4).T
    return Places(articles, words, fields, positions, lengths)
