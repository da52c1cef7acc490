"""Passages of an article with its matches marked."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an article's text, character by character as it was written.

    Attributes:
        text: The piece.
        marks: Where in it the matches stand, as (start, end): ascending, apart from each other.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()

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

    Attributes:
        passages: In reading order; each is a substring of one paragraph of the article.
    """

    passages: tuple[Passage, ...]

    @property
    def html(self) -> str:
        """The passages as HTML, set apart by ellipses."""
        return " … ".join(passage.html for passage in self.passages)


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """The whole text of an article with the matches of a query marked.

    Attributes:
        title: The title.
        lead: The lead, if there is one.
        body: The paragraphs.
        captions: The captions.
    """

    title: Passage
    lead: Passage | None
    body: tuple[Passage, ...]
    captions: tuple[Passage, ...]
