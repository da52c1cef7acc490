"""What a typed syllable stands for: itself, or the forms that have more marks than were typed.

17 % of running syllables rightly carry no mark, so marks that were typed tell how the others are
meant. In a query with any mark an unmarked syllable means itself: `công ty may` is not `công ty
máy`. Only where nothing at all is marked has the typist left the marks to the reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from indexer.analysis import bare_form, completes

Forms = Callable[[str], Sequence[str]]
"""Gives the terms of an index that read the same without marks."""


class Marks(StrEnum):
    """How typed syllables are read.

    `AUTO` expands the syllables of a query without any mark, and completes a partly marked one
    that no article has (`viêt`). `EXACT` takes every syllable as typed. `FREE` lets every syllable
    stand for the forms that have the marks it was typed with, and maybe more.
    """

    AUTO = "auto"
    EXACT = "exact"
    FREE = "free"


class Reading(NamedTuple):
    """What a typed syllable stands for.

    Attributes:
        forms: The terms to look for, in alphabetical order; at least one.
        completed: Whether the syllable itself is no term of the index, and others that have its
            marks took its place, although not all marks were left out.
    """

    forms: tuple[str, ...]
    completed: bool = False


class MarksReader:
    """Reads the syllables of one query.

    Args:
        mode: How.
        terms: All syllables of the query, in their normal forms: they tell whether it has marks.
        forms: Gives the terms of the index.
    """

    def __init__(self, mode: Marks, terms: Iterable[str], forms: Forms) -> None:
        self.bare = mode is not Marks.EXACT and not any(map(is_marked, terms))
        self._mode = mode
        self._forms = forms

    def read(self, term: str) -> Reading:
        """Read one syllable in its normal form."""
        if self._mode is Marks.EXACT:
            return Reading((term,))
        if self._mode is Marks.FREE or self.bare:
            return Reading(tuple(self._completions(term)) or (term,))
        if is_marked(term) and term not in self._forms(bare_form(term)):
            completions = tuple(self._completions(term))
            return Reading(completions or (term,), completed=bool(completions))
        return Reading((term,))

    def _completions(self, term: str) -> list[str]:
        return [form for form in self._forms(bare_form(term)) if completes(form, term)]


def is_marked(term: str) -> bool:
    """Tell whether a term has any tone mark or diacritic, or a `đ`."""
    return bare_form(term) != term
