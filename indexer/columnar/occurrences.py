"""Where words stand in a few articles of a collection: what a second pass of ranking looks at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer.columnar.collection import Collection
from indexer.columnar.matching import search_is_cheaper
from indexer.columnar.postings import FieldGroup, Ints, Postings, ragged
from indexer.deadline import NO_DEADLINE, Deadline
from indexer.engines.base import Occurrences
from indexer.errors import DamagedIndexError
from indexer.schema import TEXT_FIELDS


class _Held(NamedTuple):
    """Postings that some articles have.

    Attributes:
        holders: Place of the article of each among those wanted.
        words: Number of the word of each.
        rows: Row of the group's frequencies of each.
        starts: Index of its first occurrence in the group's positions.
        ends: Index after the last occurrence of its term: none of them may reach beyond it.
    """

    holders: Ints
    words: Ints
    rows: Ints
    starts: Ints
    ends: Ints


class _Form(NamedTuple):
    """A form of a word in a segment: the number of the word, and the postings of the form."""

    word: int
    postings: Postings


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
    known = collection.words()
    pieces = [(np.empty(0, np.int64),) * 4]
    for number, segment in enumerate(collection.segments):
        places = order[cuts[number] : cuts[number + 1]]
        if not len(places):
            continue
        wanted = articles[places] - collection.bases[number]
        lengths[places] = segment.columns.lengths[wanted]
        forms = [
            _Form(word, postings)
            for word, several in enumerate(words)
            for postings in known.look_up("text", several).forms[number]
        ]
        reader = _Reader(segment.groups["text"], wanted, len(segment))
        held = reader.held(forms, deadline)
        counts, fields, positions = reader.occurrences(held)
        owners, word_of_each = places[held.holders], held.words
        pieces.append(
            (np.repeat(owners, counts), np.repeat(word_of_each, counts), fields, positions)
        )
    owners, word_of_each, fields, positions = map(np.concatenate, zip(*pieces, strict=True))
    return Occurrences(owners, word_of_each, fields, positions, lengths)


class _Reader:
    """Reads the occurrences of terms in a few articles of a segment.

    Args:
        group: The syllables of the segment.
        wanted: The articles, ascending.
        size: How many articles the segment has.
    """

    def __init__(self, group: FieldGroup, wanted: Ints, size: int) -> None:
        self._group = group
        self._wanted = wanted.astype(group.articles.dtype)
        self._size = size

    def held(self, forms: Sequence[_Form], deadline: Deadline) -> _Held:
        """Find some forms in the articles."""
        size = len(self._wanted)
        frequent = [one for one in forms if search_is_cheaper(size, len(one.postings.articles))]
        rare = [one for one in forms if not search_is_cheaper(size, len(one.postings.articles))]
        pieces = [_Held(*[np.empty(0, np.int64)] * 5)]
        for some, find in ((frequent, self._searched), (rare, self._looked_up)):
            deadline.check()
            if some:
                pieces.append(find(some))
        deadline.check()
        return _Held(*map(np.concatenate, zip(*pieces, strict=True)))

    def _searched(self, forms: Sequence[_Form]) -> _Held:
        """Find frequent forms: each is searched for all articles."""
        several = [form.postings for form in forms]
        sizes = np.array([len(postings.articles) for postings in several])
        firsts = np.array([postings.first for postings in several])
        places = np.stack([postings.articles.searchsorted(self._wanted) for postings in several])
        np.minimum(places, sizes[:, None] - 1, out=places)
        found = self._group.articles.take(places + firsts[:, None]) == self._wanted
        numbers, holders = found.nonzero()
        places = places[found]
        rows = self._group.codes.take(places + firsts[numbers]).astype(np.int64)
        starts = self._group.first_occurrences(several, numbers, places)
        ends = np.array([one.first_position + one.occurrences for one in several])
        words = np.array([form.word for form in forms])
        return _Held(holders, words[numbers], rows, starts, ends[numbers])

    def _looked_up(self, forms: Sequence[_Form]) -> _Held:
        """Find rare forms in one table: a query without marks has a hundred of them."""
        table = np.zeros(self._size, np.int32)
        table[self._wanted] = np.arange(1, len(self._wanted) + 1)
        several = [form.postings for form in forms]
        codes = np.concatenate([postings.codes for postings in several])
        holders = table.take(np.concatenate([postings.articles for postings in several]))
        hits = np.flatnonzero(holders != 0)
        sizes = np.array([len(postings.articles) for postings in several])
        number = np.searchsorted(np.cumsum(sizes), hits, side="right")
        before = np.cumsum(self._group.totals.take(codes))
        before = np.concatenate([[0], before])
        firsts = np.array([postings.first_position for postings in several])
        counts = np.array([postings.occurrences for postings in several])
        starts = before[hits] + (firsts - before[np.cumsum(sizes) - sizes])[number]
        words = np.array([form.word for form in forms])
        rows = codes[hits].astype(np.int64)
        ends = (firsts + counts)[number]
        return _Held(holders[hits].astype(np.int64) - 1, words[number], rows, starts, ends)

    def occurrences(self, held: _Held) -> tuple[Ints, Ints, Ints]:
        """Give how many occurrences each posting has, and the field and position of each."""
        by_field = self._group.frequencies[held.rows]
        counts = self._group.totals[held.rows]
        if np.any(held.starts + counts > held.ends):
            raise DamagedIndexError("the frequencies of a word do not add up to its occurrences")
        fields = np.tile(np.arange(by_field.shape[1]), len(by_field))
        positions = self._group.positions_at(ragged(held.starts, counts))
        return counts, np.repeat(fields, by_field.ravel()), positions
