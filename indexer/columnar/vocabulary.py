"""The terms of the text fields in all segments. What only deleted articles hold is left out."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

import numpy as np

from indexer.columnar.matching import Bools
from indexer.columnar.patterns import Pattern
from indexer.columnar.postings import Ints, list_ranges, ragged
from indexer.columnar.segment import Segment
from indexer.columnar.words import Deleted, Words

_GROUP: Final = "text"
_WORDS: Final = "words"
_WIDENING: Final = 8


class Vocabulary:
    """Looks up terms. Threads may share it.

    Args:
        segments: The segments.
        deleted: For each of them its deleted articles; `None` where there is none.
    """

    def __init__(self, segments: Sequence[Segment], deleted: Sequence[Deleted | None]) -> None:
        self._segments = segments
        self._deleted = deleted

    def forms(self, bare: str) -> list[str]:
        """Give the terms that read the same without marks, in the order of their bytes.

        Args:
            bare: The term without marks.
        """
        return self._reading(bare, _GROUP)

    def compounds(self, bare: str) -> list[str]:
        """Give the compounds that read the same without marks, in the order of their bytes.

        Args:
            bare: The compound without marks.
        """
        return self._reading(bare, _WORDS)

    def _reading(self, bare: str, group: str) -> list[str]:
        found: set[bytes] = set()
        wanted = bare.encode("utf-8", "surrogatepass")
        for number, segment in enumerate(self._segments):
            readings = segment.readings if group == _GROUP else segment.word_readings
            numbers = readings.numbers(wanted)
            if not len(numbers):  # as most rows of syllables are no compound
                continue
            living, _ = self._living(number, numbers, group)
            found.update(segment.groups[group].terms.several(living))
        return [form.decode() for form in sorted(found)]

    def matching(self, pattern: str, limit: int, *, bare: bool) -> tuple[list[str], int]:
        """Find the terms that a pattern matches.

        Args:
            pattern: The pattern; see `Pattern`.
            limit: The most terms to give.
            bare: Whether it is matched with the terms without their marks.

        Returns:
            The terms that the most articles hold, these first, equally frequent ones in the order
            of their bytes; and how many match.
        """
        wanted = Pattern(pattern)
        found = []
        for number, segment in enumerate(self._segments):
            terms = segment.groups[_GROUP].terms
            numbers = segment.readings.matching(wanted) if bare else wanted.among(terms)
            found.append((terms, *self._living(number, numbers)))
        ordered: Iterable[tuple[int, bytes]]
        if len(found) == 1:
            ((terms, numbers, held),) = found
            # Terms are numbered in the order of their bytes.
            order = np.argsort(-held, kind="stable").tolist()
            ordered = ((-int(held[place]), terms[int(numbers[place])]) for place in order)
            total = len(order)
        else:
            counts: Counter[bytes] = Counter()
            for terms, numbers, held in found:
                counts.update(dict(zip(terms.several(numbers), held.tolist(), strict=True)))
            ordered = sorted((-count, term) for term, count in counts.items())
            total = len(counts)
        return [term.decode() for term in self._first(ordered, limit)], total

    def _first(self, ordered: Iterable[tuple[int, bytes]], limit: int) -> list[bytes]:
        """Give the most frequent terms.

        Args:
            ordered: All terms, each after the negative number of articles that hold it, in the
                order of both; deleted articles count in it.
            limit: The most terms to give.
        """
        if not any(self._deleted):
            return [term for _, term in islice(ordered, limit)]
        words = Words(self._segments, self._deleted, 0)
        best: list[tuple[int, bytes]] = []
        for own in ordered:
            # Without its deleted articles no term comes before the place that it has with them.
            if len(best) >= limit and (not best or own > best[-1]):
                break
            insort(best, (-words.holding(_GROUP, (own[1].decode(),)), own[1]))
            del best[limit:]
        return [term for _, term in best]

    def _living(self, segment: int, numbers: Ints, group_name: str = _GROUP) -> tuple[Ints, Ints]:
        """Give those of some terms that an article holds which is not deleted.

        Returns:
            The numbers of the terms, and how many articles hold each; deleted ones count.
        """
        group = self._segments[segment].groups[group_name]
        starts, counts = list_ranges(group.posting_ends, numbers)
        gone = self._deleted[segment]
        if gone is None:
            return numbers, counts
        lives: Bools = np.zeros(len(numbers), dtype=bool)
        left, width = np.arange(len(numbers)), 1
        # Almost all terms are decided by their first posting, so few are looked at further.
        while len(left):
            looked = np.minimum(counts[left], width)
            articles = group.articles[ragged(starts[left], looked)]
            lives[np.repeat(left, looked)[~gone.mask.take(articles)]] = True
            left = left[~lives[left] & (counts[left] > width)]
            width *= _WIDENING
        return numbers[lives], counts[lives]
