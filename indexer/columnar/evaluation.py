"""Query trees over columns: each node of a query becomes a part that finds its articles.

A part can be asked in two ways. `matches` gives all its articles; `at` tells which of some given
articles are among them. Where scores are not needed yet, `articles` and `holds` say the same
without them. A conjunction asks its most selective part for the former, and the others for the
latter, so that rare words make frequent ones cheap.

Each part that reads postings asks for the time first, so a deadline holds whatever the tree is.

All this works on one segment. What depends on the whole index (how many articles hold a word) is
asked of `Collection`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.container import Array
from indexer.columnar.frequency_tables import FrequencyTables
from indexer.columnar.matching import (
    NOTHING,
    Bools,
    Floats,
    Matches,
    Scratch,
    find,
    gather_small,
    search_is_cheaper,
    union,
)
from indexer.columnar.postings import FieldGroup, Ints, Postings
from indexer.columnar.scoring import saturated


class Part(Protocol):
    """A node of a query over one segment."""

    cost: int
    """About how many articles it has, never less than half; more where each takes long to find."""

    counts_fast: bool = False
    """Whether `count` takes little for each article."""

    def matches(self) -> Matches:
        """Give all articles of the part."""

    def articles(self) -> Ints:
        """Give all articles of the part, without scores."""
        return self.matches().articles

    def holds(self, articles: Ints) -> Bools:
        """Tell which of some ascending articles are in the part."""
        return self.at(articles)[0]

    def count(self, by_article: NDArray[np.unsignedinteger]) -> None:
        """Add one for each article of the part.

        Args:
            by_article: A count for each article of the segment.
        """
        by_article[self.matches().articles] += 1

    def add(self, scores: Floats, present: Bools) -> None:
        """Add the scores of all articles of the part.

        Args:
            scores: A score for each article of the segment.
            present: For each of them whether any part so far has it.
        """
        articles, own = self.matches()
        scores[articles] += own
        present[articles] = True

    def at(self, articles: Ints) -> tuple[Bools, Floats]:
        """Tell which of some ascending articles are in the part, and their scores there.

        Scores of articles that are not in it are 0.
        """

    def add_at(self, articles: Ints, scores: Floats) -> None:
        """Add the scores of some ascending articles.

        Args:
            articles: The articles.
            scores: The score of each so far.
        """
        scores += self.at(articles)[1]


class SearchedGroup:
    """A field group of a segment with what scores need.

    Args:
        group: The group.
        weights: Weighted frequency of each row of the group's frequencies.
        norms: Length norm of each article.
        scratch: Work space of the running query.
        tables: The frequencies of frequent words by these weights, if they are kept.
    """

    def __init__(
        self,
        group: FieldGroup,
        weights: Floats,
        norms: Floats,
        scratch: Scratch,
        tables: FrequencyTables | None = None,
    ) -> None:
        self.group = group
        self.weights = weights
        self.norms = norms
        self.scratch = scratch
        self.tables = tables


class WordPart(Part):
    """Articles that hold a word, in any of its forms and in any field of a group.

    Args:
        searched: The group.
        forms: The postings of its forms in the segment.
        weight: The idf of the word in the whole index, times its boost.
    """

    counts_fast: bool = True

    def __init__(self, searched: SearchedGroup, forms: Sequence[Postings], weight: float) -> None:
        self._searched = searched
        self._weight = weight
        self.forms = forms
        self.cost = sum(len(postings.articles) for postings in forms)

    def matches(self) -> Matches:
        self._searched.scratch.deadline.check()
        articles, frequencies = self._frequencies()
        return Matches(articles, self._scores(articles, frequencies))

    def articles(self) -> Ints:
        self._searched.scratch.deadline.check()
        if self._table is not None:
            return np.flatnonzero(self._table != 0)
        if len(self.forms) == 1:
            return self.forms[0].articles.astype(np.int64)
        return self._frequencies()[0]

    def holds(self, articles: Ints) -> Bools:
        self._searched.scratch.deadline.check()
        if self._table is not None:
            held: Bools = self._table.take(articles) != 0
            return held
        if len(self.forms) == 1 and search_is_cheaper(len(articles), self.cost):
            return find(articles, self.forms[0].articles)[0]
        return self.at(articles)[0]

    def count(self, by_article: NDArray[np.unsignedinteger]) -> None:
        self._searched.scratch.deadline.check()
        if self._table is not None:
            np.add(by_article, self._table != 0, out=by_article)
            return
        # An article counts once, however often it is named.
        by_article[_joined([postings.articles for postings in self.forms]).astype(np.int64)] += 1

    def add(self, scores: Floats, present: Bools) -> None:
        if self._table is None:
            super().add(scores, present)
            return
        self._searched.scratch.deadline.check()
        frequencies = self._table.astype(np.float32)
        scores += saturated(frequencies, self._searched.norms, self._weight)
        present |= self._table != 0

    def at(self, articles: Ints) -> tuple[Bools, Floats]:
        searched = self._searched
        searched.scratch.deadline.check()
        if self._table is not None:
            frequencies = self._table.take(articles).astype(np.float32)
            return frequencies > 0, self._scores(articles, frequencies)
        frequencies = np.zeros(len(articles), np.float32)
        others = []
        for postings in self.forms:
            if search_is_cheaper(len(articles), len(postings.articles)):
                found, places = find(articles, postings.articles)
                # `take` is several times as fast as indexing by small integers.
                frequencies[found] += searched.weights.take(postings.codes[places[found]])
            else:
                others.append(postings)
        if others:
            holders, looked_up = self._looked_up(articles, others)
            frequencies[holders] += looked_up
        return frequencies > 0, self._scores(articles, frequencies)

    def add_at(self, articles: Ints, scores: Floats) -> None:
        searched = self._searched
        if self._table is not None or search_is_cheaper(len(articles), self.cost):
            super().add_at(articles, scores)
            return
        searched.scratch.deadline.check()
        holders, frequencies = self._looked_up(articles, self.forms)
        norms = searched.scratch.taken(searched.norms, articles).take(holders)
        scores[holders] += saturated(frequencies, norms, self._weight)

    def _looked_up(self, articles: Ints, forms: Sequence[Postings]) -> tuple[Ints, Floats]:
        """Look up some forms in some articles by way of a table.

        Returns:
            The places of the articles that hold any of them, and the weighted frequencies there.
        """
        searched = self._searched
        places = searched.scratch.places(articles).take(_joined([one.articles for one in forms]))
        # Several times as fast as asking for the numbers that are not 0.
        hits = np.flatnonzero(places != 0)
        weights = searched.weights.take(_joined([one.codes for one in forms]).take(hits))
        holders = places.take(hits).astype(np.int64) - 1
        if len(forms) == 1:
            return holders, weights
        # An article that holds several of the forms is hit several times.
        counted = np.bincount(holders, weights, len(articles))
        holders = np.flatnonzero(counted != 0)
        return holders, counted.take(holders).astype(np.float32)

    @cached_property
    def _table(self) -> Array | None:
        tables = self._searched.tables
        return None if tables is None else tables.table(self.forms)

    def _frequencies(self) -> tuple[Ints, Floats]:
        if self._table is not None:
            articles = np.flatnonzero(self._table != 0)
            return articles, self._table.take(articles).astype(np.float32)
        weights = self._searched.weights
        several = [
            Matches(postings.articles.astype(np.int64), weights.take(postings.codes))
            for postings in self.forms
        ]
        return union(gather_small(several), self._searched.scratch)

    def _scores(self, articles: Ints, frequencies: Floats) -> Floats:
        norms = self._searched.scratch.taken(self._searched.norms, articles)
        return saturated(frequencies, norms, self._weight)


def _joined(arrays: Sequence[Array]) -> Array:
    """Join arrays of small integers; most words have one form, and are not copied."""
    if len(arrays) == 1:
        return arrays[0]
    return np.concatenate(arrays) if arrays else np.empty(0, np.uint32)


class AndPart(Part):
    """Articles that all parts have; their scores are added up."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = sorted(parts, key=lambda part: part.cost)
        self.cost = self._parts[0].cost

    def matches(self) -> Matches:
        articles, scores = self._parts[0].matches()
        for part in self._parts[1:]:
            if not len(articles):
                break
            found, more = part.at(articles)
            kept = np.flatnonzero(found)  # several times as fast as a mask, where few are kept
            articles = articles.take(kept)
            scores = scores.take(kept) + more.take(kept)
        return Matches(articles, scores)

    def articles(self) -> Ints:
        articles = self._parts[0].articles()
        for part in self._parts[1:]:
            if not len(articles):
                break
            articles = articles.take(np.flatnonzero(part.holds(articles)))
        return articles

    def at(self, articles: Ints) -> tuple[Bools, Floats]:
        found = np.ones(len(articles), dtype=bool)
        scores = np.zeros(len(articles), np.float32)
        for part in self._parts:
            left = np.flatnonzero(found)
            here, more = part.at(articles[left])
            scores[left] += more
            found[left[~here]] = False
        scores[~found] = 0
        return found, scores


