"""Counting the words and phrases that are suggested, while articles are written."""

from __future__ import annotations

import numpy as np

from indexer.analysis import AnalyzedBatch
from indexer.columnar.suggestions.counting import SuggestionCounter
from indexer.columnar.suggestions.material import WORD, Entry, entry_limit

Text = tuple[str, ...]


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

    def entries(self) -> dict[Text, tuple[Entry, str]]:
        """Give the words and phrases that are worth it, each as it is mostly written."""
        material = self._counter.material(
            list(self._numbers["text"]), list(self._numbers["words"])
        )
        shouted = {term for term, loud in zip(*material.syllables, strict=True) if loud}
        words = sorted(
            (text for text, entry in material.entries.items() if entry.kind == WORD),
            key=lambda text: -material.entries[text].occurrences,
        )
        left_out = set(words[entry_limit(self._articles, WORD) :])
        return {
            text: (entry, _spelling(text, entry, shouted))
            for text, entry in material.entries.items()
            if text not in left_out
        }


def _spelling(text: Text, entry: Entry, shouted: set[str]) -> str:
    return " ".join(
        syllable.upper()
        if syllable in shouted
        else syllable.capitalize()
        if entry.capitals >> place & 1
        else syllable
        for place, syllable in enumerate(text)
    )
