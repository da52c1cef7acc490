"""A query as it is asked of the engine, and what it takes to explain the answer."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.search.ranking import Plan
from indexer.search.reasons import TypedWord
from indexer.search.syntax import Notice


@dataclass(frozen=True, slots=True)
class Compiled:
    """A query in terms of one index.

    Attributes:
        plan: What to search for.
        words: The words that were typed and are wanted, those of phrases too, each once.
        notices: What was read otherwise than typed, and why; the first `MAX_NOTICES`.
    """

    plan: Plan
    words: tuple[TypedWord, ...]
    notices: tuple[Notice, ...]
