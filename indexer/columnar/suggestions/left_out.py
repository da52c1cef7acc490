"""What articles that a merge leaves out had added to what their segment suggests.

The order of their syllables and compounds is put together again from the postings. Signs between
words are not known there, so two words that stand side by side count as if nothing stood between
them. And an entry that a segment did not keep, since it was rare there, came into a merge without
its occurrences in that segment, which are taken off nevertheless where its articles are dropped
later. So what is taken off may be too much, and counts are lower bounds; those of words are exact
where all segments kept them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from indexer.columnar.matching import Bools
from indexer.columnar.postings import FieldGroup, Ints, ragged
from indexer.columnar.suggestions.material import PHRASE, WORD, Entries, Hashes, Pairs
from indexer.columnar.suggestions.reading import Suggestions
from indexer.columnar.suggestions.runs import add_up
from indexer.columnar.suggestions.units import cut

_SYLLABLES_AT_A_TIME = 2_000_000
_POSTINGS_AT_A_TIME = 2_000_000
_UNKNOWN = 0
"""Code of a syllable that nothing is suggested of."""


class Source(NamedTuple):
    """A segment to merge.

    Attributes:
        suggestions: What it suggests.
        text: Its syllables.
        words: Its compounds.
        lengths: How many syllables each of its articles has.
        keeps: Which of its articles are kept.
    """

    suggestions: Suggestions
    text: FieldGroup
    words: FieldGroup
    lengths: Ints
    keeps: Bools


def kept_counts(source: Source) -> tuple[Entries, Pairs]:
    """Give entries and pairs of a segment with their counts in the articles that are kept."""
    entries, pairs = source.suggestions.all_entries(), source.suggestions.pairs()
    for left_out in _batches(source):
        text = _Syllables(source, left_out)
        entries = _less_entries(entries, *text.units(source, left_out))
        pairs = _less_pairs(pairs, text)
    return entries, pairs


def _batches(source: Source) -> Iterator[Bools]:
    """Give the articles that are left out, so many at a time as memory should hold."""
    numbers = np.flatnonzero(~source.keeps)
    before = np.cumsum(source.lengths[numbers]) - source.lengths[numbers]
    batches = before // _SYLLABLES_AT_A_TIME
    for batch in np.unique(batches):
        wanted = np.zeros(len(source.keeps), dtype=bool)
        wanted[numbers[batches == batch]] = True
        yield wanted


class _Syllables:
    """The syllables of some articles, in their order.

    Args:
        source: The segment.
        wanted: Which of its articles.

    Attributes:
        places: Article and position of each, on one scale.
        codes: The code of each among the suggestions, or `_UNKNOWN`.
    """

    def __init__(self, source: Source, wanted: Bools) -> None:
        codes = source.suggestions.codes_of_terms()
        terms, places = _occurrences(source.text, wanted)
        order = np.argsort(places)
        self.places = places[order]
        self.codes: Ints = codes[terms[order]]

    def units(self, source: Source, wanted: Bools) -> tuple[Entries, Entries]:
        """Give the units, and the pairs of units side by side, as entries that occur once each."""
        terms, places = _occurrences(source.words, wanted)
        distinct, terms = np.unique(terms, return_inverse=True)
        lengths = np.array(
            [source.words.terms[number].count(b"_") + 1 for number in distinct.tolist()], np.int64
        )[terms]
        order = np.lexsort((lengths, places))
        firsts = np.searchsorted(self.places, places[order])
        starts, lasts = cut(len(self.places), firsts, lengths[order])
        words = self._entries(starts, lasts, WORD)
        beside = np.flatnonzero(self.places[starts[1:]] == self.places[lasts[:-1]] + 1)
        phrases = self._entries(starts[beside], lasts[beside + 1], PHRASE)
        return words, phrases

    def _entries(self, starts: Ints, lasts: Ints, kind: int) -> Entries:
        lengths = lasts - starts + 1
        count = len(starts)
        return Entries(
            self.codes[ragged(starts, lengths)],
            lengths,
            np.ones(count, np.int64),
            np.zeros(count, np.uint8),
            np.full(count, kind, np.uint8),
        )


def _occurrences(group: FieldGroup, wanted: Bools) -> tuple[Ints, Ints]:
    """Give the term and the place of each occurrence in some articles, in the order of terms."""
    pieces = [(np.empty(0, np.int64),) * 2]
    before = 0
    for start in range(0, len(group.articles), _POSTINGS_AT_A_TIME):
        some = slice(start, start + _POSTINGS_AT_A_TIME)
        articles = group.articles[some]
        counts = group.totals.take(group.codes[some])
        ends = np.cumsum(counts) + before
        held = np.flatnonzero(wanted.take(articles))
        of_each = counts[held]
        terms = np.searchsorted(group.posting_ends, held + start, side="right")
        positions = group.positions_at(ragged(ends[held] - of_each, of_each))
        owners = articles[held].astype(np.int64) << 32
        pieces.append((np.repeat(terms, of_each), np.repeat(owners, of_each) | positions))
        before = int(ends[-1])
    terms, places = map(np.concatenate, zip(*pieces, strict=True))
    return terms, places


def _less_entries(entries: Entries, *less: Entries) -> Entries:
    occurrences = entries.occurrences.copy()
    keys = entries.keys()
    for some in less:
        kind = some.kinds[0] if len(some.kinds) else 0
        own = np.flatnonzero(entries.kinds == kind)
        known, counts = np.unique(some.keys(), return_counts=True)
        occurrences[own] -= _counted(keys[own], known, counts)
    return entries._replace(occurrences=np.maximum(occurrences, 0))


def _less_pairs(pairs: Pairs, text: _Syllables) -> Pairs:
    beside = np.flatnonzero(np.diff(text.places) == 1)
    beside = beside[(text.codes[beside] != _UNKNOWN) & (text.codes[beside + 1] != _UNKNOWN)]
    met = (text.codes[beside] << 32) | text.codes[beside + 1]
    known, counts = add_up(met, np.ones(len(met), np.int64))
    less = _counted((pairs.firsts << 32) | pairs.seconds, known, counts)
    return pairs._replace(counts=np.maximum(pairs.counts - less, 0))


def _counted(keys: Ints | Hashes, known: Ints | Hashes, counts: Ints) -> Ints:
    """Look up the count of each key, 0 where it is not known."""
    if not len(known):
        return np.zeros(len(keys), np.int64)
    places = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return np.where(known[places] == keys, counts[places], 0)
