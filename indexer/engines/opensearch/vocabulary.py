"""The terms of an index, and what is suggested of them: an index of their own beside the articles.

| field | what |
|---|---|
| `kind` | `syllable`, `compound`; `word` and `phrase` are suggestions; `state` is no term |
| `term` | a syllable, or a compound |
| `bare` | the same without marks |
| `count` | how many articles hold it; of a suggestion about how often it occurs |
| `text` | the syllables of a suggestion |
| `change` | the last change that counted on |
| `spelling` | a suggestion as it is written in articles |
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from secrets import token_hex
from typing import Final

from indexer.analysis import bare_form
from indexer.deadline import NO_DEADLINE
from indexer.engines.base import Expansion
from indexer.engines.opensearch.connection import Connection, Json
from indexer.engines.opensearch.documents import terms_of, texts_of
from indexer.engines.opensearch.mapping import TOKENS
from indexer.engines.opensearch.reading import walk
from indexer.engines.opensearch.suggestions import Suggestion
from indexer.schema import WORDS_SUFFIX

SYLLABLE: Final = "syllable"
COMPOUND: Final = "compound"
SUFFIXES: Final = {SYLLABLE: "", COMPOUND: WORDS_SUFFIX}

_MOST: Final = 10_000
"""OpenSearch gives no more hits at a time; no bare form has so many forms."""

_AT_ONCE: Final = 5_000
_REMEMBERED: Final = 20_000

Counts = dict[str, Counter[str]]
"""For each kind of term, in how many articles each term is."""


class Vocabulary:
    """The terms of one generation of an index. Threads may share it.

    Args:
        connection: The cluster.
        index: Name of the index of terms.
    """

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection = connection
        self._index = index
        self._known: dict[tuple[str, str], list[str]] = {}

    def forms(self, kind: str, bare: str) -> list[str]:
        """Give the terms that read so without marks, in the order of their bytes."""
        if not bare.isprintable():
            return []
        known = self._known.get((kind, bare))
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[kind, bare] = self._forms(kind, bare)
        return list(known)

    def _forms(self, kind: str, bare: str) -> list[str]:
        wanted: Json = {"bool": {"filter": [{"term": {"kind": kind}}, {"term": {"bare": bare}}]}}
        return self._terms(wanted, [{"term": "asc"}], _MOST).terms_list

    def matching(self, pattern: str, limit: int, *, bare: bool) -> Expansion:
        """Give the syllables that match a pattern, the most frequent ones first."""
        if not pattern.isprintable():
            return Expansion((), 0)
        spelled = pattern.replace("\\", "\\\\")
        wildcard = {"wildcard": {"bare" if bare else "term": {"value": spelled}}}
        wanted: Json = {"bool": {"filter": [{"term": {"kind": SYLLABLE}}, wildcard]}}
        found = self._terms(wanted, [{"count": "desc"}, {"term": "asc"}], min(limit, _MOST))
        return Expansion(tuple(found.terms_list), found.total)

    def begun(self, beginnings: Iterable[str], limit: int) -> list[str]:
        """Give the most frequent syllables that begin so, whatever their marks.

        Args:
            beginnings: The beginnings, without marks.
            limit: The most syllables to give.
        """
        any_beginning: Json = {
            "bool": {
                "should": [{"prefix": {"bare": {"value": one}}} for one in beginnings],
                "minimum_should_match": 1,
            }
        }
        wanted: Json = {"bool": {"filter": [{"term": {"kind": SYLLABLE}}, any_beginning]}}
        return self._terms(wanted, [{"count": "desc"}, {"term": "asc"}], limit).terms_list

    def _terms(self, wanted: Json, order: list[Json], size: int) -> _Found:
        body: Json = {
            "query": wanted,
            "size": size,
            "sort": order,
            "track_total_hits": True,
            "stored_fields": "_none_",
            "docvalue_fields": ["term"],
        }
        hits = self._connection.search(self._index, body)["hits"]
        terms = [hit["fields"]["term"][0] for hit in hits["hits"]]
        return _Found(terms, hits["total"]["value"])


class _Found:
    def __init__(self, terms: list[str], total: int) -> None:
        self.terms_list = terms
        self.total = total


def count_terms(documents: Iterable[Mapping[str, object]]) -> Counts:
    """Count in how many documents each term is."""
    counts: Counts = {kind: Counter() for kind in SUFFIXES}
    for document in documents:
        for kind, suffix in SUFFIXES.items():
            counts[kind].update(set(terms_of(document, suffix)))
    return counts


def count_all_terms(connection: Connection, index: str) -> Counts:
    """Count the terms of all articles of an index that can be found."""
    body: Json = {"stored_fields": "_none_", "docvalue_fields": [TOKENS]}
    return count_terms(
        texts_of(hit) for hits in walk(connection, index, body, NO_DEADLINE) for hit in hits
    )


def put_terms(counts: Counts) -> Iterator[tuple[Json, Json]]:
    """Give the operations that write terms anew, each with its document."""
    for kind, terms in counts.items():
        for term, count in terms.items():
            document = {"kind": kind, "term": term, "bare": bare_form(term), "count": count}
            yield {"index": {"_id": _name(kind, term)}}, document


_COUNT_ON: Final = (
    "if (ctx._source.change == params.change) { ctx.op = 'none' }"
    " else { ctx._source.count += params.more; ctx._source.change = params.change;"
    " if (ctx._source.count <= 0) { ctx.op = 'delete' } }"
)
"""Counts on once for each change, however often it is sent."""


def change_terms(more: Counts, fewer: Counts) -> Iterator[tuple[Json, Json]]:
    """Give the operations that add to the counts of terms, and drop terms that nobody has."""
    own = token_hex(8)
    for kind in SUFFIXES:
        change = Counter(more[kind])
        change.subtract(fewer[kind])
        for term, count in change.items():
            if not count:
                continue
            operation: Json = {
                "script": {"source": _COUNT_ON, "params": {"more": count, "change": own}}
            }
            if count > 0:
                operation["upsert"] = {
                    "kind": kind,
                    "term": term,
                    "bare": bare_form(term),
                    "count": count,
                    "change": own,
                }
            named = {"update": {"_id": _name(kind, term), "retry_on_conflict": 5}}
            yield named, operation


def add_suggestions(
    entries: Mapping[tuple[str, ...], Suggestion],
) -> Iterator[tuple[Json, Json]]:
    """Give the operations that add words and phrases to those that are suggested.

    Args:
        entries: The words and phrases, by their syllables.
    """
    own = token_hex(8)
    for text, entry in entries.items():
        kind = "phrase" if entry.is_phrase else "word"
        joined = " ".join(text)
        document = {
            "kind": kind,
            "count": entry.occurrences,
            "text": joined,
            "spelling": entry.spelling,
            "change": own,
        }
        operation = {
            "script": {
                "source": _COUNT_ON,
                "params": {"more": entry.occurrences, "change": own},
            },
            "upsert": document,
        }
        yield {"update": {"_id": _name("suggested", joined), "retry_on_conflict": 5}}, operation


def in_batches(
    operations: Iterable[tuple[Json, Json]], index: str, size: int = _AT_ONCE
) -> Iterator[list[Json]]:
    """Give operations as lines of bulk requests.

    Args:
        operations: The operations, each with its document.
        index: The index that they are for.
        size: How many go together.
    """
    lines: list[Json] = []
    for operation, document in operations:
        ((name, options),) = operation.items()
        lines += ({name: {**options, "_index": index}}, document)
        if len(lines) >= 2 * size:
            yield lines
            lines = []
    if lines:
        yield lines


def _name(kind: str, term: str) -> str:
    return blake2b(f"{kind} {term}".encode(), digest_size=16).hexdigest()
