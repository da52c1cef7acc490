"""Passages of an article with its matches marked."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

Span = tuple[int, int]
"""Start (inclusive) and end (exclusive) in the characters of a text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an article's text, character by character as it was written.

    Attributes:
        text: The piece.
        marks: Where in it the matches stand: ascending, apart from each other.
    """

    text: str
    marks: tuple[Span, ...] = ()

    @property
    def html(self) -> str:
        """The text escaped for HTML, each match in a `mark` element."""
        parts = []
        written = 0
        for start, end in self.marks:
            parts.append(escape(self.text[written:start]))
            parts.append(f"<mark>{escape(self.text[start:end])}</mark>")
            written = end
        parts.append(escape(self.text[written:]))
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Snippet:
    """The passages that show best why an article matches.

    Each passage is a substring of one paragraph of the article.
    """

    passages: tuple[Passage, ...]

    @property
    def html(self) -> str:
        """The passages as HTML, set apart by ellipses."""
        return " … ".join(passage.html for passage in self.passages)
