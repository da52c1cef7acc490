"""How an index is laid out in OpenSearch: its fields, and its settings.

Text is cut in Python; OpenSearch gets the terms with white space between, and needs no plugin.

| field | what |
|---|---|
| `title` … `body` | the syllables of a text field, an item for each paragraph, with positions |
| `title_words` … | its compounds, with frequencies |
| `all`, `all_words` | each term of an article once, with its weighted frequency over all fields |
| `tokens` | all text fields once more, packed (see `documents.texts_of`) |
| `length`, `title_length` | the weighted number of syllables; those of the title |
| `ordinal` | the place of the article in the order of the corpus; unique |
| `story` | the ordinal of the earliest article of its story |
| `reprinted` | the same, of stories with several articles only |
| `source` … | a facet each; `source_values` counts its values |
| `retold` | 0 for the earliest article of such a story, 1 for the others |
| `start` | beginning of the publication date in seconds since 1970 |
| `day` | noon of its first day, which is that day in the time zones of every year |
| `first_day`, `last_day` | first and last Vietnam day of it, as ordinals of Python |
| `precision` | how exactly it is known |
| `article` | the article itself, not indexed |

The similarity of text fields is the frequency itself, so that the formula of the product can be
computed of sums of frequencies (see `translation`).
"""

from __future__ import annotations

from typing import Any, Final

from indexer.analysis import PARAGRAPH_GAP, RULES
from indexer.schema import FACETS, SCHEMA_VERSION, TEXT_FIELDS, TEXT_WEIGHTS, WORDS_SUFFIX

MAPPING_VERSION: Final = 1
"""Changes whenever an index of before cannot be read or written as before."""

ALL: Final = "all"
"""The field of all terms, whatever part of an article they stand in."""

TOKENS: Final = "tokens"
"""All text fields as they were cut, packed, for those who look at the words of many articles."""

VALUES_SUFFIX: Final = "_values"
FREQUENCY_UNIT: Final = 10
"""Weighted frequencies are kept as integers, in tenths: all weights are multiples of it."""

DELIMITER: Final = "|"
"""Stands between a term and its frequency. No term has it: terms are letters and digits."""

LONGEST_VALUE: Final = 8_000
"""Longer values of facets, in characters, are kept in the article but not counted."""

_LONGEST_TOKEN: Final = 40_000

TERM_FREQUENCIES: Final = {
    field: round(TEXT_WEIGHTS[field] * FREQUENCY_UNIT) for field in TEXT_FIELDS
}
"""How much one occurrence in a field adds to the frequency in `all`."""

_ANALYSIS: Final = {
    "tokenizer": {"given": {"type": "whitespace", "max_token_length": _LONGEST_TOKEN}},
    "filter": {"weighted": {"type": "delimited_term_freq", "delimiter": DELIMITER}},
    "analyzer": {
        "given": {"type": "custom", "tokenizer": "given"},
        "weighted": {"type": "custom", "tokenizer": "given", "filter": ["weighted"]},
    },
}
_SIMILARITY: Final = {
    "frequency": {
        "type": "scripted",
        "script": {"source": "return query.boost * doc.freq;"},
    }
}
_GIVEN: Final = {"type": "text", "analyzer": "given", "norms": False, "similarity": "frequency"}


def meta(model: str) -> dict[str, Any]:
    """Give what an index says of itself.

    Args:
        model: Fingerprint of the segmentation model.
    """
    return {
        "timbao": {
            "mapping": MAPPING_VERSION,
            "schema": SCHEMA_VERSION,
            "rules": RULES,
            "model": model,
        }
    }


def articles_mapping() -> dict[str, Any]:
    """Give the fields of the index of articles."""
    fields: dict[str, Any] = {
        "length": {"type": "double", "index": False},
        "ordinal": {"type": "long"},
        "story": {"type": "long"},
        "reprinted": {"type": "long"},
        "retold": {"type": "byte", "index": False},
        "title_length": {"type": "integer", "index": False},
        "start": {"type": "long", "index": False},
        "day": {"type": "date", "format": "epoch_millis", "index": False},
        "first_day": {"type": "integer"},
        "last_day": {"type": "integer"},
        "precision": {"type": "byte"},
        TOKENS: {"type": "binary", "doc_values": True},
        "article": {"type": "object", "enabled": False},
    }
    for field in TEXT_FIELDS:
        fields[field] = {**_GIVEN, "position_increment_gap": PARAGRAPH_GAP}
        fields[field + WORDS_SUFFIX] = {**_GIVEN, "index_options": "freqs"}
    for field in (ALL, ALL + WORDS_SUFFIX):
        fields[field] = {
            **_GIVEN,
            "analyzer": "weighted",
            "search_analyzer": "given",
            "index_options": "freqs",
        }
    for facet in FACETS:
        fields[facet] = {"type": "keyword", "ignore_above": LONGEST_VALUE}
        fields[facet + VALUES_SUFFIX] = {"type": "integer", "index": False}
    # What is in these follows from the rest, and is not kept twice.
    kept = {"excludes": [ALL, ALL + WORDS_SUFFIX, TOKENS]}
    return {"dynamic": "strict", "_source": kept, "properties": fields}


def terms_mapping() -> dict[str, Any]:
    """Give the fields of the index of terms and suggestions (see `vocabulary`)."""
    return {
        "dynamic": "strict",
        "properties": {
            "kind": {"type": "keyword"},
            "term": {"type": "keyword"},
            "bare": {"type": "keyword"},
            "count": {"type": "long"},
            "text": {**_GIVEN},
            "spelling": {"type": "keyword", "index": False, "doc_values": False},
            "change": {"type": "keyword", "index": False, "doc_values": False},
            "state": {"type": "object", "enabled": False},
        },
    }


def settings(shards: int) -> dict[str, Any]:
    """Give the settings of a new index, which is to be loaded.

    Nothing is refreshed but on demand, so that a change becomes visible as a whole.
    """
    return {
        "number_of_shards": shards,
        "number_of_replicas": 0,
        "refresh_interval": "-1",
        "codec": "best_compression",
        "max_inner_result_window": 100,
        "analysis": _ANALYSIS,
        "similarity": _SIMILARITY,
    }
