"""Counting the words and phrases that are suggested, while articles are written."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from indexer.analysis import AnalyzedBatch
from indexer.columnar.suggestions.counting import SuggestionCounter
from indexer.columnar.suggestions.material import PHRASE, WORD, entry_limit, most

Text = tuple[str, ...]


class Suggestion(NamedTuple):
    """A word or phrase.

    Attributes:
        occurrences: How often it occurs.
        is_phrase: Whether it is a phrase.
        spelling: How it is mostly written.
    """

    occurrences: int
    is_phrase: bool
    spelling: str


class Suggested:
    """Counts words and phrases of all batches that it is shown."""

    def __init__(self) -> None:
        self._counter = SuggestionCounter()
        self._numbers: dict[str, dict[str, int]] = {"text": {}, "words": {}}
        self._articles = 0

    def add(self, batch: AnalyzedBatch) -> None:
        """Count in articles that come after those added before."""
        numbers = {}
        for name, known in self._numbers.items():
            vocabulary = batch.groups[name].vocabulary
            numbers[name] = np.array(
                [known.setdefault(term, len(known)) for term in vocabulary], np.int64
            )
        self._counter.add(batch, numbers["text"], numbers["words"])
        self._articles += len(batch.articles)

    def entries(self) -> dict[Text, Suggestion]:
        """Give the words and phrases that are worth it, each as it is mostly written."""
        material = self._counter.material(self._numbers["text"], self._numbers["words"])
        terms, shouted = material.syllables
        entries = material.entries
        words = np.flatnonzero(entries.kinds == WORD)
        kept = words[most(entries.occurrences[words], entry_limit(self._articles, WORD))]
        chosen = entries.chosen(np.concatenate([kept, np.flatnonzero(entries.kinds != WORD)]))
        ends = np.cumsum(chosen.lengths).tolist()
        numbers = chosen.syllables.tolist()
        found = {}
        for start, end, count, capitals, kind in zip(
            [0, *ends],
            ends,
            chosen.occurrences.tolist(),
            chosen.capitals.tolist(),
            chosen.kinds.tolist(),
            strict=False,
        ):
            own = numbers[start:end]
            spelling = " ".join(
                terms[number].upper()
                if shouted[number]
                else terms[number].capitalize()
                if capitals >> place & 1
                else terms[number]
                for place, number in enumerate(own)
            )
            text = tuple(terms[number] for number in own)
            found[text] = Suggestion(count, kind == PHRASE, spelling)
        return found
