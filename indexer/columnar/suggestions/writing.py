"""Writing what a segment can suggest.

Arrays, with V syllables (those that titles, entries or pairs have), E entries and P pairs:

| array | items | what |
|---|---|---|
| `terms` | V | the syllables, as numbers of terms of the group `text` |
| `shouted` | V | 1 where a syllable is mostly written in capitals (`UBND`) |
| `titles` | all titles | codes of the syllables of all titles, 0 after each |
| `entries` | all entries | codes of the syllables of words and phrases, 0 after each |
| `entry_counts` | E | how often each of them occurs |
| `entry_capitals` | E | bit i is set where syllable i begins with a capital letter |
| `entry_kinds` | E | 1 a word, 2 a phrase |
| `pair_ends` | V | where the pairs of a first syllable end |
| `pair_seconds` | P | code of the second syllable; ascending for each first one |
| `pair_counts` | P | how often they stand side by side, at most 65,535 |

A code is 1 plus the place of a syllable in `terms`. Syllables are in the order of their bare
forms, then of themselves: those that begin with the same letters, whatever their marks, lie
together, and so do all readings of a bare form.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indexer.analysis import bare_form
from indexer.columnar.container import Array
from indexer.columnar.container_writer import ContainerWriter
from indexer.columnar.matching import Bools
from indexer.columnar.postings import Ints
from indexer.columnar.suggestions.material import (
    END,
    PHRASE,
    WORD,
    Entries,
    Material,
    Pairs,
    entry_limit,
    most,
)
from indexer.columnar.terms import smallest_unsigned

SUGGESTIONS_KIND = "suggestions"

_FEWEST_PAIRS = 20_000
_PAIRS_OF_AN_ARTICLE = 8
_MOST_COUNTED = (1 << 16) - 1


def write_suggestions(path: Path, material: Material, terms: Sequence[bytes]) -> None:
    """Write the suggestions of a segment.

    Args:
        path: A file that does not exist yet.
        material: What may be suggested; the rarest of it is left out.
        terms: The terms of the segment's group `text`, sorted.
    """
    syllables = material.syllables.terms
    places = {term: place for place, term in enumerate(terms)}
    of_term = np.array([places.get(term.encode(), -1) for term in syllables], np.int64)
    # A term of articles that a merge leaves out may be none any more.
    gone = of_term < 0
    entries = _kept_entries(material, gone)
    flat = _flat(entries)
    pairs = _kept_pairs(material, gone)
    used = np.zeros(len(syllables), dtype=bool)
    for known in (material.titles, flat, pairs.firsts, pairs.seconds):
        used[known[known != END]] = True
    vocabulary = sorted(
        np.flatnonzero(used).tolist(), key=lambda n: (bare_form(syllables[n]), syllables[n])
    )
    codes = np.zeros(len(syllables) + 1, np.int64)  # the last one is that of END
    codes[vocabulary] = np.arange(1, len(vocabulary) + 1)
    code_type = smallest_unsigned(len(vocabulary))
    with ContainerWriter(path, SUGGESTIONS_KIND) as writer:
        writer.add("terms", _smallest(of_term[vocabulary]))
        writer.add("shouted", material.syllables.shouted[vocabulary].astype(np.uint8))
        writer.add("titles", codes[material.titles].astype(code_type))
        writer.add("entries", codes[flat].astype(code_type))
        writer.add("entry_counts", _smallest(entries.occurrences))
        writer.add("entry_capitals", entries.capitals)
        writer.add("entry_kinds", entries.kinds)
        firsts, seconds = codes[pairs.firsts], codes[pairs.seconds]
        order = np.lexsort((seconds, firsts))
        ends = np.cumsum(np.bincount(firsts - 1, minlength=len(vocabulary)).astype(np.int64))
        writer.add("pair_ends", _smallest(ends))
        writer.add("pair_seconds", seconds[order].astype(code_type))
        writer.add("pair_counts", np.minimum(pairs.counts, _MOST_COUNTED)[order].astype(np.uint16))
        writer.finish({})


def _kept_entries(material: Material, gone: Bools) -> Entries:
    entries = material.entries
    there = ~entries.any_of(gone)
    kept = []
    for kind in (WORD, PHRASE):
        places = np.flatnonzero(there & (entries.kinds == kind))
        kept.append(
            places[most(entries.occurrences[places], entry_limit(material.articles, kind))]
        )
    return entries.chosen(np.concatenate(kept))


def _kept_pairs(material: Material, gone: Bools) -> Pairs:
    pairs = material.pairs
    there = ~(gone[pairs.firsts] | gone[pairs.seconds])
    pairs = Pairs(*(array[there] for array in pairs))
    limit = max(_FEWEST_PAIRS, material.articles * _PAIRS_OF_AN_ARTICLE)
    kept = most(pairs.counts, limit)
    return Pairs(*(array[kept] for array in pairs))


def _flat(entries: Entries) -> Ints:
    """Lay texts one after the other, `END` after each."""
    return np.insert(entries.syllables, np.cumsum(entries.lengths), END)


def _smallest(numbers: Ints) -> Array:
    return numbers.astype(smallest_unsigned(int(numbers.max(initial=0))))
