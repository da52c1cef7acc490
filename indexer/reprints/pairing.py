"""Comparing the texts of many pairs of articles, few of which are held at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.reprints.comparing import Text, compare
from indexer.reprints.grouping import joined
from indexer.reprints.shingles import Ints
from indexer.reprints.texts import TextReader

_PAIRS_AT_A_TIME: Final = 512

Texts = Callable[[TextReader, Sequence[int]], Iterable[Text]]
"""Reads the texts of some articles."""


def compare_pairs(
    firsts: Ints, seconds: Ints, articles: int, texts: Texts
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Compare the texts of pairs of articles.

    Args:
        firsts: The first article of each pair.
        seconds: The second one.
        articles: How many articles there are.
        texts: Reads some of them.

    Returns:
        The outcome of each pair, and the share of the longer text that is shared.
    """
    outcomes = np.zeros(len(firsts), np.uint8)
    shares = np.zeros(len(firsts), np.uint8)
    # Pairs of the same articles together, so that few texts are read twice.
    groups = joined(articles, firsts, seconds)
    order = np.argsort(groups[firsts], kind="stable")
    reader = TextReader()
    held: dict[int, Text] = {}
    for start in range(0, len(order), _PAIRS_AT_A_TIME):
        places = order[start : start + _PAIRS_AT_A_TIME]
        one, other = firsts[places].tolist(), seconds[places].tolist()
        wanted = {*one, *other}
        held = {number: text for number, text in held.items() if number in wanted}
        missing = sorted(wanted - held.keys())
        held.update(zip(missing, texts(reader, missing), strict=True))
        for place, first, second in zip(places.tolist(), one, other, strict=True):
            outcomes[place], shares[place] = compare(held[first], held[second])
    return outcomes, shares
