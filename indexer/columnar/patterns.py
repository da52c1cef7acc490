"""Patterns of terms: `*` stands for any run of characters, `?` for any one."""

from __future__ import annotations

import re

import numpy as np

from indexer.columnar.postings import Ints
from indexer.columnar.terms import TermDictionary

_WILDCARD = re.compile(r"[*?]")
_STARS = re.compile(r"\*+")


class Pattern:
    """Finds the terms of dictionaries that a pattern matches as a whole.

    Args:
        text: The pattern; without a wildcard it matches itself.
    """

    def __init__(self, text: str) -> None:
        fixed = _WILDCARD.split(text, maxsplit=1)[0]
        self._prefix = fixed.encode("utf-8", "surrogatepass")
        self._any_end = text == fixed + "*"
        self._suffix = _WILDCARD.split(text)[-1].encode("utf-8", "surrogatepass")
        self._matches = re.compile(_expression(text), re.DOTALL).fullmatch

    def among(self, terms: TermDictionary) -> Ints:
        """Give the numbers of the terms that match, ascending.

        Only terms with the fixed beginning of the pattern are looked at.
        """
        candidates = terms.prefix_range(self._prefix)
        if self._any_end:
            return np.arange(candidates.start, candidates.stop)
        suffix = self._suffix
        found = (
            number
            for number, term in zip(candidates, terms.in_range(candidates), strict=True)
            if term.endswith(suffix) and self._matches(term.decode())
        )
        return np.fromiter(found, np.int64)


def _expression(text: str) -> str:
    first, *others = (re.escape(piece).replace(r"\?", ".") for piece in _STARS.split(text))
    if not others:
        return first
    # Each piece is taken where it first comes, and never again elsewhere: a later place cannot
    # help, and to try them all would take time without bounds.
    middle = "".join(f"(?>.*?{piece})" for piece in others[:-1])
    return f"{first}{middle}.*{others[-1]}"
