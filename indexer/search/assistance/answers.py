"""What help consists of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from indexer.engines.completions import SuggestionKind


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What somebody may be typing.

    Attributes:
        text: The whole of it, spelled as in the articles.
        kind: A title, a word or a phrase.
        count: About how often it occurs, in some articles several times; of a title, how many
            articles of those that were looked at have it. A search for it has another total.
        article_id: The article of a title; `None` for others.
    """

    text: str
    kind: SuggestionKind
    count: int
    article_id: str | None = None


class CorrectionKind(StrEnum):
    """Why another query is offered.

    `spelling`: a word was probably mistyped. `input method`: Telex or VNI was typed without an
    input method. `reading`: a query without marks, with the marks of one of its readings. `marks`:
    the marks of the query are found nowhere; without them something is.
    """

    SPELLING = "spelling"
    INPUT_METHOD = "input method"
    READING = "reading"
    MARKS = "marks"


@dataclass(frozen=True, slots=True)
class Correction:
    """A query that may be what was meant. It is offered, never applied.

    Attributes:
        query: The query.
        kind: Why it is offered.
        count: How many articles it finds.
    """

    query: str
    kind: CorrectionKind
    count: int
