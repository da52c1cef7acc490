"""Choosing the passages of an article that show best why it matches."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from indexer.analysis import token_spans
from indexer.search.highlighter import Highlighter, Match, merged
from indexer.search.paragraphs import Paragraph
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


def make_snippet(article: Sequence[Paragraph], highlighter: Highlighter) -> Snippet:
    """Choose the best passages of an article.

    The passages that show the most different parts of the query come first in the choice, then
    those with the most matches, then the earlier ones; a second passage is added where it shows a
    part that the first lacks. An article that only its title matches gives the beginning of its
    text.

    Args:
        article: Its paragraphs.
        highlighter: Finds the matches.
    """
    paragraphs = [own for field in _FIELDS for own in article if own.field == field]
    matches = [highlighter.matches(own.tokens, own.field) for own in paragraphs]
    parts = {n: {match[0] for match in found} for n, found in enumerate(matches) if found}
    chosen: list[_Window] = []
    while parts and len(chosen) < PASSAGES:
        best = _best_window(matches, parts)
        if best is None:
            break
        chosen.append(best)
        del parts[best.paragraph]
        for of_paragraph in parts.values():
            of_paragraph -= best.parts
    if not chosen:
        beginning = next((n for n, own in enumerate(paragraphs) if own.tokens), None)
        if beginning is None:
            return Snippet(())
        end = min(PASSAGE_TOKENS, len(paragraphs[beginning].tokens))
        chosen = [_Window(beginning, 0, end, frozenset())]
    return Snippet(
        tuple(
            _cut(paragraphs[window.paragraph], window, matches[window.paragraph])
            for window in sorted(chosen)
        )
    )


def _best_window(
    matches: Sequence[Sequence[Match]], wanted: Mapping[int, set[int]]
) -> _Window | None:
    """Give the window that shows most of what is wanted, `None` where nothing is.

    Args:
        matches: The matches of each paragraph.
        wanted: The paragraphs to look at, and the parts of the query to look for in each.
    """
    best: _Window | None = None
    shown = found = 0
    # No window shows more than its paragraph, so most paragraphs need not be looked into.
    for number in sorted(wanted, key=lambda number: (-len(wanted[number]), number)):
        parts = wanted[number]
        if len(parts) < shown or not parts:
            break
        if (len(parts), len(matches[number])) < (shown, found):
            continue
        # No window shows more parts than it has matches.
        for inside in _windows(matches[number], shown):
            new = len(parts.intersection([part for part, _, _ in inside]))
            better = new, len(inside)
            if better > (shown, found) or (
                better == (shown, found) and best is not None and number < best.paragraph
            ):
                shown, found = better
                last = max(match[2] for match in inside)
                shows = frozenset(match[0] for match in inside)
                best = _Window(number, inside[0][1], last, shows)
    return best


def _windows(matches: Sequence[Match], least: int) -> Iterator[Sequence[Match]]:
    """Give the matches in each window of a paragraph that begins with a match.

    Args:
        matches: The matches of the paragraph.
        least: So many matches a window has at least, else it is left out; as are windows that
            another one holds as a whole.
    """
    after = seen = 0
    for place, match in enumerate(matches):
        # Matches ascend by their first token; a long paragraph may have thousands.
        end = match[1] + PASSAGE_TOKENS
        while after < len(matches) and matches[after][1] < end:
            after += 1
        if after - place < least or after == seen:
            continue
        inside = [m for m in matches[place:after] if m[2] <= end] or [match]
        if len(inside) == after - place:
            seen = after
        if len(inside) >= least:
            yield inside


def _cut(paragraph: Paragraph, window: _Window, matches: Sequence[Match]) -> Passage:
    """Cut a passage out of its paragraph, widened to its usual length."""
    text = paragraph.text
    tokens = token_spans(text)
    first, last = window.first, window.last
    spare = max(0, PASSAGE_TOKENS - (last - first))
    within = {place for _, a, b in matches for place in range(a + 1, b)}
    first = _sentence_start(text, tokens, first, spare, within)
    last = min(len(tokens), max(last, first + PASSAGE_TOKENS))
    if last == len(tokens):
        first = max(0, min(first, last - PASSAGE_TOKENS))
    # A part of a match would be shown without its mark.
    for _, a, b in matches:
        if a < first < b <= window.first:
            first = b
        if window.last <= a < last < b:
            last = a
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


def _sentence_start(
    text: str, tokens: Sequence[tuple[int, int]], first: int, spare: int, within: Container[int]
) -> int:
    """Give the token to begin with: that of the sentence if it is near, else a few before.

    Args:
        text: The paragraph.
        tokens: Its tokens.
        first: The first token of the window.
        spare: How many more tokens there may be.
        within: Tokens inside of matches; `TP. HCM` is not two sentences.
    """
    for candidate in range(first, max(-1, first - spare - 1), -1):
        if candidate in within:
            continue
        if candidate == 0 or _SENTENCE_END.search(
            text[tokens[candidate - 1][1] : tokens[candidate][0]]
        ):
            return candidate
    return first - min(spare, _LEAD_IN)
