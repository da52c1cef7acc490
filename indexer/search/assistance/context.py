"""Which words are likely, and likely side by side: a noisy channel over the index.

A query is read as a row of *choices*, one for each syllable: forms that may have been meant, each
with a cost. The likelihood of a row of forms is that of a text in which each form depends on the
one before it,

    P(b | a) = 0.9 × pairs(a, b) / articles(a)  +  0.1 × articles(b) / (articles × 250)

(pairs that are never met leave the second part; an article has some 250 distinct syllables), and a
cost takes away from its logarithm (M. Kernighan, K. Church and W. Gale, "A spelling correction
program based on a noisy channel model", COLING 1990).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from indexer.deadline import NO_DEADLINE, Deadline
from indexer.engines.base import Engine

_PAIR_SHARE = 0.9
_SYLLABLES_OF_AN_ARTICLE = 250
_UNSEEN = 0.1
"""In how many articles a form is taken to be that is in none."""

_BEAM = 24
"""Rows that are followed at once."""


class Choice(NamedTuple):
    """A form that may have been meant.

    Attributes:
        form: The form.
        cost: What is taken off the logarithm of its likelihood; 0 for what was typed.
    """

    form: str
    cost: float


class Row(NamedTuple):
    """A likely reading of a query.

    Attributes:
        forms: A form for each syllable.
        score: Logarithm of its likelihood, less its costs.
        met: Whether each two of its forms that are side by side are so in the index too.
    """

    forms: tuple[str, ...]
    score: float
    met: bool


class Counts:
    """How often forms and pairs occur; each is asked for once. Good for one query.

    Args:
        engine: The index.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._held: dict[str, int] = {}
        self._met: dict[tuple[str, str], int] = {}

    def held(self, forms: Sequence[str]) -> list[int]:
        """Give how many articles hold each of some forms."""
        new = list(dict.fromkeys(form for form in forms if form not in self._held))
        self._held.update(zip(new, self._engine.frequencies(new), strict=True))
        return [self._held[form] for form in forms]

    def met(self, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """Give about how often each of some pairs stands side by side."""
        new = list(dict.fromkeys(pair for pair in pairs if pair not in self._met))
        self._met.update(zip(new, self._engine.pair_counts(new), strict=True))
        return self._met

    @property
    def syllables(self) -> int:
        """About how many distinct syllables all articles have, added up."""
        return max(1, self._engine.article_count()) * _SYLLABLES_OF_AN_ARTICLE


def likely_rows(
    counts: Counts,
    choices: Sequence[Sequence[Choice]],
    size: int,
    deadline: Deadline = NO_DEADLINE,
) -> list[Row]:
    """Give the most likely rows, the best first.

    Args:
        counts: How often forms and pairs occur.
        choices: For each syllable what may have been meant; at least one each.
        size: The most rows to give.
        deadline: When it must be done.

    Raises:
        SearchTimeoutError: The deadline was over before that was done.
    """
    forms = list({choice.form for of_syllable in choices for choice in of_syllable})
    held = dict(zip(forms, counts.held(forms), strict=True))
    met = counts.met(
        [
            (before.form, after.form)
            for befores, afters in pairwise(choices)
            for before in befores
            for after in afters
            if held[before.form] and held[after.form]
        ]
    )
    syllables = counts.syllables
    rows = [Row((), 0.0, met=True)]
    for of_syllable in choices:
        deadline.check()
        longer = []
        for row in rows:
            for form, cost in of_syllable:
                likely = (held[form] or _UNSEEN) / syllables
                together = row.met
                if row.forms:
                    before = row.forms[-1]
                    times = met.get((before, form), 0)
                    joint = min(1.0, times / max(1, held[before]))
                    likely = _PAIR_SHARE * joint + (1 - _PAIR_SHARE) * likely
                    together = together and times > 0
                longer.append(
                    Row((*row.forms, form), row.score + math.log(likely) - cost, together)
                )
        rows = sorted(longer, key=lambda row: -row.score)[:_BEAM]
    return rows[:size]
