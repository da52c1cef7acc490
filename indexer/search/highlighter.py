"""Where the matches of a query stand in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import compress, count
from operator import itemgetter
from typing import NamedTuple

from indexer.analysis import spellings_of_all, token_spans
from indexer.engines.query import Near, Phrase, Query, Synonyms, Term, shown_terms
from indexer.schema import TEXT_FIELDS
from indexer.search.nearness import Span, Spellings, loose_spans, near_spans
from indexer.search.paragraphs import Paragraph

_ADJACENT = re.compile(r"\s|[.,/:\-–+&@_'’]?")
"""What may stand between two matches that are marked as one."""

Finder = Callable[[Sequence[str]], list[Span]]
"""Finds the spans of a part of a query among the tokens of a paragraph."""

Match = tuple[int, int, int]
"""Number of the query's part, first token and last token + 1, counted in a paragraph."""


_Words = dict[str, tuple[int, ...]]
"""By a spelling the numbers of the query's parts that are it."""


class _Row(NamedTuple):
    """A part of a query whose words, two or more, stand in a row.

    Attributes:
        number: Number of the part.
        fields: The text fields in which it is looked for.
        others: The spellings of each word but the first.
    """

    number: int
    fields: frozenset[str]
    others: Sequence[Spellings]


class Highlighter:
    """Finds in texts what a query looks for.

    Args:
        query: The query; its excluded parts are not looked for.
    """

    def __init__(self, query: Query) -> None:
        single: list[tuple[int, frozenset[str], Spellings]] = []
        self._rows: dict[str, list[_Row]] = {}
        self._loose: list[tuple[int, frozenset[str], Finder]] = []
        for number, shown in enumerate(shown_terms(query)):
            finder = _finder(shown.part)
            if finder is not None:
                self._loose.append((number, shown.fields, finder))
                continue
            first, *others = (_spellings(word) for word in _words(shown.part))
            if not others:
                single.append((number, shown.fields, first))
                continue
            row = _Row(number, shown.fields, others)
            for spelling in first:
                self._rows.setdefault(spelling, []).append(row)
        self._words = _words_of_fields(single)

    def matches(self, tokens: Sequence[str], field: str) -> list[Match]:
        """Find all matches in one paragraph, ascending by first token.

        Of words that need only be near each other each one is a match, where it helps to make
        one; of those in a row all are one match.

        Args:
            tokens: The tokens of the paragraph, each in a spelling.
            field: The text field to which it belongs.
        """
        words, rows = self._words[field], self._rows
        # Most tokens are nothing, and are passed over without a step of Python for each.
        found = [
            (number, place, place + 1)
            for place in compress(count(), map(words.__contains__, tokens))
            for number in words[tokens[place]]
        ]
        if rows or self._loose:
            for place in compress(count(), map(rows.__contains__, tokens)):
                for number, fields, others in rows[tokens[place]]:
                    if field in fields and _follow(others, tokens, place + 1):
                        found.append((number, place, place + 1 + len(others)))
            for number, fields, finder in self._loose:
                if field in fields:
                    found += [(number, first, end) for first, end in finder(tokens)]
            found.sort(key=itemgetter(1))
        return found

    def spans(self, paragraph: Paragraph) -> tuple[tuple[int, int], ...]:
        """Find what to mark in a paragraph: whole tokens, neighbours joined.

        Returns:
            (start, end) in the characters of the text, ascending, apart from each other.
        """
        matches = self.matches(paragraph.tokens, paragraph.field)
        if not matches:
            return ()
        text = paragraph.text
        tokens = token_spans(text)
        return merged(text, [(tokens[a][0], tokens[b - 1][1]) for _, a, b in matches])


def _words_of_fields(
    single: Sequence[tuple[int, frozenset[str], Spellings]],
) -> dict[str, _Words]:
    """Give the words that are looked for in each field; mostly these are the same.

    Args:
        single: Number, fields and spellings of each of the query's parts of one word.
    """
    known: dict[tuple[int, ...], _Words] = {}
    of_fields = {}
    for field in TEXT_FIELDS:
        own = [(number, spellings) for number, fields, spellings in single if field in fields]
        key = tuple(number for number, _ in own)
        if key not in known:
            words = known[key] = {}
            for number, spellings in own:
                for spelling in spellings:
                    words[spelling] = (*words.get(spelling, ()), number)
        of_fields[field] = known[key]
    return of_fields


def _follow(words: Sequence[Spellings], tokens: Sequence[str], place: int) -> bool:
    """Tell whether words stand in a row, the first one at a place."""
    return place + len(words) <= len(tokens) and all(
        tokens[place + step] in forms for step, forms in enumerate(words)
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
