"""When segments are merged: the one place that decides it.

Two rules, checked whenever a generation is written; sizes count articles that are not deleted:

1. *Each segment has at least twice as many articles as all later ones together.* From the first
   segment for which this does not hold, all are merged into one.
2. *No segment has more than a third of its articles deleted.* One that has is written again
   without them. A segment without any article left is dropped.

By rule 1 an index of N articles has at most `1 + log3 N` segments: 13 for a million articles. An
article is only written again into a segment that is at least 1.5 times as large as the one that it
was in, so at most `log1.5` of the growth of the index since it came: adding a tenth to an index,
article by article, rewrites nothing but that tenth. Only neighbours are merged, so that articles
keep their order, which decides between equal hits.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Final, NamedTuple

RATIO: Final = 2
"""How many times as large as all later segments together a segment must be."""

DELETED_SHARE: Final = 1 / 3
"""Which share of its articles a segment may have deleted."""


class SegmentSize(NamedTuple):
    """How large a segment is.

    Attributes:
        articles: All articles of the segment.
        deleted: How many of them are deleted.
    """

    articles: int
    deleted: int


def plan_merges(sizes: Sequence[SegmentSize]) -> list[range]:
    """Decide which segments to write again.

    Args:
        sizes: The segments of an index, in its order.

    Returns:
        Ranges of neighbours that become one segment each, ascending; a range of a single segment
        drops its deleted articles.
    """
    live = [size.articles - size.deleted for size in sizes]
    later = list(accumulate(reversed(live), initial=0))[-2::-1]
    first = next(
        (place for place, rest in enumerate(later) if rest and live[place] < RATIO * rest),
        len(sizes),
    )
    alone = [
        range(place, place + 1)
        for place, size in enumerate(sizes[:first])
        if size.deleted > size.articles * DELETED_SHARE
    ]
    return [*alone, range(first, len(sizes))] if first < len(sizes) else alone


def plan_one_segment(sizes: Sequence[SegmentSize]) -> list[range]:
    """Plan for one segment without deleted articles; nothing to do where that is so."""
    if len(sizes) > 1 or any(size.deleted for size in sizes):
        return [range(len(sizes))]
    return []
