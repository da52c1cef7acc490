"""Did you mean: other queries that may have been meant. They are offered, never applied."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from indexer.analysis import (
    Token,
    bare_form,
    confusions,
    decode_telex,
    decode_vni,
    tokenize,
)
from indexer.deadline import NO_DEADLINE, Deadline
from indexer.engines.base import Engine
from indexer.engines.query import Phrase, Term
from indexer.search.assistance.answers import Correction, CorrectionKind
from indexer.search.assistance.context import Choice, Counts, Row, likely_rows
from indexer.search.counting import count_articles

_MOST_SYLLABLES = 24
"""A longer query is a pasted text, in which nobody looks for a slip of the finger."""

_READINGS = 5
_ROWS = 3
"""Likely spellings that are tried."""

_CHOICES = 16
"""Likely confusions of one syllable that are looked at."""

_FEW = 10
"""Of a query that finds so many articles it takes more to believe that it is mistyped."""

_FORMS = 8
"""Readings of one bare syllable that are looked at, the most frequent ones."""

_SLIP = 4.0
"""What a slip costs at least, where it made another word of the index: one word in fifty is."""

_COST = 4.0
"""What a confusion of cost 1 costs beyond that."""

_MARGIN = 4.0
"""How much less likely than the best spelling another one may be, as a logarithm."""

_CLEARLY_MORE = 3
"""How many times as many articles a spelling must find as what was typed, …"""

_CLEARLY_MORE_TOGETHER = 10
"""… or, where it finds a few more, how many times as many that have the words side by side."""

_BY_CHANCE, _ONE_PHRASE = 0.01, 0.03
"""Of the articles that hold some syllables, which part has them side by side: below the first they
only meet, from the second on they are one phrase."""

_ABOUT_AS_LIKELY = 1.0
"""How far below the best a row may be that is about as likely, as a logarithm."""

_UNMET = 0.1
"""How often two syllables are taken to be met that never are."""

_FIELD = re.compile(r"[\w-]+:\S")
_OPERATORS = frozenset(("AND", "OR", "NOT", "NEAR", "VÀ", "HOẶC", "KHÔNG"))


class Corrector:
    """Finds what may have been meant by one query.

    Args:
        engine: The index.
        count: Tells how many articles a query text finds; it keeps the deadline itself.
        deadline: When all must be done.
    """

    def __init__(
        self, engine: Engine, count: Callable[[str], int], deadline: Deadline = NO_DEADLINE
    ) -> None:
        self._engine = engine
        self._deadline = deadline
        self._counts = Counts(engine)
        self._count = count

    def corrections(self, text: str) -> list[Correction]:
        """Give what may have been meant by a query, the likeliest first.

        Raises:
            SearchTimeoutError: The deadline was over before that was done.
        """
        tokens = [token for token in tokenize(text) if _is_word(text, token)]
        if not tokens or len(tokens) > _MOST_SYLLABLES:
            return []
        found = self._count(text)
        bare = all(token.text == bare_form(token.text) for token in tokens)
        offered: list[Correction] = []
        if not found:
            offered += self._decoded(text)
        if bare:
            readings = self._readings(tokens)
            if found < _FEW:
                offered += self._respelled(text, tokens, found, bare=True)
            elif len(tokens) > 1:
                offered += self._respelled_readings(text, tokens, found, readings)
            spelled = [_spelled(text, tokens, row.forms) for row in readings]
            offered += self._counted(spelled, CorrectionKind.READING)
        elif not offered:
            offered += self._respelled(text, tokens, found, bare=False)
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

    def _readings(self, tokens: Sequence[Token]) -> list[Row]:
        """Read a query without marks with marks, if the index has all its syllables."""
        choices = [
            [Choice(form, 0.0) for form in self._frequent(self._engine.forms(token.text), _FORMS)]
            for token in tokens
        ]
        if not all(choices):
            return []
        rows = likely_rows(self._counts, choices, 2 * _READINGS, self._deadline)
        # What is side by side nowhere is no reading, unless there is no other.
        return ([row for row in rows if row.met] or rows[:1])[:_READINGS]

    def _respelled(
        self, text: str, tokens: Sequence[Token], found: int, *, bare: bool
    ) -> Iterator[Correction]:
        """Exchange syllables for what is easily confused with them."""
        choices = self._choices([token.text for token in tokens], bare=bare)
        rows = likely_rows(self._counts, choices, _ROWS + 1, self._deadline)
        typed = [{choice.form for choice in of_token if not choice.cost} for of_token in choices]
        better = []
        for row in rows:
            is_typed = all(form in forms for form, forms in zip(row.forms, typed, strict=True))
            # What follows is less likely than what was typed, or much less than the best.
            if is_typed or row.score < rows[0].score - _MARGIN:
                break
            better.append(row)
        for row in better[:_ROWS]:
            query = _spelled(text, tokens, row.forms)
            count = self._count(query)
            if count <= found:
                continue
            finds_more = count >= _CLEARLY_MORE * found
            # What stands side by side in more articles than hold what was typed was meant.
            if (finds_more and (found < _FEW or self._together(row.forms) > found)) or (
                # Of syllables without marks, nobody knows which of their forms to count.
                not bare and self._together_clearly_more(row.forms, tokens)
            ):
                yield Correction(query, CorrectionKind.SPELLING, count)

    def _respelled_readings(
        self, text: str, tokens: Sequence[Token], found: int, readings: Sequence[Row]
    ) -> Iterator[Correction]:
        """Exchange syllables of a query without marks that many articles hold only by chance."""
        together = 0
        for row in readings[:_ROWS]:
            together = max(together, self._together(row.forms))
            if together >= _BY_CHANCE * found:
                return
        choices = self._choices([token.text for token in tokens], bare=True)
        rows = likely_rows(self._counts, choices, _ROWS + 1, self._deadline)
        for row in rows:
            if row.score < rows[0].score - _ABOUT_AS_LIKELY:
                break
            now_together = self._together(row.forms)
            if now_together < _CLEARLY_MORE_TOGETHER * max(1, together):
                continue
            query = _spelled(text, tokens, row.forms)
            count = self._count(query)
            if now_together >= _ONE_PHRASE * count:
                yield Correction(query, CorrectionKind.SPELLING, count)

    def _together_clearly_more(self, forms: Sequence[str], typed: Sequence[Token]) -> bool:
        together = self._together([token.text for token in typed])
        return self._together(forms) >= _CLEARLY_MORE_TOGETHER * max(1, together)

    def _choices(self, typed: Sequence[str], *, bare: bool) -> list[list[Choice]]:
        """Give what may have been meant by each syllable: itself, and what is confused with it.

        Args:
            typed: The syllables.
            bare: Whether their marks are left to the reader, so that any reading is the syllable
                itself.
        """
        own = [
            (self._frequent(self._engine.forms(term), _FORMS) or [term]) if bare else [term]
            for term in typed
        ]
        choices = []
        for place, term in enumerate(typed):
            self._deadline.check()
            others = self._confused(term, bare=bare or self._is_bare_slip(term))
            before = own[place - 1] if place else []
            after = own[place + 1] if place + 1 < len(own) else []
            likeliest = self._likeliest(others, before, after)
            choices.append([*(Choice(form, 0.0) for form in own[place]), *likeliest])
        return choices

    def _is_bare_slip(self, typed: str) -> bool:
        """Tell whether a syllable has no marks and is no word: both may be slips at once."""
        return typed == bare_form(typed) and not self._engine.forms(typed)

    def _confused(self, typed: str, *, bare: bool) -> list[Choice]:
        """Give the forms of the index that are confused with a syllable."""
        known = self._engine.forms(bare_form(typed))
        # What is no word of the index is hardly meant.
        slip = _SLIP if (known if bare else typed in known) else 0.0
        costs: dict[str, float] = {}
        for other, cost in confusions(typed):
            if bare and other != bare_form(other):
                continue
            for form in self._engine.forms(other) if bare else (other,):
                costs.setdefault(form, slip + _COST * cost)
        costs.pop(typed, None)
        return [Choice(form, costs[form]) for form in self._frequent(list(costs), len(costs))]

    def _likeliest(
        self, choices: Sequence[Choice], before: Sequence[str], after: Sequence[str]
    ) -> list[Choice]:
        """Give the choices that are likeliest by themselves or beside what was typed there."""
        pairs_of = {
            choice: [
                *((one, choice.form) for one in before),
                *((choice.form, one) for one in after),
            ]
            for choice in choices
        }
        met = self._counts.met([pair for pairs in pairs_of.values() for pair in pairs])
        held = self._counts.held([choice.form for choice in choices])
        scores = {
            choice: math.log(count) - choice.cost
            for choice, count in zip(choices, held, strict=True)
        }
        beside = {
            choice: math.log(max((met[pair] for pair in pairs), default=0) or _UNMET) - choice.cost
            for choice, pairs in pairs_of.items()
        }
        best = [
            sorted(choices, key=key.__getitem__, reverse=True)[: _CHOICES // 2]
            for key in (beside, scores)
        ]
        return list(dict.fromkeys(chain.from_iterable(best)))

    def _frequent(self, forms: Sequence[str], size: int) -> list[str]:
        """Give the forms that occur, the most frequent first."""
        counts = zip(self._counts.held(forms), forms, strict=True)
        return [form for count, form in sorted(counts, key=lambda c: -c[0])[:size] if count]

    def _together(self, forms: Sequence[str]) -> int:
        """Count the articles in which syllables stand together."""
        terms = tuple(map(Term, forms))
        together = Phrase(terms) if len(terms) > 1 else terms[0]
        return count_articles(self._engine, together, self._deadline.left())

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
