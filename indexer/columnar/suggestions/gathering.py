"""Gathering what the segments of a merge suggest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.columnar.matching import Bools
from indexer.columnar.postings import Ints
from indexer.columnar.suggestions.left_out import Source, kept_counts
from indexer.columnar.suggestions.material import (
    END,
    Entries,
    Material,
    Pairs,
    Syllables,
    no_entries,
)
from indexer.columnar.suggestions.reading import Suggestions
from indexer.columnar.suggestions.runs import add_up


def gather(sources: Sequence[Source]) -> Material:
    """Give what segments suggest together.

    Counts are added up, without those of articles that are left out (see `left_out`). What a
    segment did not keep because it was rare there is not counted.

    Args:
        sources: The segments, in the order of their articles.
    """
    numbers: dict[str, int] = {}
    shouted: dict[str, bool] = {}
    titles: list[Ints] = []
    entries = [no_entries()]
    keys: list[Ints] = [np.empty(0, np.int64)]
    counts: list[Ints] = [np.empty(0, np.int64)]
    for source in sources:
        suggestions = source.suggestions
        forms = suggestions.forms[1:]
        mapped = np.array([END, *(numbers.setdefault(f, len(numbers)) for f in forms)], np.int64)
        for form, loud in zip(forms, suggestions.shouted(), strict=True):
            shouted.setdefault(form, loud)
        titles.append(_kept_titles(suggestions, source.keeps, mapped))
        own, (firsts, seconds, pair_counts) = kept_counts(source)
        entries.append(own._replace(syllables=mapped[own.syllables]))
        keys.append((mapped[firsts] << 32) | mapped[seconds])
        counts.append(pair_counts)
    pair_keys, sums = add_up(np.concatenate(keys), np.concatenate(counts))
    known = sums > 0
    pair_keys = pair_keys[known]
    return Material(
        Syllables(list(numbers), np.array([shouted[form] for form in numbers], dtype=bool)),
        np.concatenate([*titles, np.empty(0, np.int64)]),
        sum(int(source.keeps.sum()) for source in sources),
        _added_up(Entries.joined(entries)),
        Pairs(pair_keys >> 32, pair_keys & 0xFFFFFFFF, sums[known]),
    )


def _kept_titles(suggestions: Suggestions, keeps: Bools, mapped: Ints) -> Ints:
    titles = suggestions.titles
    lengths = np.diff(titles.ends, prepend=-1)
    kept: Ints = mapped[titles.codes[np.repeat(keeps, lengths)]]
    return kept


def _added_up(entries: Entries) -> Entries:
    """Give each text once, in the order in which they first come up."""
    entries = entries.chosen(np.flatnonzero(entries.occurrences))
    _, firsts, texts = np.unique(entries.keys(), return_index=True, return_inverse=True)
    sums = np.bincount(texts, entries.occurrences, len(firsts)).astype(np.int64)
    # Of several looks that of the segment with the most occurrences counts; the last one that
    # is written stays.
    looks = np.zeros(len(firsts), np.int64)
    rising = np.lexsort((-np.arange(len(texts)), entries.occurrences))
    looks[texts[rising]] = rising
    order = np.argsort(firsts)
    return entries.chosen(looks[order])._replace(occurrences=sums[order])