class OrPart(Part):
    """Articles that any part has; their scores are added up."""

    def __init__(self, parts: Sequence[Part], scratch: Scratch) -> None:
        self._parts = parts
        self._scratch = scratch
        self.cost = sum(part.cost for part in parts)

    def matches(self) -> Matches:
        size = len(self._scratch)
        if search_is_cheaper(self.cost, size):
            return union([part.matches() for part in self._parts], self._scratch)
        scores, present = np.zeros(size, np.float32), np.zeros(size, dtype=bool)
        for part in self._parts:
            part.add(scores, present)
        articles = np.flatnonzero(present)
        return Matches(articles, scores.take(articles))

    def at(self, articles: Ints) -> tuple[Bools, Floats]:
        found = np.zeros(len(articles), dtype=bool)
        scores = np.zeros(len(articles), np.float32)
        for part in self._parts:
            here, more = part.at(articles)
            found |= here
            scores += more
        return found, scores

    def add_at(self, articles: Ints, scores: Floats) -> None:
        for part in self._parts:
            part.add_at(articles, scores)


class NotPart(Part):
    """Articles that a part does not have; they have no score."""

    def __init__(self, part: Part, size: int) -> None:
        self._part = part
        self._size = size
        self.cost = size

    def matches(self) -> Matches:
        keeps = np.ones(self._size, dtype=bool)
        keeps[self._part.matches().articles] = False
        articles = np.flatnonzero(keeps)
        return Matches(articles, np.zeros(len(articles), np.float32))

    def at(self, articles: Ints) -> tuple[Bools, Floats]:
        found, _ = self._part.at(articles)
        return ~found, np.zeros(len(articles), np.float32)


class BoostedPart(Part):
    """Articles of one part; those that another part has too score higher."""

    def __init__(self, required: Part, optional: Part) -> None:
        self._required = required
        self._optional = optional
        self.cost = required.cost

    def matches(self) -> Matches:
        articles, scores = self._required.matches()
        scores = scores.copy()
        self._optional.add_at(articles, scores)
        return Matches(articles, scores)

    def at(self, articles: Ints) -> tuple[Bools, Floats]:
        found, scores = self._required.at(articles)
        _, more = self._optional.at(articles)
        return found, np.where(found, scores + more, np.float32(0))


class AllPart(Part):
    """Every article, without a score."""

    def __init__(self, size: int) -> None:
        self.cost = size

    def matches(self) -> Matches:
        return Matches(np.arange(self.cost), np.zeros(self.cost, np.float32))

    def at(self, articles: Ints) -> tuple[Bools, Floats]:
        return np.ones(len(articles), dtype=bool), np.zeros(len(articles), np.float32)


class NonePart(Part):
    """No article."""

    cost = 0

    def matches(self) -> Matches:
        return NOTHING

    def at(self, articles: Ints) -> tuple[Bools, Floats]:
        return np.zeros(len(articles), dtype=bool), np.zeros(len(articles), np.float32)
