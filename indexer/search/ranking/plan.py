"""A query taken apart: the freely typed words, and what binds whatever the words do."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.engines.query import And, AtLeast, Boosted, MatchAll, Or, Query
from indexer.search.ranking.policy import MatchPolicy, least_words

Forms = tuple[str, ...]
"""The terms of an index that count as one syllable of a query."""


@dataclass(frozen=True, slots=True)
class Word:
    """One freely typed word: a syllable, or several that are joined as in `Covid-19`.

    Attributes:
        text: The word as typed.
        node: What to match for it.
        readings: The rows of syllables for which it may stand; an article that holds none of
            them lacks the word.
    """

    text: str
    node: Query
    readings: tuple[tuple[Forms, ...], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A query, understood.

    Attributes:
        words: The freely typed words, in their order. How many of them an article must hold is
            a matter of policy; one that is typed twice counts once.
        binding: What must match in any case: phrases, fields, `+`, `-`, operators.
        optional: What only adds to the score.
        rows: Syllables that stand next to each other in the query, those of phrases too: the
            second pass looks for neighbours. Where nothing is said, the words are one row.
        bare: Whether the words were typed without any mark, so that each syllable stands for
            all the forms that it may have.
    """

    words: tuple[Word, ...] = ()
    binding: tuple[Query, ...] = ()
    optional: tuple[Query, ...] = ()
    rows: tuple[tuple[Forms, ...], ...] = ()
    bare: bool = False

    def distinct_words(self) -> tuple[Word, ...]:
        """Give the words, each once, in the order in which they were typed first."""
        distinct: dict[Query, Word] = {}
        for word in self.words:
            distinct.setdefault(word.node, word)
        return tuple(distinct.values())

    def all_rows(self) -> tuple[tuple[Forms, ...], ...]:
        """Give the rows of syllables."""
        if self.rows:
            return self.rows
        in_order = tuple(forms for word in self.words for forms in word.readings[0])
        return (in_order,) if in_order else ()


def compose(plan: Plan, policy: MatchPolicy) -> Query:
    """Make the query of a plan under a policy.

    Args:
        plan: The plan; one that holds nothing matches everything.
        policy: Any policy but `AUTO`, which is no query but a choice between two.
    """
    nodes = tuple(word.node for word in plan.distinct_words())
    parts = list(plan.binding)
    least = least_words(len(nodes), policy)
    if least == len(nodes):
        parts += nodes
    elif least == 1:
        parts.append(Or(nodes))
    else:
        parts.append(AtLeast(least, nodes))
    distinct = tuple(dict.fromkeys(parts))
    if not distinct:
        return MatchAll()
    required = distinct[0] if len(distinct) == 1 else And(distinct)
    return Boosted(required, Or(plan.optional)) if plan.optional else required
