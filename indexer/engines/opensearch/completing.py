"""Finding titles, words and phrases that have what somebody types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from indexer.analysis import bare_form, can_complete
from indexer.deadline import Deadline
from indexer.engines.completions import Completion, SuggestionKind, Typed
from indexer.engines.opensearch.connection import Connection, Json
from indexer.engines.opensearch.documents import is_term
from indexer.engines.opensearch.translation import Group, in_order, span_of
from indexer.engines.opensearch.vocabulary import Vocabulary

_MOST_FORMS: Final = 500
"""So many syllables may become of what is begun: the most frequent ones."""

Row = list[tuple[str, ...]]
"""For each syllable that is typed or begun the forms that it may stand for."""


class Completer:
    """Completes what is typed. Threads may share it.

    Args:
        connection: The cluster.
        index: Name of the index of articles.
        terms: Name of the index of terms.
    """

    def __init__(self, connection: Connection, index: str, terms: str) -> None:
        self._connection = connection
        self._index = index
        self._terms = terms
        self._vocabulary = Vocabulary(connection, terms)

    def completions(
        self, typed: Typed, words: int, titles: int, deadline: Deadline
    ) -> list[Completion]:
        """Give words, phrases and titles that have the typed syllables."""
        deadline.check()
        row = self._row(typed)
        if not row or not all(row):
            return []
        return [*self._words(row, words, deadline), *self._titles(row, titles, deadline)]

    def _row(self, typed: Typed) -> Row:
        row = [tuple(form for form in forms if is_term(form)) for forms in typed.whole]
        if typed.begun:
            begun = [text for text in typed.begun if is_term(text)]
            forms = self._vocabulary.begun(sorted(set(map(bare_form, begun))), _MOST_FORMS)
            row.append(
                tuple(form for form in forms if any(can_complete(one, form) for one in begun))
            )
        return row

    def _words(self, row: Row, size: int, deadline: Deadline) -> Iterator[Completion]:
        if not size:
            return
        body: Json = {
            "query": {"bool": {"filter": [_spans(row, "text")]}},
            "sort": [{"count": "desc"}],
            "size": size,
            "track_total_hits": False,
        }
        for hit in self._connection.search(self._terms, body, deadline.left())["hits"]["hits"]:
            found = hit["_source"]
            place = _place(found["text"].split(), row)
            kind = SuggestionKind(found["kind"])
            yield Completion(found["spelling"], kind, found["count"], place)

    def _titles(self, row: Row, size: int, deadline: Deadline) -> Iterator[Completion]:
        if not size:
            return
        spans = _spans(row, "title")
        # What begins so comes first.
        first = {"span_first": {"match": spans, "end": len(row)}}
        body: Json = {
            "query": {
                "bool": {"filter": [spans], "should": [{"constant_score": {"filter": first}}]}
            },
            "sort": ["_score", {"title_length": "asc"}, {"ordinal": "asc"}],
            "size": size,
            "track_total_hits": False,
            "_source": ["article.id", "article.title"],
        }
        for hit in self._connection.search(self._index, body, deadline.left())["hits"]["hits"]:
            article = hit["_source"]["article"]
            # How far from the start they are matters only as to whether they are.
            later = int(hit["sort"][0] == 0)
            yield Completion(article["title"], SuggestionKind.TITLE, 1, later, article["id"])


def _spans(row: Row, field: str) -> Json:
    spans = [span_of(Group(forms), field) for forms in row]
    return spans[0] if len(spans) == 1 else in_order(spans, 0)


def _place(words: Sequence[str], row: Row) -> int:
    """Give where the syllables stand one after the other first."""
    return next(
        start
        for start in range(len(words))
        if len(words) - start >= len(row)
        and all(word in forms for word, forms in zip(words[start:], row, strict=False))
    )
