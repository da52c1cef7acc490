"""Query text to a query tree.

Words must all be found; words in quotation marks must stand together. A query without any
diacritic is a bare one: each of its syllables stands for all the forms that the index has of it.
In a query with marks, a syllable without marks means itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from indexer.analysis import Token, bare_form, tokenize
from indexer.engines.query import (
    And,
    Boosted,
    Compound,
    MatchAll,
    Or,
    Phrase,
    Query,
    Synonyms,
    Term,
)
from indexer.errors import QueryError

MAX_QUERY_LENGTH = 2_000
"""The longest query text, in characters."""

_QUOTED = re.compile('"[^"]*"|“[^“”]*”|„[^„”“]*[”“]|«[^«»]*»')

Forms = Callable[[str], Sequence[str]]
"""Gives the terms of an index that read the same without marks."""

Compounds = Callable[[str], Sequence[str]]
"""Gives the compounds of a text."""


def parse_query(text: str, forms: Forms, compounds: Compounds) -> Query:
    """Read a query text.

    Args:
        text: What the user typed, in any normalisation form. An empty text matches everything.
        forms: Gives the terms of the index that a bare syllable may stand for.
        compounds: Gives the compounds of the text.

    Raises:
        QueryError: The text is too long, or has nothing that can be searched for.
    """
    if len(text) > MAX_QUERY_LENGTH:
        raise QueryError(
            f"the query has {len(text):,} characters; {MAX_QUERY_LENGTH:,} are possible",
            position=MAX_QUERY_LENGTH,
            length=len(text) - MAX_QUERY_LENGTH,
        )
    if not text.strip():
        return MatchAll()
    length = len(text)
    tokens = list(tokenize(text))
    if not tokens:
        raise QueryError("the query has no letter and no digit to search for", length=length)
    bare = all(token.text == bare_form(token.text) for token in tokens)
    words = [_word(token.text, forms if bare else None) for token in tokens]
    parts: list[Query] = []
    for first, last in _groups(text, tokens):
        members = tuple(words[first:last])
        parts.append(Phrase(members) if len(members) > 1 else members[0])
    required = _one_or_all(parts)
    if bare:
        return required
    optional = [Compound(word) for word in compounds(text)]
    return Boosted(required, Or(tuple(optional))) if optional else required


def _word(term: str, forms: Forms | None) -> Term | Synonyms:
    found = forms(term) if forms else ()
    if len(found) > 1:
        return Synonyms(tuple(found))
    return Term(found[0] if found else term)


def _groups(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Give the runs of tokens that must stand together, as (first, last + 1)."""
    quotes = [match.span() for match in _QUOTED.finditer(text)]
    groups: list[tuple[int, int]] = []
    quote_of_last = None
    for place, token in enumerate(tokens):
        quote = next((q for q in quotes if q[0] < token.start and token.end < q[1]), None)
        if groups and (token.joined or (quote and quote == quote_of_last)):
            groups[-1] = (groups[-1][0], place + 1)
        else:
            groups.append((place, place + 1))
        quote_of_last = quote
    return groups


def _one_or_all(parts: Sequence[Query]) -> Query:
    distinct = tuple(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else And(distinct)
