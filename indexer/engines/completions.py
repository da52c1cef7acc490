"""What an engine is asked to complete, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SuggestionKind(StrEnum):
    """What a completion is."""

    TITLE = "title"
    WORD = "word"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Typed:
    """The beginning of something, as it is typed.

    Attributes:
        whole: For each syllable that is typed to its end, the forms it may stand for.
        begun: The beginning of the next one, in one or several spellings of which one must hold;
            `analysis.can_complete` tells what each may become. None where nothing is typed yet.
    """

    whole: tuple[tuple[str, ...], ...]
    begun: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """A title, word or phrase that has the typed syllables one after the other.

    Attributes:
        text: As it is written in the articles.
        kind: What it is.
        count: About how often it occurs; 1 for a title.
        place: How many of its syllables come before the typed ones.
        article_id: The article of a title; empty for others.
    """

    text: str
    kind: SuggestionKind
    count: int
    place: int
    article_id: str = ""
