"""Nearness in any order, of which OpenSearch can say a part only.

Two words near each other are spans. Three or more, and phrases, may be linked over any number
of places, which no query of OpenSearch says. There the cluster gives the articles that can match,
which are few, and their words are looked at here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

from indexer.deadline import Deadline
from indexer.engines import query
from indexer.engines.opensearch.connection import Connection
from indexer.engines.opensearch.documents import term_key, texts_of, token_paragraphs
from indexer.engines.opensearch.mapping import TOKENS
from indexer.engines.opensearch.reading import walk
from indexer.engines.opensearch.translation import (
    NOTHING,
    Dsl,
    Group,
    any_of,
    group_of,
    holds,
    in_order,
    phrase,
    span_of,
)

Member = query.Term | query.Synonyms | query.Phrase
Place = tuple[int, int, int]
"""First and last word of a member, and its number."""

_NAMED_AT_ONCE: Final = 60_000
"""So many articles does one clause name: OpenSearch allows 65,536."""


class Nearness:
    """Finds what stands near each other. Threads may share it.

    Args:
        connection: The cluster.
        index: Name of the index.
    """

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection = connection
        self._index = index

    def matching(self, near: query.Near, fields: tuple[str, ...], deadline: Deadline) -> Dsl:
        """Give what articles match in which the members stand near each other.

        Raises:
            SearchTimeoutError: It was not found out in time.
        """
        members = near.members
        if not fields or not all(group.forms for m in members for group in _groups(m)):
            return NOTHING
        if len(members) == 1:
            return _holds(members[0], fields)
        per_field = any_of([_possible(near, field) for field in fields])
        possible: Dsl = {"bool": {"filter": [*(_holds(m, fields) for m in members), per_field]}}
        if len(members) == 2 and not any(isinstance(m, query.Phrase) for m in members):
            return possible
        found = list(self._looked_at(near, fields, possible, deadline))
        return any_of(
            [
                {"terms": {"ordinal": found[start : start + _NAMED_AT_ONCE]}}
                for start in range(0, len(found), _NAMED_AT_ONCE)
            ]
        )

    def _looked_at(
        self, near: query.Near, fields: Sequence[str], possible: Dsl, deadline: Deadline
    ) -> Iterator[int]:
        body = {"query": possible, "stored_fields": "_none_", "docvalue_fields": [TOKENS]}
        for hits in walk(self._connection, self._index, body, deadline):
            deadline.check()
            for hit in hits:
                if _stands_near(near, fields, texts_of(hit)):
                    yield hit["sort"][-1]


def _holds(member: Member, fields: tuple[str, ...]) -> Dsl:
    if isinstance(member, query.Phrase):
        return phrase(member, fields)
    return holds(group_of(member), fields)


def _possible(near: query.Near, field: str) -> Dsl:
    """Give what a field must have so that the members may stand near each other in it.

    Each word stands within the distance of another one; of phrases, which may overlap on the way,
    it is only asked that the field has them.
    """
    members = [_span(member, field) for member in near.members]
    if any(isinstance(member, query.Phrase) for member in near.members):
        return {"bool": {"filter": members}}
    pairs = {
        (a, b): [
            in_order([members[first], members[second]], near.distance - 1)
            for first, second in ((a, b), (b, a))
        ]
        for a, b in combinations(range(len(members)), 2)
    }
    return {
        "bool": {
            "filter": [
                any_of([one for key, both in pairs.items() if own in key for one in both])
                for own in range(len(members))
            ]
        }
    }


def _span(member: Member, field: str) -> Dsl:
    spans = [span_of(group, field) for group in _groups(member)]
    return spans[0] if len(spans) == 1 else in_order(spans, 0)


def _groups(member: Member) -> list[Group]:
    words = member.members if isinstance(member, query.Phrase) else (member,)
    return [group_of(word) for word in words]


def _stands_near(near: query.Near, fields: Iterable[str], document: Mapping[str, Any]) -> bool:
    members = [
        [frozenset(map(term_key, group.forms)) for group in _groups(member)]
        for member in near.members
    ]
    return any(
        _apart(piece, len(members))
        for field in fields
        for words in token_paragraphs(document, field)
        for piece in _pieces(sorted(_places(words, members)), near.distance)
    )


def _places(words: Sequence[str], members: Sequence[Sequence[frozenset[str]]]) -> Iterator[Place]:
    for number, member in enumerate(members):
        for start in range(len(words) - len(member) + 1):
            if all(words[start + n] in forms for n, forms in enumerate(member)):
                yield start, start + len(member) - 1, number


def _pieces(places: Sequence[Place], distance: int) -> Iterator[list[Place]]:
    """Cut a row of places wherever one begins too far after all before it."""
    piece: list[Place] = []
    end = 0
    for place in places:
        if piece and place[0] - end > distance:
            yield piece
            piece, end = [], 0
        piece.append(place)
        end = max(end, place[1])
    if piece:
        yield piece


def _apart(piece: Sequence[Place], members: int) -> bool:
    """Tell whether of each two members one ends before the other begins."""
    firsts: dict[int, int] = {}
    lasts: dict[int, int] = {}
    for start, end, number in piece:
        firsts[number] = min(firsts.get(number, end), end)  # where it first ends
        lasts[number] = max(lasts.get(number, start), start)  # where it last begins
    if len(firsts) < members:
        return False
    return all(
        firsts[a] < lasts[b] or firsts[b] < lasts[a] for a, b in combinations(range(members), 2)
    )
