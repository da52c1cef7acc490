"""Free words of a query that are typed next to each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from indexer.analysis import Token, tokenize
from indexer.search.syntax import nodes

Run = list[nodes.Word | nodes.Quoted]
"""Free words that are typed next to each other, those of phrases that are taken apart too."""


def pieces(
    parts: Sequence[nodes.Node], apart: Sequence[nodes.Quoted] = ()
) -> Iterator[Run | nodes.Node]:
    """Give runs of free words, and what stands between them part by part."""

    def free(part: nodes.Node) -> bool:
        return isinstance(part, nodes.Word) or part in apart

    for is_run, some in groupby(parts, key=free):
        if is_run:
            yield [part for part in some if isinstance(part, nodes.Word | nodes.Quoted)]
        else:
            yield from some


def groups(text: str) -> list[list[Token]]:
    """Give the tokens of a text, those of one name or number together."""
    found: list[list[Token]] = []
    for token in tokenize(text):
        if found and token.joined:
            found[-1].append(token)
        else:
            found.append([token])
    return found
