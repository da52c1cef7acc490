"""Did you mean: other queries that may have been meant. They are offered, never applied."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from indexer.analysis import (
    Token,
    bare_form,
    confusions,
    decode_telex,
    decode_vni,
    tokenize,
)
from indexer.engines.base import Engine
from indexer.engines.query import Phrase, Term
from indexer.search.assistance.answers import Correction, CorrectionKind
from indexer.search.assistance.context import Choice, Counts, likely_rows
from indexer.search.counting import count_articles

_MOST_SYLLABLES = 24
"""A longer query is a pasted text, in which nobody looks for a slip of the finger."""

_READINGS = 5
_ROWS = 3
"""Likely spellings that are tried."""

_CHOICES = 12
"""Likely confusions of one syllable that are looked at."""

_FORMS = 8
"""Readings of one bare syllable that are looked at, the most frequent ones."""

_SLIP = 4.0
"""What a slip costs at least: one word in fifty is mistyped."""

_COST = 4.0
"""What a confusion of cost 1 costs beyond that."""

_MARGIN = 4.0
"""How much less likely than the best spelling another one may be, as a logarithm."""

_CLEARLY_MORE = 3
"""How many times as many articles a spelling must find as what was typed, …"""

_CLEARLY_MORE_TOGETHER = 10
"""… or, where it finds a few more, how many times as many that have the words side by side."""

_FIELD = re.compile(r"[\w-]+:\S")
_OPERATORS = frozenset(("AND", "OR", "NOT", "NEAR", "VÀ", "HOẶC", "KHÔNG"))


class Corrector:
    """Finds what may have been meant by one query.

    Args:
        engine: The index.
        count: Tells how many articles a query text finds.
    """

    def __init__(self, engine: Engine, count: Callable[[str], int]) -> None:
        self._engine = engine
        self._counts = Counts(engine)
        self._count = count

    def corrections(self, text: str) -> list[Correction]:
        """Give what may have been meant by a query, the likeliest first."""
        tokens = [token for token in tokenize(text) if _is_word(text, token)]
        if not tokens or len(tokens) > _MOST_SYLLABLES:
            return []
        found = self._count(text)
        bare = all(token.text == bare_form(token.text) for token in tokens)
        offered: list[Correction] = []
        if not found:
            offered += self._decoded(text)
        if bare:
            offered += self._readings(text, tokens)
        if not (bare and found) and not offered:
            offered += self._respelled(text, tokens, found)
        if not bare and not found:
            unmarked = _spelled(text, tokens, [bare_form(token.text) for token in tokens])
            offered += self._counted([unmarked], CorrectionKind.MARKS)
        distinct = {correction.query: correction for correction in reversed(offered)}
        distinct.pop(text, None)  # no reading of a query is the query itself
        return list(distinct.values())[::-1]

    def _decoded(self, text: str) -> Iterator[Correction]:
        """Read what was typed without an input method."""
        decoded = [other for decode in (decode_telex, decode_vni) if (other := decode(text))]
        return self._counted(decoded, CorrectionKind.INPUT_METHOD)

    def _readings(self, text: str, tokens: Sequence[Token]) -> Iterator[Correction]:
        """Read a query without marks with marks."""
        choices = []
        for token in tokens:
            forms = self._frequent(list(self._engine.forms(token.text)), _FORMS)
            if not forms:
                return iter(())
            choices.append([Choice(form, 0.0) for form in forms])
        rows = likely_rows(self._counts, choices, 2 * _READINGS)
        # What is side by side nowhere is no reading, unless there is no other.
        real = [row for row in rows if row.met] or rows[:1]
        spelled = [_spelled(text, tokens, row.forms) for row in real[:_READINGS]]
        return self._counted(spelled, CorrectionKind.READING)

    def _respelled(self, text: str, tokens: Sequence[Token], found: int) -> Iterator[Correction]:
        """Exchange syllables for what is easily confused with them."""
        choices = [self._choices(token.text) for token in tokens]
        typed = tuple(token.text for token in tokens)
        rows = likely_rows(self._counts, choices, _ROWS + 1)
        better = []
        for row in rows:
            # What follows is less likely than what was typed, or much less than the best.
            if row.forms == typed or row.score < rows[0].score - _MARGIN:
                break
            better.append(row)
        together = self._together(typed) if better else 0
        for row in better[:_ROWS]:
            query = _spelled(text, tokens, row.forms)
            count = self._count(query)
            if count >= _CLEARLY_MORE * max(1, found) or (
                count > found
                and self._together(row.forms) >= _CLEARLY_MORE_TOGETHER * max(1, together)
            ):
                yield Correction(query, CorrectionKind.SPELLING, count)

    def _choices(self, typed: str) -> list[Choice]:
        """Give what may have been meant by a syllable, itself among it."""
        costs = {form: _SLIP + _COST * cost for form, cost in reversed(list(confusions(typed)))}
        costs.pop(typed, None)
        known = self._frequent(list(costs), len(costs))
        cheapest = sorted(known, key=costs.__getitem__)[:_CHOICES]
        return [Choice(typed, 0.0), *(Choice(form, costs[form]) for form in cheapest)]

    def _frequent(self, forms: Sequence[str], size: int) -> list[str]:
        """Give the forms that occur, the most frequent first."""
        counts = zip(self._counts.held(forms), forms, strict=True)
        return [form for count, form in sorted(counts, key=lambda c: -c[0])[:size] if count]

    def _together(self, forms: Sequence[str]) -> int:
        """Count the articles in which syllables stand together."""
        terms = tuple(map(Term, forms))
        return count_articles(self._engine, Phrase(terms) if len(terms) > 1 else terms[0])

    def _counted(self, queries: Iterable[str], kind: CorrectionKind) -> Iterator[Correction]:
        for query in queries:
            if count := self._count(query):
                yield Correction(query, kind, count)


def _is_word(text: str, token: Token) -> bool:
    """Tell whether a token is a word to look for: no operator, name of a field, or number."""
    if text[token.start : token.end] in _OPERATORS or token.text.isdigit():
        return False
    return not _FIELD.match(text, token.start) and text[token.end : token.end + 1] != "*"


def _spelled(text: str, tokens: Sequence[Token], forms: Sequence[str]) -> str:
    """Put other forms in the places of tokens, in capitals where those are."""
    pieces = []
    done = 0
    for token, form in zip(tokens, forms, strict=True):
        written = text[token.start : token.end]
        if token.text == form:
            form = written
        elif len(written) > 1 and written.isupper():
            form = form.upper()
        elif written[:1].isupper():
            form = form.capitalize()
        pieces += [text[done : token.start], form]
        done = token.end
    return "".join([*pieces, text[done:]])
