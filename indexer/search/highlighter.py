"""Where the matches of a query stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from indexer.analysis import Token, tokenize
from indexer.engines.query import Phrase, Query, Synonyms, Term, shown_terms

_ADJACENT = re.compile(r"\s|[.,/:\-–+&@_'’]?")
"""What may stand between two matches that are marked as one."""

Match = tuple[int, int, int]
"""Token number, and numbers of the first and last token of a match in a sequence of tokens."""


class Highlighter:
    """Finds in texts what a query looks for.

    Args:
        query: The query; its excluded parts are not looked for.
    """

    def __init__(self, query: Query) -> None:
        self._wanted: list[list[frozenset[str]]] = []
        for node in shown_terms(query):
            members = node.members if isinstance(node, Phrase) else (node,)
            self._wanted.append([_forms(member) for member in members])
        self._starts: dict[str, list[int]] = {}
        for number, sequence in enumerate(self._wanted):
            for form in sequence[0]:
                self._starts.setdefault(form, []).append(number)

    def matches(self, tokens: Sequence[Token]) -> Iterable[tuple[int, int, int]]:
        """Find all matches in the tokens of one paragraph.

        Returns:
            (number of the query's part, first token, last token + 1), ascending by first token.
        """
        for place, token in enumerate(tokens):
            for number in self._starts.get(token.text, ()):
                sequence = self._wanted[number]
                end = place + len(sequence)
                if end <= len(tokens) and all(
                    tokens[place + step].text in forms for step, forms in enumerate(sequence)
                ):
                    yield number, place, end

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Find what to mark in a text: whole tokens, neighbours joined.

        Returns:
            (start, end) in the characters of the text, ascending, apart from each other.
        """
        tokens = list(tokenize(text))
        return merged(
            text, [(tokens[a].start, tokens[b - 1].end) for _, a, b in self.matches(tokens)]
        )


def merged(text: str, spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Join spans that overlap, or that only a space or a joining sign keeps apart."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and (start <= result[-1][1] or _ADJACENT.fullmatch(text[result[-1][1] : start])):
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def _forms(member: Term | Synonyms) -> frozenset[str]:
    return frozenset(member.forms if isinstance(member, Synonyms) else (member.text,))
