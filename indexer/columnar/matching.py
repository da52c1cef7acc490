"""Sets of matching articles as sorted arrays, and the ways to combine them.

Whatever has few postings must cost little, however many articles there are. So every operation has
two ways of working: by *search* in sorted arrays, which costs by the matches at hand, and by
*scatter* into an array with a place for each article, which costs by the longer of both lists but
little for each posting. Each picks the cheaper one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.postings import Ints
from indexer.deadline import NO_DEADLINE, Deadline

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]

_SEARCH_COST = 15
"""How many times as long one search takes as looking up an item in a table, measured."""


class Matches(NamedTuple):
    """Matching articles of a segment.

    Attributes:
        articles: Their numbers, ascending.
        scores: The score of each of them.
    """

    articles: Ints
    scores: Floats


class Scratch:
    """Arrays with a place for each article of a segment: the work space of one query.

    Args:
        size: How many articles the segment has.
        deadline: When the running query must have ended.
    """

    def __init__(self, size: int, deadline: Deadline = NO_DEADLINE) -> None:
        self._size = size
        self.deadline = deadline
        self._floats: Floats | None = None
        self._bools: Bools | None = None
        self._places: NDArray[np.int32] | None = None
        self._placed: Ints | None = None
        self._taken: tuple[Floats, Ints, Floats] | None = None

    def floats(self) -> Floats:
        """Give an array of zeros; whoever uses it leaves zeros behind."""
        if self._floats is None:
            self._floats = np.zeros(self._size, np.float32)
        return self._floats

    def bools(self) -> Bools:
        """Give an array of `False`; whoever uses it leaves it so."""
        if self._bools is None:
            self._bools = np.zeros(self._size, dtype=bool)
        return self._bools

    def places(self, articles: Ints) -> NDArray[np.int32]:
        """Give the place of each article among some, counted from 1; 0 where it is not there.

        The table holds until other articles are asked about; nobody may write to it.

        Args:
            articles: The articles, each once.
        """
        if self._places is None:
            self._places = np.zeros(self._size, np.int32)
        # Several parts are asked one after the other about the same articles.
        if self._placed is not articles:
            if self._placed is not None:
                self._places[self._placed] = 0
            self._placed = None
            self._places[articles] = np.arange(1, len(articles) + 1, dtype=np.int32)
            self._placed = articles
        return self._places

    def taken(self, values: Floats, articles: Ints) -> Floats:
        """Give the values of some articles; nobody may write to them.

        Args:
            values: A value for each article of the segment.
            articles: The articles.
        """
        # Here, too, several parts are asked about the same articles.
        known = self._taken
        if known is None or known[0] is not values or known[1] is not articles:
            known = self._taken = values, articles, values.take(articles)
        return known[2]

    def sums(self, several: Sequence[Matches], wanted: Ints) -> Floats:
        """Give the sum of the scores of each wanted article, 0 where it is in none of the sets."""
        sums = self.floats()
        for number, (articles, scores) in enumerate(several):
            if number:
                sums[articles] += scores
            else:
                sums[articles] = scores
        found = sums[wanted]
        for articles, _ in several:
            sums[articles] = 0
        return found

    def __len__(self) -> int:
        return self._size


NOTHING = Matches(np.empty(0, np.int64), np.empty(0, np.float32))


def search_is_cheaper(wanted: int, available: int) -> bool:
    """Tell whether to search for `wanted` items among `available` sorted ones, or to scatter."""
    return wanted * _SEARCH_COST < available


def find(wanted: NDArray[np.integer], available: NDArray[np.integer]) -> tuple[Bools, Ints]:
    """Look up sorted article numbers in another sorted array.

    Returns:
        Whether each wanted number is there, and where; a place is only meaningful where it is.
    """
    # Of different types, the longer array would be converted, too.
    places = np.searchsorted(available, wanted.astype(available.dtype, copy=False))
    places[places == len(available)] = 0
    if not len(available):
        return np.zeros(len(wanted), dtype=bool), places
    return available.take(places) == wanted, places


def among(wanted: Ints, available: Ints, spread: int) -> Bools:
    """Tell which of some ascending numbers are among others, where few of them are.

    Most are ruled out by a table of marks, which costs a fraction of a search; the others are
    looked up.

    Args:
        wanted: Numbers to look for.
        available: Numbers to look in.
        spread: A number is marked at itself plus itself shifted right by so many bits: neighbours
            lie together then, which caches like, and only far ones share a mark.
    """
    if len(wanted) < _WORTH_MARKS:
        return find(wanted, available)[0]
    size = 1 << (len(available) * _MARKS_EACH).bit_length()
    marks = np.zeros(size, dtype=bool)
    marks[_marked(available, spread, size)] = True
    likely = np.flatnonzero(marks.take(_marked(wanted, spread, size)))
    found = np.zeros(len(wanted), dtype=bool)
    found[likely] = find(wanted.take(likely), available)[0]
    return found


def _marked(numbers: Ints, spread: int, size: int) -> Ints:
    """Give the mark of each number."""
    marks: Ints = numbers >> spread
    marks += numbers
    marks &= size - 1
    return marks


_WORTH_MARKS = 2_000
_MARKS_EACH = 8


def scores_at(wanted: Ints, matches: Matches, scratch: Scratch) -> tuple[Bools, Floats]:
    """Look up the scores of sorted article numbers among matches.

    Returns:
        Whether each wanted article is among the matches, and its score there; 0 where it is not.
    """
    if search_is_cheaper(len(wanted), len(matches.articles)):
        found, places = find(wanted, matches.articles)
        scores = np.zeros(len(wanted), np.float32)
        scores[found] = matches.scores[places[found]]
        return found, scores
    table = scratch.places(matches.articles).take(wanted)
    found = table > 0
    scores = np.zeros(len(wanted), np.float32)
    scores[found] = matches.scores.take(table[found] - 1)
    return found, scores


def union(several: list[Matches], scratch: Scratch) -> Matches:
    """Give the articles that are in any of several sets; their scores are added up."""
    several = [matches for matches in several if len(matches.articles)]
    if not several:
        return NOTHING
    if len(several) == 1:
        return several[0]
    total = sum(len(matches.articles) for matches in several)
    # Sorting costs some 3 times a search; scattering passes over all articles once.
    if total * _SEARCH_COST < len(scratch):
        return _sorted_union(several)
    present = scratch.bools()
    for articles, _ in several:
        present[articles] = True
    articles = np.flatnonzero(present)
    present[articles] = False
    return Matches(articles, scratch.sums(several, articles))


def gather_small(several: list[Matches]) -> list[Matches]:
    """Make one set of those that have few articles: each set costs time whatever its size."""
    small = [matches for matches in several if len(matches.articles) < _SMALL]
    if len(small) < 3:
        return several
    large = [matches for matches in several if len(matches.articles) >= _SMALL]
    return [*large, _sorted_union(small)]


_SMALL = 1_000


def _sorted_union(several: Sequence[Matches]) -> Matches:
    articles = np.concatenate([matches.articles for matches in several])
    scores = np.concatenate([matches.scores for matches in several])
    order = np.argsort(articles, kind="stable")
    articles = articles[order]
    starts = np.flatnonzero(np.diff(articles, prepend=-1) != 0)
    return Matches(articles[starts], np.add.reduceat(scores[order], starts))


def distinct_articles(
    lists: Sequence[NDArray[np.integer]], size: int, gone: Bools | None = None
) -> int:
    """Count the articles that are in any of several lists.

    Args:
        lists: Article numbers, each at most once in a list.
        size: How many articles there are.
        gone: For each of them, whether it does not count.
    """
    if not lists:
        return 0
    if len(lists) == 1 or sum(map(len, lists)) * _SEARCH_COST < size:
        distinct = lists[0]
        if len(lists) > 1:
            # Several times as fast as `np.unique`, which puts numbers into a hash table.
            ordered = np.sort(np.concatenate(lists))
            others = ordered[1:]
            distinct = np.concatenate([ordered[:1], others[others != ordered[:-1]]])
        return len(distinct) - (0 if gone is None else int(gone.take(distinct).sum()))
    present = np.zeros(size, dtype=bool)
    for articles in lists:
        present[articles.astype(np.int64)] = True
    if gone is not None:
        present[gone] = False
    return int(np.count_nonzero(present))
