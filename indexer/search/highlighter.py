"""Where the matches of a query stand in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from operator import itemgetter

from indexer.analysis import spellings_of_all, token_spans, token_texts
from indexer.engines.query import Near, Phrase, Query, Synonyms, Term, shown_terms
from indexer.search.nearness import Span, Spellings, loose_spans, near_spans

_ADJACENT = re.compile(r"\s|[.,/:\-–+&@_'’]?")
"""What may stand between two matches that are marked as one."""

Finder = Callable[[Sequence[str]], list[Span]]
"""Finds the spans of a part of a query among the tokens of a paragraph."""

Match = tuple[int, int, int]
"""Number of the query's part, first token and last token + 1, counted in a paragraph."""


class Highlighter:
    """Finds in texts what a query looks for.

    Args:
        query: The query; its excluded parts are not looked for.
    """

    def __init__(self, query: Query) -> None:
        self._wanted: list[list[Spellings]] = []
        self._fields: list[frozenset[str]] = []
        self._starts: dict[str, list[int]] = {}
        self._loose: list[tuple[int, Finder]] = []
        for number, shown in enumerate(shown_terms(query)):
            words = [_spellings(word) for word in _words(shown.part)]
            self._wanted.append(words)
            self._fields.append(shown.fields)
            finder = _finder(shown.part)
            if finder is not None:
                self._loose.append((number, finder))
                continue
            for spelling in words[0]:
                self._starts.setdefault(spelling, []).append(number)
        self._lengths = [len(words) for words in self._wanted]

    def matches(self, tokens: Sequence[str], field: str) -> list[Match]:
        """Find all matches in one paragraph, ascending by first token.

        Of words that need only be near each other each one is a match, where it helps to make
        one; of those in a row all are one match.

        Args:
            tokens: The tokens of the paragraph, each in a spelling.
            field: The text field to which it belongs.
        """
        starts = self._starts
        found = []
        for place, numbers in [
            (n, starts[token]) for n, token in enumerate(tokens) if token in starts
        ]:
            for number in numbers:
                if field not in self._fields[number]:
                    continue
                length = self._lengths[number]
                if length == 1 or self._follows(number, tokens, place):
                    found.append((number, place, place + length))
        if self._loose:
            for number, finder in self._loose:
                if field in self._fields[number]:
                    found += [(number, first, end) for first, end in finder(tokens)]
            found.sort(key=itemgetter(1))
        return found

    def _follows(self, number: int, tokens: Sequence[str], place: int) -> bool:
        """Tell whether the words of a part stand in a row, the first one at a place."""
        sequence = self._wanted[number]
        return place + len(sequence) <= len(tokens) and all(
            tokens[place + step] in forms for step, forms in enumerate(sequence)
        )

    def spans(self, text: str, field: str) -> tuple[tuple[int, int], ...]:
        """Find what to mark in a paragraph: whole tokens, neighbours joined.

        Args:
            text: The paragraph.
            field: The text field to which it belongs.

        Returns:
            (start, end) in the characters of the text, ascending, apart from each other.
        """
        (cut,) = token_texts([text])
        matches = self.matches(cut, field)
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


def _words(part: Term | Synonyms | Phrase | Near) -> list[Term | Synonyms]:
    """Give the words of a part of a query."""
    if isinstance(part, Phrase | Near):
        return [word for member in part.members for word in _words(member)]
    return [part]


def _finder(part: Term | Synonyms | Phrase | Near) -> Finder | None:
    """Give what finds a part whose words need not stand in a row."""
    match part:
        case Phrase(members, slop) if slop and len(members) > 1:
            return partial(loose_spans, words=[_spellings(word) for word in members], slop=slop)
        case Near(members, distance):
            rows = [[_spellings(word) for word in _words(member)] for member in members]
            return partial(near_spans, members=rows, distance=distance)
    return None


def _spellings(word: Term | Synonyms) -> Spellings:
    forms = word.forms if isinstance(word, Synonyms) else (word.text,)
    return spellings_of_all(forms)
