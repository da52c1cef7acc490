"""Finding titles, words and phrases that have what somebody types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from indexer.analysis import bare_form, can_complete
from indexer.engines.completions import Completion, SuggestionKind, Typed
from indexer.engines.opensearch.connection import Connection, Json
from indexer.engines.opensearch.documents import is_term, term_key
from indexer.engines.opensearch.vocabulary import SUGGESTION_FIELDS, TITLE_FIELDS, begins

_LOOKED_AT: Final = 500
"""So many titles, and words and phrases, are looked at at most: many do not go on with the marks
that are typed."""


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

    def completions(self, typed: Typed, words: int, titles: int) -> list[Completion]:
        """Give words, phrases and titles that have the typed syllables."""
        whole = [[term_key(form) for form in forms if is_term(form)] for forms in typed.whole]
        begun = [text for text in typed.begun if is_term(text)]
        if not all(whole) or (typed.begun and not begun) or not (whole or begun):
            return []
        asked = Typed(tuple(map(tuple, whole)), tuple(begun))
        return [*self._words(asked, words), *self._titles(asked, titles)]

    def _words(self, typed: Typed, size: int) -> Iterator[Completion]:
        if not size:
            return
        body: Json = {
            "query": {"bool": {"filter": [_intervals(typed, SUGGESTION_FIELDS)]}},
            "sort": [{"count": "desc"}],
            "size": max(_LOOKED_AT, size),
            "track_total_hits": False,
        }
        given = 0
        for hit in self._connection.search(self._terms, body)["hits"]["hits"]:
            found = hit["_source"]
            place = _place(found["text"].split(), typed)
            if place is not None and given < size:
                given += 1
                kind = SuggestionKind(found["kind"])
                yield Completion(found["spelling"], kind, found["count"], place)

    def _titles(self, typed: Typed, size: int) -> list[Completion]:
        if not size:
            return []
        at_start = {"script": {"source": "interval.start == 0"}}
        body: Json = {
            "query": {
                "bool": {
                    "filter": [_intervals(typed, TITLE_FIELDS)],
                    "should": [
                        {"constant_score": {"filter": _intervals(typed, TITLE_FIELDS, at_start)}}
                    ],
                }
            },
            "sort": ["_score", {"title_length": "asc"}, {"ordinal": "asc"}],
            "size": max(_LOOKED_AT, size),
            "track_total_hits": False,
            "_source": ["title", "article.id", "article.title"],
        }
        found: list[tuple[bool, int, int, Completion]] = []
        for hit in self._connection.search(self._index, body)["hits"]["hits"]:
            source = hit["_source"]
            words = [word for text in source["title"] for word in text.split()]
            place = _place(words, typed)
            if place is not None:
                article = source["article"]
                # How far from the start they are matters only as to whether they are.
                later = int(place > 0)
                completion = Completion(
                    article["title"], SuggestionKind.TITLE, 1, later, article["id"]
                )
                found.append((bool(later), len(words), hit["sort"][-1], completion))
        return [completion for *_, completion in sorted(found, key=lambda f: f[:3])[:size]]


def _intervals(typed: Typed, fields: tuple[str, str], kept: Json | None = None) -> Json:
    intervals = begins(typed.whole, sorted(set(map(bare_form, typed.begun))), fields)
    if kept:
        intervals = {"all_of": {"intervals": [intervals], "filter": kept}}
    return {"intervals": {fields[0]: intervals}}


def _place(words: Sequence[str], typed: Typed) -> int | None:
    """Give where the typed syllables stand one after the other first; `None` where nowhere."""
    size = len(typed.whole) + bool(typed.begun)
    for start in range(len(words) - size + 1):
        following = words[start : start + size]
        if not all(word in forms for word, forms in zip(following, typed.whole, strict=False)):
            continue
        if not typed.begun or any(can_complete(begun, following[-1]) for begun in typed.begun):
            return start
    return None
