"""Choosing the passages of an article that show best why it matches."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from corpus import Article
from indexer.analysis import token_spans
from indexer.schema import text_of
from indexer.search.highlighter import Highlighter, Match, merged
from indexer.search.passages import Passage, Snippet

PASSAGES = 2
"""The most passages of a snippet."""

PASSAGE_TOKENS = 32
"""The most tokens of a passage."""

_FIELDS = ("lead", "body", "captions")
_LEAD_IN = 6
"""Tokens shown before the first match of a passage that begins inside a sentence."""

_SENTENCE_END = re.compile(r"[.!?…][”\"')\]]*\s+$")


class _Window(NamedTuple):
    """A run of tokens of one paragraph, and what it shows of the query."""

    paragraph: int
    first: int
    last: int
    parts: frozenset[int]
    matches: int


def make_snippet(article: Article, highlighter: Highlighter) -> Snippet:
    """Choose the best passages of an article.

    The passages that show the most different parts of the query come first in the choice, then
    those with the most matches, then the earlier ones; a second passage is added where it shows a
    part that the first lacks. An article that only its title matches gives the beginning of its
    text.

    Args:
        article: The article.
        highlighter: Finds the matches.
    """
    by_field = [(text, field) for field in _FIELDS for text in text_of(article, field)]
    paragraphs = [text for text, _ in by_field]
    matches = [highlighter.matches(text, field) for text, field in by_field]
    chosen: list[_Window] = []
    shown: frozenset[int] = frozenset()
    while len(chosen) < PASSAGES:
        taken = {window.paragraph for window in chosen}
        best = _best_window(matches, shown, taken)
        if best is None or (chosen and not best.parts - shown):
            break
        chosen.append(best)
        shown |= best.parts
    if not chosen:
        beginning = next((n for n, text in enumerate(paragraphs) if token_spans(text)), None)
        if beginning is None:
            return Snippet(())
        end = min(PASSAGE_TOKENS, len(token_spans(paragraphs[beginning])))
        chosen = [_Window(beginning, 0, end, frozenset(), 0)]
    return Snippet(
        tuple(_cut(paragraphs[w.paragraph], w, matches[w.paragraph]) for w in sorted(chosen))
    )


def _best_window(
    matches: Sequence[Sequence[Match]], shown: frozenset[int], taken: Collection[int]
) -> _Window | None:
    """Give the window that shows most of what is not shown yet.

    Args:
        matches: The matches of each paragraph.
        shown: Parts of the query that are shown.
        taken: Paragraphs that are not to be looked at.
    """
    new = {
        number: len({match[0] for match in of_paragraph} - shown)
        for number, of_paragraph in enumerate(matches)
        if of_paragraph and number not in taken
    }
    best: tuple[tuple[int, int, int], _Window] | None = None
    # No window shows more than its paragraph, so most paragraphs need not be looked into.
    for number in sorted(new, key=lambda number: -new[number]):
        if best and new[number] < best[0][0]:
            break
        for window in _windows(number, matches[number]):
            key = len(window.parts - shown), window.matches, -number
            if best is None or key > best[0]:
                best = key, window
    return best[1] if best else None


def _windows(paragraph: int, matches: Sequence[Match]) -> Iterator[_Window]:
    """Give the windows of a paragraph that begin with a match."""
    if len(matches) == 1:
        part, first, last = matches[0]
        yield _Window(paragraph, first, last, frozenset((part,)), 1)
        return
    for place, (_, first, _) in enumerate(matches):
        # Matches ascend by their first token; a long paragraph may have thousands.
        end = first + PASSAGE_TOKENS
        after = bisect_left(matches, end, lo=place, key=itemgetter(1))
        inside = [m for m in matches[place:after] if m[2] <= end] or [matches[place]]
        last = max(m[2] for m in inside)
        yield _Window(paragraph, first, last, frozenset(m[0] for m in inside), len(inside))


def _cut(text: str, window: _Window, matches: Sequence[Match]) -> Passage:
    """Cut a passage out of its paragraph, widened to its usual length."""
    tokens = token_spans(text)
    first, last = window.first, window.last
    spare = max(0, PASSAGE_TOKENS - (last - first))
    first = _sentence_start(text, tokens, first, spare)
    last = min(len(tokens), max(last, first + PASSAGE_TOKENS))
    if last == len(tokens):
        first = max(0, min(first, last - PASSAGE_TOKENS))
    start, end = tokens[first][0], tokens[last - 1][1]
    if first == 0:
        start = 0
    if last == len(tokens):
        end = len(text)
    piece = text[start:end]
    marks = [
        (tokens[a][0] - start, tokens[b - 1][1] - start)
        for _, a, b in matches
        if a >= first and b <= last
    ]
    return Passage(piece, merged(piece, marks))


def _sentence_start(text: str, tokens: Sequence[tuple[int, int]], first: int, spare: int) -> int:
    """Give the token to begin with: that of the sentence if it is near, else a few before."""
    for candidate in range(first, max(-1, first - spare - 1), -1):
        if candidate == 0 or _SENTENCE_END.search(
            text[tokens[candidate - 1][1] : tokens[candidate][0]]
        ):
            return candidate
    return first - min(spare, _LEAD_IN)
