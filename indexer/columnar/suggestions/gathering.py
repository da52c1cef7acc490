"""Gathering what the segments of a merge suggest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer.columnar.matching import Bools
from indexer.columnar.postings import Ints
from indexer.columnar.suggestions.material import END, Entry, Material, Pairs, Syllables
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
    entries: dict[tuple[str, ...], Entry] = {}
    keys: list[Ints] = [np.empty(0, np.int64)]
    counts: list[Ints] = [np.empty(0, np.int64)]
    for suggestions, keeps in sources:
        share = float(keeps.mean()) if len(keeps) else 0.0
        forms = suggestions.forms[1:]
        mapped = np.array([END, *(numbers.setdefault(f, len(numbers)) for f in forms)], np.int64)
        for form, loud in zip(forms, suggestions.shouted(), strict=True):
            shouted.setdefault(form, loud)
        titles.append(_kept_titles(suggestions, keeps, mapped))
        for text, entry in suggestions.all_entries():
            _add_entry(entries, text, entry._replace(occurrences=round(entry.occurrences * share)))
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
        entries,
        Pairs(pair_keys >> 32, pair_keys & 0xFFFFFFFF, sums[known]),
    )


def _kept_titles(suggestions: Suggestions, keeps: Bools, mapped: Ints) -> Ints:
    titles = suggestions.titles
    lengths = np.diff(titles.ends, prepend=-1)
    kept: Ints = mapped[titles.codes[np.repeat(keeps, lengths)]]
    return kept


def _add_entry(entries: dict[tuple[str, ...], Entry], text: tuple[str, ...], entry: Entry) -> None:
    if not entry.occurrences:
        return
    known = entries.get(text)
    if known is None:
        entries[text] = entry
    else:
        # Of several looks that of the segment with the most occurrences counts.
        look = known if known.occurrences >= entry.occurrences else entry
        entries[text] = look._replace(occurrences=known.occurrences + entry.occurrences)
