"""How often each abbreviation of the list occurs in a corpus.

    python -m tests.benchmarks.abbreviations [CORPUS] [--articles N]

Prints a row for each line of the list: articles with one of its abbreviations, articles with one
of its long forms, and articles with both. An abbreviation whose articles seldom hold the long form
may have another meaning.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from corpus import Article, read_articles
from indexer.analysis import Abbreviations
from indexer.analysis.chunks import ChunkTokens
from indexer.schema import TEXT_FIELDS, text_of
from tests.benchmarks.corpora import VIETNEWS

_BATCH = 500

Places = Mapping[str, Sequence[tuple[tuple[str, ...], tuple[int, bool]]]]
"""For each first token the forms that begin so: their tokens, their line, if they are short."""


def main(argv: list[str] | None = None) -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=VIETNEWS)
    parser.add_argument("--articles", type=int)
    options = parser.parse_args(argv)
    entries = Abbreviations.load().entries
    places = defaultdict(list)
    for line, entry in enumerate(entries):
        for form in entry.forms:
            places[form.tokens[0]].append((form.tokens, (line, form in entry.short)))
    counts = np.zeros((len(entries), 3), np.int64)
    articles = islice(read_articles(options.corpus), options.articles)
    tokens = ChunkTokens()
    while batch := list(islice(articles, _BATCH)):
        for line, is_short, is_full in _found(batch, tokens, places):
            counts[line] += is_short, is_full, is_short and is_full
    print(f"{'short':>8}{'long':>8}{'both':>8}  forms")
    for (short, full, both), entry in zip(counts.tolist(), entries, strict=True):
        print(f"{short:8}{full:8}{both:8}  {'; '.join(form.text for form in entry.forms)}")
    print(f"{len(entries)} lines; without an abbreviation here: {(counts[:, 0] == 0).sum()}")


def _found(
    batch: Sequence[Article], tokens: ChunkTokens, places: Places
) -> list[tuple[int, bool, bool]]:
    texts: list[str] = []
    owners: list[int] = []
    for number, article in enumerate(batch):
        for name in TEXT_FIELDS:
            found = text_of(article, name)
            texts += found
            owners += [number] * len(found)
    cut = tokens.cut(texts)
    owner_of = np.repeat(owners, np.diff(cut.bounds))
    numbers = np.unique(cut.terms)
    firsts = numbers[[tokens.term(number) in places for number in numbers.tolist()]]
    seen: defaultdict[tuple[int, int], set[bool]] = defaultdict(set)
    terms = cut.terms.tolist()
    for at in np.flatnonzero(np.isin(cut.terms, firsts)).tolist():
        window = [tokens.term(number) for number in terms[at : at + 12]]
        for form, (line, is_short) in places[window[0]]:
            if tuple(window[: len(form)]) == form:
                seen[int(owner_of[at]), line].add(is_short)
    return [(line, True in kinds, False in kinds) for (_, line), kinds in seen.items()]


if __name__ == "__main__":
    main()
