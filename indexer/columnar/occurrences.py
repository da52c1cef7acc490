"""Where words stand in a few articles of a collection: what a second pass of ranking looks at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.collection import Collection
from indexer.columnar.matching import find
from indexer.columnar.postings import FieldGroup, Ints, Postings, ragged
from indexer.deadline import NO_DEADLINE, Deadline
from indexer.engines.base import Occurrences
from indexer.errors import DamagedIndexError
from indexer.schema import TEXT_FIELDS


class _Held(NamedTuple):
    """The postings of a term that some articles have.

    Attributes:
        holders: Place of the article of each among those wanted.
        rows: Row of the group's frequencies of each.
        starts: Index of its first occurrence in the group's positions.
        ends: Index after the last occurrence of the term: none of them may reach beyond it.
    """

    holders: Ints
    rows: Ints
    starts: Ints
    ends: Ints


def find_occurrences(
    collection: Collection,
    articles: Ints,
    words: Sequence[tuple[str, ...]],
    deadline: Deadline = NO_DEADLINE,
) -> Occurrences:
    """Find all occurrences of some words in some articles, in any order.

    Args:
        collection: The articles.
        articles: Their numbers, each once.
        words: The forms of each word.
        deadline: When it must be done.

    Raises:
        SearchTimeoutError: The deadline was over before that was done.
    """
    order = np.argsort(articles)
    cuts = np.searchsorted(articles[order], collection.bases)
    lengths = np.zeros((len(articles), len(TEXT_FIELDS)), np.int64)
    holding = np.zeros(len(words), np.int64)
    known = collection.words()
    pieces = [(np.empty(0, np.int64),) * 4]
    for number, segment in enumerate(collection.segments):
        places = order[cuts[number] : cuts[number + 1]]
        wanted = articles[places] - collection.bases[number]
        lengths[places] = segment.columns.lengths[wanted]
        reader = _Reader(segment.groups["text"], wanted)
        gone = collection.gone[number]
        held = []
        numbers = []
        for word, forms in enumerate(words):
            deadline.check()
            for postings in known.look_up("text", forms).forms[number]:
                living = gone.living([postings]) if gone else len(postings.articles)
                holding[word] += living
                held.append(reader.held(postings))
                numbers.append(np.full(len(held[-1].holders), word, np.int64))
        if held:
            counts, fields, positions = reader.occurrences(_joined(held))
            owners = np.concatenate([places[of_term.holders] for of_term in held])
            word_of_each = np.concatenate(numbers)
            pieces.append(
                (np.repeat(owners, counts), np.repeat(word_of_each, counts), fields, positions)
            )
    owners, word_of_each, fields, positions = map(np.concatenate, zip(*pieces, strict=True))
    size = collection.article_count()
    return Occurrences(owners, word_of_each, fields, positions, lengths, holding, size)


class _Reader:
    """Reads the occurrences of terms in a few articles of a segment.

    Args:
        group: The syllables of the segment.
        wanted: The articles, ascending.
    """

    def __init__(self, group: FieldGroup, wanted: Ints) -> None:
        self._group = group
        self._wanted = wanted.astype(group.articles.dtype)
        # Small numbers are added up twice as fast, and hardly an article has a large one.
        smallest = np.min_scalar_type(int(group.totals.max(initial=0)))
        self._totals: NDArray[np.integer] = group.totals.astype(smallest)

    def held(self, postings: Postings) -> _Held:
        """Find a term in the articles."""
        holding, places = find(self._wanted, postings.articles)
        holders = holding.nonzero()[0]
        places = places[holders]
        starts = self._before(postings, places) + postings.first_position
        end = postings.first_position + postings.occurrences
        rows = postings.codes[places].astype(np.int64)
        return _Held(holders, rows, starts, np.full(len(holders), end))

    def occurrences(self, held: _Held) -> tuple[Ints, Ints, Ints]:
        """Give how many occurrences each posting has, and the field and position of each."""
        by_field = self._group.frequencies[held.rows]
        counts = self._group.totals[held.rows]
        if np.any(held.starts + counts > held.ends):
            raise DamagedIndexError("the frequencies of a word do not add up to its occurrences")
        fields = np.tile(np.arange(by_field.shape[1]), len(by_field))
        positions = self._group.positions_at(ragged(held.starts, counts))
        return counts, np.repeat(fields, by_field.ravel()), positions

    def _before(self, postings: Postings, places: Ints) -> Ints:
        """Give how many occurrences of a term come before each of some postings."""
        last = int(places[-1]) if len(places) else 0
        if not last:
            return np.zeros(len(places), np.int64)
        # Sums of the stretches between them: a running sum over all postings would be the
        # slowest part of a second pass.
        totals = self._totals.take(postings.codes[:last])
        firsts = np.empty_like(places)
        firsts[0] = 0
        firsts[1:] = places[:-1]
        stretches = np.add.reduceat(totals, firsts, dtype=np.int64)
        if not places[0]:
            stretches[0] = 0  # an empty stretch, for which `reduceat` gives an item
        return np.cumsum(stretches)


def _joined(held: Sequence[_Held]) -> _Held:
    return _Held(*map(np.concatenate, zip(*held, strict=True)))
