"""Finding titles, words and phrases that have what somebody types, and counts of pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from indexer.analysis import bare_form, can_complete
from indexer.columnar.collection import Collection
from indexer.columnar.matching import Bools
from indexer.columnar.postings import Ints
from indexer.columnar.suggestions.material import PHRASE
from indexer.columnar.suggestions.reading import Suggestions, Texts
from indexer.deadline import NO_DEADLINE, Deadline
from indexer.engines.completions import Completion, SuggestionKind, Typed

_TITLE_PLACES = 4_096
"""Places in titles that are looked at; of more, so many that lie evenly apart."""

_LONGEST_TITLE = 1_000
"""Characters; a longer title is a whole article that went into the wrong field."""


class Completer:
    """Completes what is typed, from all segments. Threads may share it.

    Args:
        collection: The segments.
    """

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    def completions(
        self, typed: Typed, words: int, titles: int, deadline: Deadline = NO_DEADLINE
    ) -> list[Completion]:
        """Give the most frequent words and phrases, and titles, that have the typed syllables.

        Args:
            typed: What is typed.
            words: The most words and phrases to give.
            titles: The most titles to give.
            deadline: When it must be done.

        Raises:
            SearchTimeoutError: The deadline was over before that was done.
        """
        entries: dict[tuple[str, ...], Completion] = {}
        found_titles: list[tuple[bool, int, int]] = []
        for number, segment in enumerate(self._collection.segments):
            deadline.check()
            suggestions = segment.suggestions
            accepted = _accepted(suggestions, typed)
            if accepted is None:
                continue
            for text, found in _entries(suggestions, accepted, words):
                known = entries.get(text)
                entries[text] = found if known is None else _together(known, found)
            deadline.check()
            found_titles += self._titles(number, accepted, titles)
        frequent = sorted(entries.values(), key=lambda entry: -entry.count)[:words]
        return [*frequent, *self._read_titles(sorted(found_titles)[:titles])]

    def pair_counts(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        """Give about how often pairs of syllables stand side by side."""
        counts = np.zeros(len(pairs), np.int64)
        by_first: defaultdict[str, list[int]] = defaultdict(list)
        for place, (first, _) in enumerate(pairs):
            by_first[first].append(place)
        for segment in self._collection.segments:
            suggestions = segment.suggestions
            codes = {form: suggestions.code(form) or 0 for pair in pairs for form in pair}
            for first, places in by_first.items():
                if code := codes[first]:
                    seconds = np.array([codes[pairs[place][1]] for place in places], np.int64)
                    counts[places] += suggestions.pair_counts(code, seconds)
        return [int(count) for count in counts]

    def _titles(
        self, number: int, accepted: Sequence[_Accepted], size: int
    ) -> Iterator[tuple[bool, int, int]]:
        """Give the best titles of a segment, each as whether it begins later, length, article."""
        texts = self._collection.segments[number].suggestions.titles
        places = _places(texts, accepted)
        if len(places) > _TITLE_PLACES:
            places = places[np.linspace(0, len(places) - 1, _TITLE_PLACES).astype(np.int64)]
        owners, places = _first_of_each(texts.owners(places), places)
        deleted = self._collection.deleted[number]
        if deleted is not None:
            alive = ~deleted[owners]
            owners, places = owners[alive], places[alive]
        starts = texts.starts(owners)
        later = places > starts
        lengths = texts.ends[owners] - starts
        base = int(self._collection.bases[number])
        for item in np.lexsort((owners, lengths, later))[:size].tolist():
            yield bool(later[item]), int(lengths[item]), base + int(owners[item])

    def _read_titles(self, titles: Iterable[tuple[bool, int, int]]) -> Iterator[Completion]:
        for later, _, number in titles:
            article = self._collection.article(number)
            if len(article.title) > _LONGEST_TITLE:
                continue
            # How far from the start the typed syllables are matters only as to whether they are.
            yield Completion(article.title, SuggestionKind.TITLE, 1, int(later), article.id)


class _Accepted(NamedTuple):
    """The codes that one typed syllable may stand for.

    Attributes:
        first: The smallest of them.
        last: The largest.
        table: For each code from the first to the last, whether it is one of them; `None` where
            all are.
    """

    first: int
    last: int
    table: Bools | None

    @classmethod
    def of(cls, codes: Sequence[int]) -> _Accepted | None:
        if not codes:
            return None
        first, last = min(codes), max(codes)
        if isinstance(codes, range) or len(codes) == last - first + 1:
            return cls(first, last, None)
        table = np.zeros(last - first + 1, dtype=bool)
        table[np.array(codes, np.int64) - first] = True
        return cls(first, last, table)

    def holds(self, codes: Ints) -> Bools:
        """Tell for each code whether it is one of them."""
        inside: Bools = (codes >= self.first) & (codes <= self.last)
        if self.table is not None:
            inside[inside] = self.table[codes[inside] - self.first]
        return inside


def _accepted(suggestions: Suggestions, typed: Typed) -> list[_Accepted] | None:
    """Give what each typed syllable may stand for in a segment; `None` where one has nothing."""
    accepted = []
    for forms in typed.whole:
        codes = sorted({code for form in forms if (code := suggestions.code(form))})
        accepted.append(_Accepted.of(codes))
    if typed.begun:
        accepted.append(_Accepted.of(_completing(suggestions, typed.begun)))
    return None if None in accepted else [one for one in accepted if one is not None]


def _completing(suggestions: Suggestions, begun: Sequence[str]) -> Sequence[int]:
    """Give the codes of the syllables that may become of what is begun."""
    ranges = [(beginning, suggestions.completions(bare_form(beginning))) for beginning in begun]
    if len(ranges) == 1 and begun[0] == bare_form(begun[0]):
        return ranges[0][1]
    forms = suggestions.forms
    found = {
        code
        for beginning, codes in ranges
        for code in codes
        if can_complete(beginning, forms[code])
    }
    return sorted(found)


def _places(texts: Texts, accepted: Sequence[_Accepted]) -> Ints:
    """Give where the typed syllables stand one after the other, ascending."""
    first, codes = accepted[0], texts.codes
    # One comparison in place of two: what is below the range wraps round, and is far above it.
    shifted = codes - codes.dtype.type(first.first)
    places: Ints = np.flatnonzero(shifted <= first.last - first.first)
    if first.table is not None:
        places = places[first.table[shifted[places]]]
    for distance, following in enumerate(accepted[1:], start=1):
        # A place that got so far is not the 0 at the end of a text, so there is a next one.
        places = places[following.holds(codes[places + distance].astype(np.int64))]
    return places


def _first_of_each(owners: Ints, places: Ints) -> tuple[Ints, Ints]:
    """Keep the first place of each owner."""
    firsts = np.flatnonzero(np.diff(owners, prepend=-1))
    return owners[firsts], places[firsts]


def _entries(
    suggestions: Suggestions, accepted: Sequence[_Accepted], size: int
) -> Iterator[tuple[tuple[str, ...], Completion]]:
    """Give the most frequent words and phrases of a segment, by their syllables."""
    texts = suggestions.entries
    places = _places(texts, accepted)
    owners, places = _first_of_each(texts.owners(places), places)
    counts = suggestions.counts[owners].astype(np.int64)
    if len(counts) > size:
        best = np.argpartition(-counts, size)[:size]
        owners, places, counts = owners[best], places[best], counts[best]
    starts = texts.starts(owners)
    for owner, place, count in zip(
        owners.tolist(), (places - starts).tolist(), counts.tolist(), strict=True
    ):
        is_phrase = suggestions.kinds[owner] == PHRASE
        yield (
            suggestions.entry_text(owner),
            Completion(
                suggestions.entry_spelling(owner),
                SuggestionKind.PHRASE if is_phrase else SuggestionKind.WORD,
                count,
                place,
            ),
        )


def _together(one: Completion, other: Completion) -> Completion:
    """Add up the counts of what two segments have; it looks as where it is more frequent."""
    more = one if one.count >= other.count else other
    return Completion(more.text, more.kind, one.count + other.count, more.place)
