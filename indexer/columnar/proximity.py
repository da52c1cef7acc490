"""Phrases and neighbourhoods: articles in which words stand near each other.

An occurrence is one number, the place of its article among the candidates above 32 bits of
position, so that the occurrences of many articles are one ascending array.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np

from indexer.columnar.evaluation import AndPart, Part, SearchedGroup, WordPart
from indexer.columnar.matching import (
    Bools,
    Floats,
    Matches,
    among,
    find,
    scores_at,
    search_is_cheaper,
)
from indexer.columnar.postings import Ints, Postings, ragged

_POSITION_BITS: Final = 32
_USUAL_LENGTH_BITS: Final = 10
_POSITIONS_COST: Final = 10
"""Reading positions takes about so many times as long as looking up a word."""

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
        fields: Numbers of the fields in which they must stand, ascending; `None` for any.
        others: The most other words between all of them together, where they are ordered; `None`
            for as many as the distances allow.
    """

    slop: int = 1
    ordered: bool = True
    least: int = 1
    fields: Sequence[int] | None = None
    others: int | None = None


Forms = Sequence[Postings]
"""The postings of all forms of a word in a segment."""


class TogetherPart(Part, ABC):
    """Articles that hold some words, at places that fit together.

    The score is that of the words together.

    Args:
        searched: The group.
        words: The words.
        fields: Numbers of the fields in which they must stand, ascending; `None` for any.
    """

    def __init__(
        self, searched: SearchedGroup, words: Sequence[WordPart], fields: Sequence[int] | None
    ) -> None:
        self._searched = searched
        self._fields = fields
        self._together = AndPart(words)
        self._found: Matches | None = None
        self.cost = self._together.cost * _POSITIONS_COST

    def matches(self) -> Matches:
        """Give all articles of the part."""
        if self._found is None:
            # Few of the articles that hold the words may hold them so, and only these have scores.
            articles = self._together.articles()
            articles = articles[self._fits(articles)]
            self._found = Matches(articles, self._together.at(articles)[1])
        return self._found

    def at(self, articles: Ints) -> tuple[Bools, Floats]:
        """Tell which of some ascending articles are in the part, and their scores there."""
        # Its rarest word narrows them down as far as the articles do that are asked about.
        if self._found is not None or len(articles) >= self._together.cost:
            return scores_at(articles, self.matches(), self._searched.scratch)
        found, scores = self._together.at(articles)
        left = np.flatnonzero(found)
        found[left] = self._fits(articles[left])
        return found, np.where(found, scores, np.float32(0))

    def _fits(self, articles: Ints) -> Bools:
        """Tell which of some articles, that hold all members, hold them near each other."""
        holds = np.zeros(len(articles), dtype=bool)
        for first in range(0, len(articles), _ARTICLES_AT_A_TIME):
            some = articles[first : first + _ARTICLES_AT_A_TIME]
            holds[first + (self._occurring(some) >> _POSITION_BITS)] = True
        return holds

    @abstractmethod
    def _occurring(self, articles: Ints) -> Ints:
        """Give an occurrence, of any word, of each of those articles that have what fits."""

    def _in_a_row(self, articles: Ints, words: Sequence[Forms]) -> Ints:
        """Give where words stand one after the other: the occurrences of the first one."""
        # The rarest words come first, and others are looked for only where these fit together.
        order = sorted(range(len(words)), key=lambda step: _occurrence_count(words[step]))
        starts = self._occurrences(articles, words[order[0]]) - order[0]
        for number, step in enumerate(order[1:]):
            if not len(starts):
                break
            places = _places(starts) if number else None
            keys = self._occurrences(articles, words[step], places) - step
            fewer, more = sorted((starts, keys), key=len)
            found = among(more, fewer, _POSITION_BITS - _USUAL_LENGTH_BITS)
            starts = more.take(np.flatnonzero(found))
        return starts

    def _occurrences(self, articles: Ints, forms: Forms, places: Ints | None = None) -> Ints:
        """Give the occurrences of a word, in any of its forms, ascending.

        Args:
            articles: The articles that are looked at.
            forms: The forms.
            places: The places of the only ones of them to look into; `None` for all.
        """
        if not forms:
            return np.empty(0, np.int64)
        self._searched.scratch.deadline.check()
        some = articles if places is None else articles[places]
        keys = np.concatenate([self._occurrences_of(some, form) for form in forms])
        if places is not None:
            own = keys >> _POSITION_BITS
            keys += (places - np.arange(len(places))).take(own) << _POSITION_BITS
        if len(forms) > 1:
            keys.sort()
        return keys

    def _occurrences_of(self, articles: Ints, postings: Postings) -> Ints:
        """Give (place in `articles`, position) of all occurrences as one ascending number."""
        if search_is_cheaper(len(articles), len(postings.articles)):
            holding, places = find(articles, postings.articles)
            owners = np.flatnonzero(holding)
            places = places.take(owners)
        else:
            found = self._searched.scratch.places(articles).take(postings.articles)
            places = np.flatnonzero(found != 0)
            owners = found.take(places).astype(np.int64) - 1
        of_place, positions = self._searched.group.positions(postings, places, self._fields)
        # Far from 0 and from the next article, so that no step leaves the article's range.
        keys: Ints = (owners << _POSITION_BITS).take(of_place)
        keys += positions
        keys += _MARGIN
        return keys


