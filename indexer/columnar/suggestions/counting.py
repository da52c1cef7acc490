"""Counting what may be suggested while a segment is built.

A phrase is two adjacent units that meet more often than chance would have it: so `và các` is
none, and no list of stop words is needed. Pairs of adjacent syllables are those within compounds
and those where two units meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import ALL_CAPITALS, AnalyzedBatch
from indexer.columnar.container import Array
from indexer.columnar.matching import Bools
from indexer.columnar.postings import Ints, ragged
from indexer.columnar.suggestions.material import (
    CASED_SYLLABLES,
    END,
    PHRASE,
    WORD,
    Entries,
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

    def material(self, syllables: Mapping[str, int], compounds: Mapping[str, int]) -> Material:
        """Give what was counted.

        Args:
            syllables: The number of each term of the group `text`, ascending from 0.
            compounds: The same of the group `words`.
        """
        units = _UnitTexts(syllables, compounds)
        met = Pairs(*self._runs.counts())
        tokens = self._tokens.of(len(syllables))
        return Material(
            Syllables(list(syllables), self._shouted.of(len(syllables)) * 2 > tokens),
            np.concatenate([*self._titles, np.empty(0, np.int32)]),
            self._articles,
            self._entries(units, worth_suggesting(syllables), met),
            self._pairs(units, met),
        )

    def _entries(self, units: _UnitTexts, telling: Bools, met: Pairs) -> Entries:
        seen = self._units.of(units.size)
        capitals = self._capitals(units.size)
        least = 1 if self._articles < _FEW_ARTICLES else 2
        numbers = np.flatnonzero(seen >= least)
        words = _entries_of(units, [numbers], capitals, seen[numbers], WORD)
        words = words.chosen(np.flatnonzero(words.any_of(telling)))
        by_chance = seen[met.firsts] * (seen[met.seconds] / max(1, int(seen.sum())))
        likely = np.flatnonzero(met.counts >= _LEAST_LIFT * by_chance)
        likely = likely[most(met.counts[likely], entry_limit(self._articles, PHRASE))]
        both = [met.firsts[likely], met.seconds[likely]]
        phrases = _entries_of(units, both, capitals, met.counts[likely], PHRASE)
        wanted = (phrases.lengths <= _LONGEST_PHRASE) & phrases.any_of(telling)
        phrases = phrases.chosen(np.flatnonzero(wanted))
        # Two words of three syllables may be cut in two ways; and may be one word elsewhere.
        keys, firsts = np.unique(phrases.keys(), return_index=True)
        new = np.sort(firsts[~np.isin(keys, words.keys())])
        return Entries.joined([words, phrases.chosen(new)])

    def _capitals(self, size: int) -> NDArray[np.int8]:
        """Tell of each unit what is capital: 0 nothing, 1 the first syllable, 2 all of them."""
        is_compound = np.arange(size) % 2 == 1
        named = is_compound & (self._last_capital.of(size) * 2 > self._units.of(size))
        begins = self._first_capital.of(size) * 2 > self._within.of(size)
        return np.where(named, 2, begins).astype(np.int8)

    def _pairs(self, units: _UnitTexts, met: Pairs) -> Pairs:
        seen = self._units.of(units.size)[1::2][: len(units.compounds)]
        starts, lengths = units.starts[1::2], units.lengths[1::2]
        inner = ragged(starts[: len(seen)], lengths[: len(seen)] - 1)
        lasts = units.starts + units.lengths - 1
        keys, counts = add_up(
            np.concatenate(
                [
                    (units.parts[inner] << 32) | units.parts[inner + 1],
                    (units.parts[lasts[met.firsts]] << 32)
                    | units.parts[units.starts[met.seconds]],
                ]
            ),
            np.concatenate([np.repeat(seen, lengths[: len(seen)] - 1), met.counts]),
        )
        return Pairs(keys >> 32, keys & 0xFFFFFFFF, counts)


class _UnitTexts:
    """The syllables of units.

    Args:
        syllables: The number of each syllable, ascending from 0.
        compounds: The same of each compound.

    Attributes:
        compounds: The compounds.
        size: No unit has a number beyond it.
        parts: Numbers of syllables.
        starts: By unit, where in `parts` its syllables begin.
        lengths: By unit, how many it has.
    """

    def __init__(self, syllables: Mapping[str, int], compounds: Mapping[str, int]) -> None:
        self.compounds = compounds
        self.size = 2 * max(len(syllables), len(compounds)) + 2
        split = (syllables[part] for compound in compounds for part in compound.split("_"))
        of_compounds = np.fromiter(split, np.int64)
        self.parts = np.concatenate([np.arange(len(syllables)), of_compounds])
        lengths = np.fromiter(
            (compound.count("_") + 1 for compound in compounds), np.int64, len(compounds)
        )
        self.lengths = np.ones(self.size, np.int64)
        self.lengths[1 : 2 * len(compounds) : 2] = lengths
        self.starts = np.zeros(self.size, np.int64)
        self.starts[: 2 * len(syllables) : 2] = np.arange(len(syllables))
        self.starts[1 : 2 * len(compounds) : 2] = len(syllables) + np.cumsum(lengths) - lengths


def _entries_of(
    units: _UnitTexts,
    numbers: Sequence[Ints],
    capitals: NDArray[np.int8],
    occurrences: Ints,
    kind: int,
) -> Entries:
    """Make entries of units.

    Args:
        units: The syllables of units.
        numbers: The first unit of each entry, and, if they have several, the others.
        capitals: What is capital of each unit (see `_capitals`).
        occurrences: How often each entry occurs.
        kind: What they are.
    """
    flat = np.stack(numbers, axis=1).ravel()
    each = units.lengths[flat]
    masks = np.zeros(len(occurrences), np.int64)
    before = np.zeros(len(occurrences), np.int64)
    for own in numbers:
        length = np.minimum(units.lengths[own], CASED_SYLLABLES)
        mask = np.choose(capitals[own], (np.zeros_like(own), np.ones_like(own), (1 << length) - 1))
        masks |= mask << np.minimum(before, CASED_SYLLABLES)
        before += units.lengths[own]
    return Entries(
        units.parts[ragged(units.starts[flat], each)],
        before,
        occurrences,
        (masks & ((1 << CASED_SYLLABLES) - 1)).astype(np.uint8),
        np.full(len(occurrences), kind, np.uint8),
    )


def worth_suggesting(syllables: Iterable[str]) -> Bools:
    """Tell of syllables which are more than numbers and single letters."""
    return np.array(
        [len(syllable) > 1 and not syllable[0].isdigit() for syllable in syllables], dtype=bool
    )


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
