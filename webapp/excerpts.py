"""Where the passages of a snippet were cut out of their paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from indexer import Hit, Passage


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage between the ellipses that it needs; both are empty where nothing was cut."""

    before: str
    passage: Passage
    after: str


def excerpts(hit: Hit) -> tuple[Excerpt, ...]:
    """Give the passages of a hit's snippet, an ellipsis wherever words were left out."""
    article = hit.article
    paragraphs = (article.lead, *article.captions, *article.body)
    return tuple(_excerpt(passage, paragraphs) for passage in hit.snippet.passages)


def _excerpt(passage: Passage, paragraphs: tuple[str, ...]) -> Excerpt:
    for paragraph in paragraphs:
        head, found, tail = paragraph.partition(passage.text)
        if found:
            return Excerpt(
                "… " if _has_words(head) else "", passage, " …" if _has_words(tail) else ""
            )
    return Excerpt("", passage, "")


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)
