"""Reading what a segment can suggest (its layout is told in `writing`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import bare_form
from indexer.columnar.container import Array, Container
from indexer.columnar.postings import Ints, counts_of
from indexer.columnar.suggestions.material import Entries, Pairs
from indexer.columnar.suggestions.writing import SUGGESTIONS_KIND
from indexer.columnar.terms import TermDictionary
from indexer.errors import DamagedIndexError

_WORTH_A_TABLE = 5_000
"""Places that are looked up in a table, since as many searches take longer."""

_LAST = "\U0010ffff"


class Texts:
    """Titles, or words and phrases: texts of codes, each ended by 0.

    Args:
        codes: The codes of all texts.
    """

    def __init__(self, codes: Array) -> None:
        self.codes = codes

    @cached_property
    def ends(self) -> Ints:
        """Where each text ends: the place of its 0."""
        return np.flatnonzero(self.codes == 0)

    def owners(self, places: Ints) -> Ints:
        """Give the text in which each place lies."""
        if len(places) > _WORTH_A_TABLE:
            return self._owners[places].astype(np.int64)
        owners: Ints = np.searchsorted(self.ends, places).astype(np.int64)
        return owners

    @cached_property
    def _owners(self) -> NDArray[np.uint32]:
        """The text in which each code lies."""
        lengths = np.diff(self.ends, prepend=-1)
        return np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths)

    def starts(self, texts: Ints) -> Ints:
        """Give where texts begin."""
        return np.where(texts > 0, self.ends[texts - 1] + 1, 0)

    def text(self, number: int) -> list[int]:
        """Give the codes of a text."""
        start = int(self.ends[number - 1]) + 1 if number else 0
        codes: list[int] = self.codes[start : int(self.ends[number])].tolist()
        return codes


class Suggestions:
    """Reads what a segment can suggest. Threads may share it.

    Args:
        path: The file.
        terms: The terms of the segment's group `text`.
        articles: How many articles the segment has.

    Attributes:
        titles: The titles, by article number.
        entries: Words and phrases.
        counts: How often each of the entries occurs.
        kinds: 1 for each word, 2 for each phrase.
    """

    def __init__(self, path: Path, terms: TermDictionary, articles: int) -> None:
        container = Container(path, SUGGESTIONS_KIND)
        self.container = container
        self._terms = terms
        self._numbers = container.codes("terms", len(terms))
        size = container.same_length("terms", "shouted", "pair_ends")
        self._shouted = container["shouted"]
        self.titles = Texts(container.codes("titles", size + 1))
        self.entries = Texts(container.codes("entries", size + 1))
        self.counts = container["entry_counts"]
        self._capitals = container["entry_capitals"]
        self.kinds = container["entry_kinds"]
        container.same_length("entry_counts", "entry_capitals", "entry_kinds")
        container.same_length("pair_seconds", "pair_counts")
        self._pair_seconds = container.codes("pair_seconds", size + 1)
        self._pair_ends = container.ends("pair_ends", len(self._pair_seconds))
        self._pair_counts = container["pair_counts"]
        for name, texts, count in (
            ("titles", self.titles, articles),
            ("entries", self.entries, len(self.counts)),
        ):
            if int(np.count_nonzero(texts.codes == 0)) != count:
                raise DamagedIndexError(
                    f"{path} cannot be read: {name} are more or fewer than they should be"
                )

    @cached_property
    def forms(self) -> list[str]:
        """The syllables by their codes; that of code 0 is empty. Decoded when first asked for."""
        return ["", *(self._terms[number].decode() for number in self._numbers.tolist())]

    @cached_property
    def _codes(self) -> dict[str, int]:
        """The code of each syllable."""
        return {form: code for code, form in enumerate(self.forms) if code}

    def code(self, form: str) -> int | None:
        """Give the code of a syllable, or `None` where no title, entry or pair has it."""
        return self._codes.get(form)

    def codes_of_terms(self) -> Ints:
        """Give the code of each term of the segment's group `text`; 0 where it has none."""
        codes = np.zeros(len(self._terms), np.int64)
        codes[self._numbers] = np.arange(1, len(self._numbers) + 1)
        return codes

    def completions(self, bare: str) -> range:
        """Give the codes of the syllables whose bare form begins with some letters."""
        low = bisect_left(self.forms, bare, 1, key=bare_form)
        return range(low, bisect_left(self.forms, bare + _LAST, low, key=bare_form))

    def entry_text(self, number: int) -> tuple[str, ...]:
        """Give the syllables of an entry."""
        return tuple(self.forms[code] for code in self.entries.text(number))

    def entry_spelling(self, number: int) -> str:
        """Give an entry as it is mostly written."""
        capitals = int(self._capitals[number])
        return " ".join(
            self.forms[code].upper()
            if self._shouted[code - 1]
            else self.forms[code].capitalize()
            if capitals >> place & 1
            else self.forms[code]
            for place, code in enumerate(self.entries.text(number))
        )

    def shouted(self) -> list[bool]:
        """Tell of each syllable, in the order of the codes, whether it is written in capitals."""
        return [bool(flag) for flag in self._shouted.tolist()]

    def all_entries(self) -> Entries:
        """Give all words and phrases; their syllables by their codes."""
        codes = self.entries.codes
        return Entries(
            codes[codes != 0].astype(np.int64),
            np.diff(self.entries.ends, prepend=-1) - 1,
            self.counts.astype(np.int64),
            self._capitals,
            self.kinds,
        )

    def pairs(self) -> Pairs:
        """Give all pairs of adjacent syllables, by their codes."""
        firsts = np.repeat(np.arange(1, len(self._pair_ends) + 1), counts_of(self._pair_ends))
        return Pairs(
            firsts, self._pair_seconds.astype(np.int64), self._pair_counts.astype(np.int64)
        )

    def pair_counts(self, first: int, seconds: NDArray[np.integer] | Sequence[int]) -> Ints:
        """Give how often a syllable stands right before others, by their codes."""
        start = int(self._pair_ends[first - 2]) if first > 1 else 0
        end = int(self._pair_ends[first - 1])
        known = self._pair_seconds[start:end]
        counts = np.zeros(len(seconds), np.int64)
        if len(known):
            wanted = np.asarray(seconds)
            places = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
            found = known[places] == wanted
            counts[found] = self._pair_counts[start:end][places[found]]
        return counts
