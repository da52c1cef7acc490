"""Phrases, of which a member may be any of several forms.

Whoosh's own (`SpanNear2` over `SpanOr`) lose matches where a form occurs twice in the phrase, and
cannot tell their size, so that a query of two of them fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from whoosh import matching
from whoosh.query import Term, qcore
from whoosh.reading import IndexReader
from whoosh.util import make_binary_tree


class PhraseQuery(qcore.Query):
    """Documents in which words stand at consecutive positions of one field.

    Args:
        field: Name of the field; it must have positions.
        members: For each place of the phrase the forms that may stand there.
        boost: Factor of the score, which is that of the forms at their places.
    """

    def __init__(self, field: str, members: Sequence[Sequence[str]], boost: float = 1.0) -> None:
        self.fieldname = field
        self.members = tuple(tuple(forms) for forms in members)
        self.boost = boost

    def __repr__(self) -> str:
        return f"PhraseQuery({self.fieldname!r}, {self.members!r}, boost={self.boost})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PhraseQuery) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[Any, ...]:
        return (self.fieldname, self.members, self.boost)

    def field(self) -> str:
        """Give the name of the field."""
        return self.fieldname

    def estimate_size(self, ixreader: IndexReader) -> int:
        """Give the most documents that can match."""
        return min(
            sum(ixreader.doc_frequency(self.fieldname, form) for form in forms)
            for forms in self.members
        )

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Find all matches at once."""
        leaves = [
            [Term(self.fieldname, form).matcher(searcher, context) for form in forms]
            for forms in self.members
        ]
        unions = [make_binary_tree(matching.UnionMatcher, of_member) for of_member in leaves]
        candidates = make_binary_tree(matching.IntersectionMatcher, unions)
        documents = []
        scores = []
        while candidates.is_active():
            document = candidates.id()
            starts = _positions(leaves[0], document)
            for step, of_member in enumerate(leaves[1:], 1):
                starts &= {place - step for place in _positions(of_member, document)}
            if starts:
                documents.append(document)
                scores.append(candidates.score() * self.boost)
            candidates.next()
        return matching.ListMatcher(documents, scores) if documents else matching.NullMatcher()


def _positions(leaves: Sequence[Any], document: int) -> set[int]:
    """Give the positions of all forms in the document at which their matchers stand."""
    return {
        position
        for leaf in leaves
        if leaf.is_active() and leaf.id() == document
        for position in leaf.value_as("positions")
    }
