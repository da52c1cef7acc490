"""Where words that only stand near each other are in a paragraph.

What counts as near is said by `indexer.engines.query`; here it is found in one text, token by
token, while engines find it in columns of positions.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

Spellings = frozenset[str]
"""All spellings of all forms of a word."""

Span = tuple[int, int]
"""First token and last token + 1."""


def row_spans(tokens: Sequence[str], words: Sequence[Spellings]) -> list[Span]:
    """Find where words stand one after the other."""
    first, *others = words
    return [
        (place, place + len(words))
        for place, token in enumerate(tokens)
        if token in first
        and place + len(others) < len(tokens)
        and all(tokens[place + step] in word for step, word in enumerate(others, 1))
    ]


def loose_spans(tokens: Sequence[str], words: Sequence[Spellings], slop: int) -> list[Span]:
    """Find the words of a phrase that has a slop, wherever they can be part of a match.

    Args:
        tokens: The tokens of a paragraph.
        words: The members of the phrase.
        slop: How many other words may stand between them altogether.
    """
    places = [[n for n, token in enumerate(tokens) if token in word] for word in words]
    # For each place of a member: the latest start of what can come before it, up to it; and the
    # earliest end of what can come after it. The two are chosen apart from each other.
    starts = _reaches(places, 1)
    ends = _reaches(places[::-1], -1)[::-1]
    return sorted(
        {
            (place, place + 1)
            for before, after in zip(starts, ends, strict=True)
            for place in before.keys() & after.keys()
            if after[place] - before[place] + 1 - len(words) <= slop
        }
    )


def _reaches(places: Sequence[Sequence[int]], sign: int) -> list[dict[int, int]]:
    """Follow members from the first one on; with the sign -1 the text is read backwards.

    Returns:
        For each member: from a place at which it can follow the members before it to the nearest
        place at which such a row begins.
    """
    found = [{place: place for place in places[0]}]
    for own in places[1:]:
        before = sorted(found[-1], key=lambda place: sign * place)
        reached: dict[int, int] = {}
        passed = 0
        for place in own if sign > 0 else reversed(own):
            while passed < len(before) and sign * before[passed] < sign * place:
                passed += 1
            if passed:
                reached[place] = found[-1][before[passed - 1]]
        found.append(reached)
    return found


def near_spans(
    tokens: Sequence[str], members: Sequence[Sequence[Spellings]], distance: int
) -> list[Span]:
    """Find the members of a `Near`, wherever they are part of a match.

    Args:
        tokens: The tokens of a paragraph.
        members: The members; each is one word, or several that stand in a row.
        distance: The greatest distance.
    """
    found = sorted(
        (span, number) for number, words in enumerate(members) for span in row_spans(tokens, words)
    )
    pieces: list[list[tuple[Span, int]]] = []
    reach = 0
    for span, number in found:
        # `reach` is the token after the last one, which is at distance 1 from it.
        if not pieces or span[0] - reach >= distance:
            pieces.append([])
        pieces[-1].append((span, number))
        reach = max(reach, span[1])
    return [span for piece in pieces if _is_whole(piece, len(members)) for span, _ in piece]


def _is_whole(piece: Sequence[tuple[Span, int]], members: int) -> bool:
    """Tell whether all members stand in a piece, and each two of them apart from each other."""
    of_each = [[span for span, number in piece if number == member] for member in range(members)]
    return all(of_each) and all(
        min(end for _, end in one) <= max(start for start, _ in other)
        or min(end for _, end in other) <= max(start for start, _ in one)
        for one, other in combinations(of_each, 2)
    )
