"""Whether two peers gave the same answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.benchmarks.peers.base import Answer


def disagreements(ours: Answer, theirs: Answer) -> Iterator[str]:
    """Tell in what two answers differ: totals, months, facet counts, size of the page.

    Which articles come first may differ: every peer has a formula of its own for relevance.
    """
    if ours.total != theirs.total:
        yield f"total {ours.total} and {theirs.total}"
    if ours.months != theirs.months:
        yield "months"
    if len(ours.ids) != len(theirs.ids):
        yield f"page of {len(ours.ids)} and {len(theirs.ids)}"
    for facet, values in ours.facets.items():
        if _comparable(values) != _comparable(theirs.facets[facet]):
            yield f"facet {facet}"


def _comparable(values: Sequence[tuple[str, int]]) -> tuple[list[int], set[tuple[str, int]]]:
    """Give the counts, and the values but for those that share the last count.

    Which of several values with that count are listed is each peer's choice.
    """
    counts = [count for _, count in values]
    least = min(counts, default=0)
    return counts, {(value, count) for value, count in values if count > least}
