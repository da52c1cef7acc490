"""Gathering what the segments of a merge suggest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer.columnar.matching import Bools
from indexer.columnar.postings import Ints
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


class Source(NamedTuple):
    """A segment to merge.

    Attributes:
        suggestions: What it suggests.
        keeps: Which of its articles are kept.
    """

    suggestions: Suggestions
    keeps: Bools


def gather(sources: Sequence[Source]) -> Material:
    """Give what segments suggest together.

    Counts are added up; where articles are left out, by the share of articles that are kept.
    What a segment did not keep because it was rare there is not counted.

    Args:
        sources: The segments, in the order of their articles.
    """
    numbers: dict[str, int] = {}
    shouted: dict[str, bool] = {}
    titles: list[Ints] = []
    entries = [no_entries()]
    keys: list[Ints] = [np.empty(0, np.int64)]
    counts: list[Ints] = [np.empty(0, np.int64)]
    for suggestions, keeps in sources:
        share = float(keeps.mean()) if len(keeps) else 0.0
        forms = suggestions.forms[1:]
        mapped = np.array([END, *(numbers.setdefault(f, len(numbers)) for f in forms)], np.int64)
        for form, loud in zip(forms, suggestions.shouted(), strict=True):
            shouted.setdefault(form, loud)
        titles.append(_kept_titles(suggestions, keeps, mapped))
        own = suggestions.all_entries()
        entries.append(
            own._replace(
                syllables=mapped[own.syllables],
                occurrences=np.rint(own.occurrences * share).astype(np.int64),
            )
        )
        firsts, seconds, pair_counts = suggestions.pairs()
        keys.append((mapped[firsts] << 32) | mapped[seconds])
        counts.append(np.rint(pair_counts * share).astype(np.int64))
    pair_keys, sums = add_up(np.concatenate(keys), np.concatenate(counts))
    known = sums > 0
    pair_keys = pair_keys[known]
    return Material(
        Syllables(list(numbers), np.array([shouted[form] for form in numbers], dtype=bool)),
        np.concatenate([*titles, np.empty(0, np.int64)]),
        sum(int(keeps.sum()) for _, keeps in sources),
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
