"""Where the matches of a query stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from indexer.analysis import common_text, spellings, token_spans, token_texts
from indexer.engines.query import Phrase, Query, Synonyms, Term, shown_terms

_ADJACENT = re.compile(r"\s|[.,/:\-–+&@_'’]?")
"""What may stand between two matches that are marked as one."""

_MOST_CLUES = 12

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
        self._clues = _clues(self._wanted)

    def matches(self, text: str) -> list[Match]:
        """Find all matches in one paragraph, ascending by first token."""
        common = common_text(text)
        if common is not None and self._clues:
            for clue in self._clues:
                if clue in common:
                    break
            else:
                return []
        tokens = token_texts(text, common)
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


def _clues(wanted: Sequence[Sequence[frozenset[str]]]) -> list[str]:
    """Give a few texts of which any paragraph with a match holds one, or none if it takes many.

    Looking for a few of them is much cheaper than cutting a paragraph into tokens.
    """
    clues: set[str] = set()
    for sequence in wanted:
        # The longest member of a phrase is the one that most paragraphs lack.
        clues |= max(sequence, key=lambda forms: min(map(len, forms)))
    return sorted(clues, key=len, reverse=True) if len(clues) <= _MOST_CLUES else []
