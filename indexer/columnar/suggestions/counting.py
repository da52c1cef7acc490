"""Counting what may be suggested while a segment is built.

A phrase is two adjacent units that meet more often than chance would have it: so `và các` is
none, and no list of stop words is needed. Pairs of adjacent syllables are those within compounds
and those where two units meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import ALL_CAPITALS, AnalyzedBatch
from indexer.columnar.container import Array
from indexer.columnar.postings import Ints, ragged
from indexer.columnar.suggestions.material import (
    CASED_SYLLABLES,
    END,
    PHRASE,
    WORD,
    Entry,
    Material,
    Pairs,
    Syllables,
    entry_limit,
    most,
)
from indexer.columnar.suggestions.runs import PairRuns, add_up
from indexer.columnar.suggestions.units import Units, units_of

_FEW_ARTICLES = 1_000
"""In fewer articles, words that occur once are suggested too."""

_LONGEST_PHRASE = 6
"""Syllables of a phrase; longer ones are names of offices, which titles have."""

_LEAST_LIFT = 12.0
"""How many times as often as by chance the units of a phrase meet, at least."""

_TITLE = 0
"""Number of the field `title`."""


class SuggestionCounter:
    """Counts words, phrases and adjacent syllables, and remembers titles."""

    def __init__(self) -> None:
        self._titles: list[Array] = []
        self._articles = 0
        self._runs = PairRuns()
        self._tokens = _Tally()
        self._shouted = _Tally()
        self._units = _Tally()
        self._within = _Tally()
        self._first_capital = _Tally()
        self._last_capital = _Tally()

    def add(self, batch: AnalyzedBatch, syllables: Array, compounds: Array) -> None:
        """Count in articles that come after those added before.

        Args:
            batch: The articles.
            syllables: The number that each term of the batch's group `text` has for good.
            compounds: The same for its group `words`.
        """
        text = batch.groups["text"]
        numbers = syllables[text.terms]
        in_title = text.fields == _TITLE
        ends = np.cumsum(np.bincount(text.articles[in_title], minlength=len(batch.articles)))
        self._titles.append(np.insert(numbers[in_title].astype(np.int32), ends, END))
        self._articles += len(batch.articles)
        self._tokens.add(syllables, np.bincount(text.terms, minlength=len(syllables)))
        self._shouted.add(numbers[(batch.looks & ALL_CAPITALS) != 0])
        self._add_units(units_of(batch, syllables, compounds))

    def _add_units(self, units: Units) -> None:
        numbers, follows = units.numbers, units.follows
        self._runs.add(numbers[:-1][follows[1:]], numbers[1:][follows[1:]])
        self._units.add(numbers)
        # Where a sentence begins, a capital says nothing of the word.
        self._within.add(numbers[follows])
        self._first_capital.add(numbers[follows & units.first_capital])
        self._last_capital.add(numbers[units.last_capital])

    def material(self, syllables: Sequence[str], compounds: Sequence[str]) -> Material:
        """Give what was counted.

        Args:
            syllables: The terms of the group `text` by their numbers.
            compounds: Those of the group `words`.
        """
        shared = {term: term for term in syllables}  # one text in memory for all that have it
        texts = [tuple(shared[part] for part in compound.split("_")) for compound in compounds]
        firsts, seconds, counts = self._runs.counts()
        tokens = self._tokens.of(len(syllables))
        return Material(
            Syllables(syllables, self._shouted.of(len(syllables)) * 2 > tokens),
            np.concatenate([*self._titles, np.empty(0, np.int32)]),
            self._articles,
            self._entries(syllables, texts, Pairs(firsts, seconds, counts)),
            self._pairs(syllables, texts, Pairs(firsts, seconds, counts)),
        )

    def _entries(
        self, syllables: Sequence[str], compounds: Sequence[tuple[str, ...]], met: Pairs
    ) -> dict[tuple[str, ...], Entry]:
        size = 2 * max(len(syllables), len(compounds)) + 2
        seen = self._units.of(size)
        capitals = self._capitals(size)
        entries: dict[tuple[str, ...], Entry] = {}

        def text_of(unit: int) -> tuple[str, ...]:
            return compounds[unit >> 1] if unit & 1 else (syllables[unit >> 1],)

        def mask_of(unit: int, length: int) -> int:
            mask = (0, 1, (1 << length) - 1)[capitals[unit]]
            return mask & ((1 << CASED_SYLLABLES) - 1)

        least = 1 if self._articles < _FEW_ARTICLES else 2
        for unit in np.flatnonzero(seen >= least).tolist():
            text = text_of(unit)
            if worth_suggesting(text):
                entries[text] = Entry(int(seen[unit]), mask_of(unit, len(text)), WORD)
        by_chance = seen[met.firsts] * (seen[met.seconds] / max(1, int(seen.sum())))
        likely = np.flatnonzero(met.counts >= _LEAST_LIFT * by_chance)
        for place in likely[
            most(met.counts[likely], entry_limit(self._articles, PHRASE))
        ].tolist():
            first, second = text_of(int(met.firsts[place])), text_of(int(met.seconds[place]))
            text = first + second
            if len(text) > _LONGEST_PHRASE or text in entries or not worth_suggesting(text):
                continue
            mask = mask_of(int(met.firsts[place]), len(first))
            mask |= mask_of(int(met.seconds[place]), len(second)) << len(first)
            entries[text] = Entry(int(met.counts[place]), mask, PHRASE)
        return entries

    def _capitals(self, size: int) -> NDArray[np.int8]:
        """Tell of each unit what is capital: 0 nothing, 1 the first syllable, 2 all of them."""
        is_compound = np.arange(size) % 2 == 1
        named = is_compound & (self._last_capital.of(size) * 2 > self._units.of(size))
        begins = self._first_capital.of(size) * 2 > self._within.of(size)
        return np.where(named, 2, begins).astype(np.int8)

    def _pairs(
        self, syllables: Sequence[str], compounds: Sequence[tuple[str, ...]], met: Pairs
    ) -> Pairs:
        numbers = {term: number for number, term in enumerate(syllables)}
        flat = np.array([numbers[part] for part in chain.from_iterable(compounds)], np.int64)
        lengths = np.array(list(map(len, compounds)), np.int64)
        ends = np.cumsum(lengths)
        seen = self._units.of(2 * len(compounds) + 2)[1::2][: len(compounds)]
        inner = ragged(ends - lengths, lengths - 1)
        first_of = np.arange(2 * max(len(syllables), len(compounds)) + 2) >> 1
        last_of = first_of.copy()
        first_of[1 : 2 * len(compounds) : 2] = flat[ends - lengths]
        last_of[1 : 2 * len(compounds) : 2] = flat[ends - 1]
        keys, counts = add_up(
            np.concatenate(
                [
                    (flat[inner] << 32) | flat[inner + 1],
                    (last_of[met.firsts] << 32) | first_of[met.seconds],
                ]
            ),
            np.concatenate([np.repeat(seen, lengths - 1), met.counts]),
        )
        return Pairs(keys >> 32, keys & 0xFFFFFFFF, counts)


def worth_suggesting(text: Sequence[str]) -> bool:
    """Tell whether some syllables are more than numbers and single letters."""
    return any(len(syllable) > 1 and not syllable[0].isdigit() for syllable in text)


class _Tally:
    """Counts numbers that grow."""

    def __init__(self) -> None:
        self._counts = np.zeros(1 << 12, np.int64)

    def add(self, numbers: NDArray[np.integer], times: Ints | None = None) -> None:
        """Count numbers: each once, or, if they are distinct, each so many times."""
        needed = int(numbers.max(initial=-1)) + 1
        if needed > len(self._counts):
            grown = np.zeros(max(needed, 2 * len(self._counts)), np.int64)
            grown[: len(self._counts)] = self._counts
            self._counts = grown
        if times is None:
            np.add.at(self._counts, numbers, 1)
        else:
            self._counts[numbers] += times

    def of(self, size: int) -> Ints:
        """Give the counts of the numbers below `size`."""
        counts = np.zeros(size, np.int64)
        known = self._counts[:size]
        counts[: len(known)] = known
        return counts
