"""Where the matches of a query stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.analysis import spellings, token_spans, token_texts
from indexer.engines.query import Phrase, Query, Synonyms, Term, shown_terms

_ADJACENT = re.compile(r"\s|[.,/:\-–+&@_'’]?")
"""What may stand between two matches that are marked as one."""

Match = tuple[int, int, int]
"""Number of the query's part, first token and last token + 1, counted in a paragraph."""


class Highlighter:
    """Finds in texts what a query looks for.

    Args:
        query: The query; its excluded parts are not looked for.
    """

    def __init__(self, query: Query) -> None:
        self._wanted: list[list[frozenset[str]]] = []
        for node in shown_terms(query):
            members = node.members if isinstance(node, Phrase) else (node,)
            self._wanted.append([_spellings(member) for member in members])
        self._starts: dict[str, list[int]] = {}
        for number, sequence in enumerate(self._wanted):
            for spelling in sequence[0]:
                self._starts.setdefault(spelling, []).append(number)

    def matches(self, text: str) -> list[Match]:
        """Find all matches in one paragraph, ascending by first token."""
        tokens = token_texts(text)
        starts = self._starts
        found = []
        for place in [place for place, token in enumerate(tokens) if token in starts]:
            for number in starts[tokens[place]]:
                sequence = self._wanted[number]
                end = place + len(sequence)
                if len(sequence) == 1 or (
                    end <= len(tokens)
                    and all(tokens[place + step] in forms for step, forms in enumerate(sequence))
                ):
                    found.append((number, place, end))
        return found

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Find what to mark in a text: whole tokens, neighbours joined.

        Returns:
            (start, end) in the characters of the text, ascending, apart from each other.
        """
        matches = self.matches(text)
        if not matches:
            return ()
        tokens = token_spans(text)
        return merged(text, [(tokens[a][0], tokens[b - 1][1]) for _, a, b in matches])


def merged(text: str, spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Join spans that overlap, or that only a space or a joining sign keeps apart."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and (start <= result[-1][1] or _ADJACENT.fullmatch(text[result[-1][1] : start])):
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def _spellings(member: Term | Synonyms) -> frozenset[str]:
    forms = member.forms if isinstance(member, Synonyms) else (member.text,)
    return frozenset().union(*map(spellings, forms))