def _occurrence_count(forms: Forms) -> int:
    return sum(postings.occurrences for postings in forms)


def _places(occurrences: Ints) -> Ints:
    """Give the places of the articles in which some ascending occurrences stand, each once."""
    places = occurrences >> _POSITION_BITS
    return places[np.flatnonzero(np.diff(places, prepend=-1))]


class PhrasePart(TogetherPart):
    """Articles in which words stand near each other.

    Args:
        searched: The group.
        words: The members; each may have several forms.
        nearness: How near; in a row where nothing else is said.
    """

    def __init__(
        self,
        searched: SearchedGroup,
        words: Sequence[WordPart],
        nearness: Nearness = Nearness(),  # noqa: B008 - immutable
    ) -> None:
        super().__init__(searched, words, nearness.fields)
        self._members = [word.forms for word in words]
        self._nearness = nearness

    def _occurring(self, articles: Ints) -> Ints:
        if not self._nearness.ordered:
            return self._unordered(articles)
        if self._nearness.slop == self._nearness.least == 1:
            return self._in_a_row(articles, self._members)
        return self._in_order(articles)

    def _in_order(self, articles: Ints) -> Ints:
        slop, least, others = self._nearness.slop, self._nearness.least, self._nearness.others
        starts = ends = self._occurrences(articles, self._members[0])
        for forms in self._members[1:]:
            if not len(ends):
                break
            keys = self._occurrences(articles, forms)
            # What counts is the end nearest to the word: it is the end of the stretch with the
            # latest start, too, as a later end never has an earlier start.
            nearest = np.searchsorted(ends, keys - least, side="right") - 1
            near = (nearest >= 0) & (keys - ends[nearest] <= slop)
            starts, ends = starts[nearest[near]], keys[near]
        if others is not None:
            starts = starts[ends - starts < len(self._members) + others]
        return starts

    def _unordered(self, articles: Ints) -> Ints:
        slop, least = self._nearness.slop, self._nearness.least
        starts = ends = self._occurrences(articles, self._members[0])
        for forms in self._members[1:]:
            if not len(starts):
                break
            keys = self._occurrences(articles, forms)
            # The word may stand before the stretch, and then becomes its start, or after it.
            before, new_starts = _within(keys, starts - slop, starts - least)
            after, new_ends = _within(keys, ends + least, ends + slop)
            starts, ends = (
                np.concatenate([keys[new_starts], starts[after]]),
                np.concatenate([ends[before], keys[new_ends]]),
            )
            starts, ends = np.unique(np.stack([starts, ends]), axis=1)
        return starts


class NearPart(TogetherPart):
    """Articles with a run of places in which every member stands, each place near the ones before.

    A run goes on as long as the next place of any member begins at most so far after the end of
    all before it. In it each two members stand apart (see `indexer.engines.query.Near`).

    Args:
        searched: The group.
        members: The members; each is one word, or several that stand in a row.
        distance: The greatest distance.
        fields: Numbers of the fields in which they must stand, ascending; `None` for any.
    """

    def __init__(
        self,
        searched: SearchedGroup,
        members: Sequence[Sequence[WordPart]],
        distance: int,
        fields: Sequence[int] | None,
    ) -> None:
        super().__init__(searched, [word for words in members for word in words], fields)
        self._members = [[word.forms for word in words] for words in members]
        self._distance = distance

    def _occurring(self, articles: Ints) -> Ints:
        found = [self._in_a_row(articles, words) for words in self._members]
        starts = np.concatenate(found)
        if not all(map(len, found)):
            return starts[:0]
        counts = [len(keys) for keys in found]
        ends = starts + np.repeat([len(words) - 1 for words in self._members], counts)
        order = np.argsort(starts, kind="stable")
        members = np.repeat(np.arange(len(found), dtype=np.int16), counts)[order]
        starts, reach = starts[order], np.maximum.accumulate(ends[order])
        cuts = starts[1:] - reach[:-1] > self._distance
        runs = np.concatenate([[0], np.cumsum(cuts)])
        size = int(runs[-1]) + 1
        complete = np.ones(size, dtype=bool)
        # Of each member, the first end and the last start in each run; where it lacks, neither
        # is before anything.
        first_ends, last_starts = [], []
        for number, words in enumerate(self._members):
            own = members == number
            first_end = np.full(size, np.iinfo(np.int64).max)
            last_start = np.full(size, np.iinfo(np.int64).min)
            first_end[runs[own][::-1]] = starts[own][::-1] + len(words) - 1
            last_start[runs[own]] = starts[own]
            complete &= last_start >= 0
            first_ends.append(first_end)
            last_starts.append(last_start)
        for one, other in combinations(range(len(found)), 2):
            complete &= (first_ends[one] < last_starts[other]) | (
                first_ends[other] < last_starts[one]
            )
        return starts[complete.take(runs)]


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
