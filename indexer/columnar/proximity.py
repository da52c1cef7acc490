"""Phrases and neighbourhoods: articles in which words stand near each other.

An occurrence is one number, the place of its article among the candidates above 32 bits of
position, so that the occurrences of many articles are one ascending array.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from indexer.columnar.evaluation import AndPart, Part, SearchedGroup, WordPart
from indexer.columnar.matching import Bools, Floats, Matches, among, find, search_is_cheaper
from indexer.columnar.postings import Ints, Postings, ragged

_POSITION_BITS: Final = 32
_USUAL_LENGTH_BITS: Final = 10
_ARTICLES_AT_A_TIME: Final = 1 << 17
"""So that no step takes long without a look at the clock."""


class Nearness(NamedTuple):
    """How near words must stand to each other.

    A word is at distance 1 from the one next to it, and what is compared is its distance from the
    stretch of text that the words before it in the query span.

    Attributes:
        slop: The greatest distance.
        ordered: Whether each word must come after the words before it.
        least: The least distance; at least 1.
        field: Number of the field in which they must stand; `None` for any.
    """

    slop: int = 1
    ordered: bool = True
    least: int = 1
    field: int | None = None


class PhrasePart(Part):
    """Articles in which words stand near each other.

    Each member may have several forms. The score is that of the words together.

    Args:
        searched: The group.
        words: The members.
        nearness: How near; in a row where nothing else is said.
    """

    def __init__(
        self,
        searched: SearchedGroup,
        words: Sequence[WordPart],
        nearness: Nearness = Nearness(),  # noqa: B008 - immutable
    ) -> None:
        self._searched = searched
        self._members = [word.forms for word in words]
        self._nearness = nearness
        self._together = AndPart(words)
        self.cost = self._together.cost

    def matches(self) -> Matches:
        """Give all articles of the part."""
        articles, scores = self._together.matches()
        holds = self._holds(articles)
        return Matches(articles[holds], scores[holds])

    def at(self, articles: Ints) -> tuple[Bools, Floats]:
        """Tell which of some ascending articles are in the part, and their scores there."""
        found, scores = self._together.at(articles)
        left = np.flatnonzero(found)
        found[left] = self._holds(articles[left])
        return found, np.where(found, scores, np.float32(0))

    def _holds(self, articles: Ints) -> Bools:
        """Tell which of some articles, that hold all members, hold them near each other."""
        slices = range(0, len(articles), _ARTICLES_AT_A_TIME)
        holds = [self._holds_slice(articles[at : at + _ARTICLES_AT_A_TIME]) for at in slices]
        return np.concatenate(holds) if holds else np.zeros(0, dtype=bool)

    def _holds_slice(self, articles: Ints) -> Bools:
        slop, ordered, least, _ = self._nearness
        if not ordered:
            places = self._unordered(articles)
        elif slop == least == 1:
            places = self._in_a_row(articles)
        else:
            places = self._in_order(articles)
        holds = np.zeros(len(articles), dtype=bool)
        holds[places] = True
        return holds

    def _in_a_row(self, articles: Ints) -> Ints:
        starts = self._member(articles, 0)
        for step in range(1, len(self._members)):
            if not len(starts):
                break
            keys = self._member(articles, step) - step
            starts = starts[among(starts, keys, _POSITION_BITS - _USUAL_LENGTH_BITS)]
        return starts >> _POSITION_BITS

    def _in_order(self, articles: Ints) -> Ints:
        slop, _, least, _ = self._nearness
        ends = self._member(articles, 0)
        for step in range(1, len(self._members)):
            if not len(ends):
                break
            keys = self._member(articles, step)
            # What counts is the end nearest to the word, as the rest is only further away.
            nearest = np.searchsorted(ends, keys - least, side="right") - 1
            near = (nearest >= 0) & (keys - ends[nearest] <= slop)
            ends = keys[near]
        return ends >> _POSITION_BITS

    def _unordered(self, articles: Ints) -> Ints:
        slop, _, least, _ = self._nearness
        starts = ends = self._member(articles, 0)
        for step in range(1, len(self._members)):
            if not len(starts):
                break
            keys = self._member(articles, step)
            # The word may stand before the stretch, and then becomes its start, or after it.
            before, new_starts = _within(keys, starts - slop, starts - least)
            after, new_ends = _within(keys, ends + least, ends + slop)
            starts, ends = (
                np.concatenate([keys[new_starts], starts[after]]),
                np.concatenate([ends[before], keys[new_ends]]),
            )
            starts, ends = np.unique(np.stack([starts, ends]), axis=1)
        return starts >> _POSITION_BITS

    def _member(self, articles: Ints, step: int) -> Ints:
        """Give the occurrences of a member, in any of its forms, ascending."""
        forms = self._members[step]
        if not forms:
            return np.empty(0, np.int64)
        self._searched.scratch.deadline.check()
        keys = np.concatenate([self._occurrences(articles, form) for form in forms])
        if len(forms) > 1:
            keys.sort()
        return keys

    def _occurrences(self, articles: Ints, postings: Postings) -> Ints:
        """Give (place in `articles`, position) of all occurrences as one ascending number."""
        if search_is_cheaper(len(articles), len(postings.articles)):
            holding, places = find(articles, postings.articles)
            owners, places = np.flatnonzero(holding), places[holding]
        else:
            place_of = self._searched.scratch.integers()
            place_of[articles] = np.arange(1, len(articles) + 1, dtype=np.int32)
            found = place_of.take(postings.articles.astype(np.int64))
            place_of[articles] = 0
            places = np.flatnonzero(found)
            owners = found[places].astype(np.int64) - 1
        of_place, positions = self._searched.group.positions(
            postings, places, self._nearness.field
        )
        # Far from 0 and from the next article, so that no step leaves the article's range.
        return (owners[of_place] << _POSITION_BITS) + positions + _MARGIN


_MARGIN: Final = 1 << (_POSITION_BITS - 2)
"""Greater than any slop; positions beyond it would need a text of a billion syllables."""

GREATEST_SLOP: Final = _MARGIN - 1


def _within(keys: Ints, firsts: Ints, lasts: Ints) -> tuple[Ints, Ints]:
    """Find the keys in each of several ranges, both ends inclusive.

    Returns:
        For each key found: the number of the range, and the place of the key.
    """
    begins = np.searchsorted(keys, firsts)
    counts = np.searchsorted(keys, lasts, side="right") - begins
    return np.repeat(np.arange(len(firsts)), counts), ragged(begins, counts)
