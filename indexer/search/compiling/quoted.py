"""Which quoted parts of a query bind, and which are no more than words.

A pasted headline quotes what its article says in other words, and should find it. Where another
article has the phrase and most of the words, it must not hide the one looked for: that would cost
whole headlines 0.009 of MRR, without marks 0.012. So beside as many words as only headlines have,
a phrase binds where an article has it and all of them; beside fewer, where one has it and most.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from indexer.engines import query as q
from indexer.search.ranking import MatchPolicy
from indexer.search.ranking.policy import least_words
from indexer.search.syntax import nodes

_WORDS_OF_HEADLINE: Final = 6
"""Who types so many words beside a quoted part has pasted a headline."""


def taken_apart(
    phrases: Mapping[nodes.Quoted, q.Query],
    words_beside: Callable[[Sequence[nodes.Quoted]], Sequence[q.Query]],
    found: Callable[[q.Query], bool],
) -> Sequence[nodes.Quoted]:
    """Give the quoted parts that do not bind.

    The words of one that does not bind are words beside the others. Several phrases may each stand
    with the words, but nowhere together; then all are given.

    Args:
        phrases: What to match for each quoted part.
        words_beside: Gives the words that are typed freely, and those of some quoted parts.
        found: Tells whether any article matches.
    """
    apart: list[nodes.Quoted] = []
    while True:
        words = tuple(dict.fromkeys(words_beside(apart)))
        if not words:
            return apart
        policy = MatchPolicy.ALL if len(words) >= _WORDS_OF_HEADLINE else MatchPolicy.MOST
        beside = q.AtLeast(least_words(len(words), policy), words)
        left = {part: phrase for part, phrase in phrases.items() if part not in apart}
        nowhere = [part for part, phrase in left.items() if not found(q.And((phrase, beside)))]
        if not nowhere:
            break
        apart += nowhere
    if len(left) > 1 and not found(q.And((*left.values(), beside))):
        return tuple(phrases)
    return apart
