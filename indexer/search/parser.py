"""Query text to a plan: freely typed words, and what binds.

Words in quotation marks must stand together; how many of the others must be found is a matter of
policy (`ranking.policy`). A query without any
diacritic is a bare one: each of its syllables stands for all the forms that the index has of it.
In a query with marks, a syllable without marks means itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from indexer.analysis import Token, bare_form, tokenize
from indexer.engines.query import (
    Compound,
    Compounds,
    Phrase,
    Query,
    Synonyms,
    Term,
)
from indexer.errors import QueryError
from indexer.search.ranking.plan import Forms, Plan, Word, compose
from indexer.search.ranking.policy import MatchPolicy

MAX_QUERY_LENGTH = 2_000
"""The longest query text, in characters."""

_QUOTED = re.compile('"[^"]*"|“[^“”]*”|„[^„”“]*[”“]|«[^«»]*»')

_LONGEST_BARE_COMPOUND = 3
"""In syllables; few compounds are longer."""

Readings = Callable[[str], Sequence[str]]
"""Gives the terms, or the compounds, of an index that read the same without marks."""

Segmentation = Callable[[str], Sequence[str]]
"""Gives the compounds of a text."""


def no_readings(_: str) -> Sequence[str]:
    """Give no reading: where the index is not asked, a bare form means itself."""
    return ()


def parse_query(
    text: str,
    forms: Readings,
    compounds: Segmentation,
    bare_compounds: Readings = no_readings,
) -> Query:
    """Read a query text of which everything must match.

    Args:
        text: What the user typed, in any normalisation form. An empty text matches everything.
        forms: Gives the terms of the index that a bare syllable may stand for.
        compounds: Gives the compounds of a text with marks.
        bare_compounds: Gives the compounds of the index that bare syllables may stand for.

    Raises:
        QueryError: The text is too long, or has nothing that can be searched for.
    """
    return compose(plan_query(text, forms, compounds, bare_compounds), MatchPolicy.ALL)


def plan_query(
    text: str,
    forms: Readings,
    compounds: Segmentation,
    bare_compounds: Readings = no_readings,
) -> Plan:
    """Read a query text.

    Args:
        text: What the user typed, in any normalisation form. An empty text matches everything.
        forms: Gives the terms of the index that a bare syllable may stand for.
        compounds: Gives the compounds of a text with marks.
        bare_compounds: Gives the compounds of the index that bare syllables may stand for.

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
        return Plan()
    length = len(text)
    tokens = list(tokenize(text))
    if not tokens:
        raise QueryError("the query has no letter and no digit to search for", length=length)
    bare = all(token.text == bare_form(token.text) for token in tokens)
    members = [_member(token.text, forms if bare else None) for token in tokens]
    words: list[Word] = []
    binding: list[Query] = []
    for first, last, quoted in _groups(text, tokens):
        row = tuple(members[first:last])
        node = Phrase(row) if len(row) > 1 else row[0]
        if quoted:
            binding.append(node)
        else:
            typed = text[tokens[first].start : tokens[last - 1].end]
            words.append(Word(typed, node, (tuple(map(_forms_of, row)),)))
    if bare:
        optional = _bare_compounds([token.text for token in tokens], bare_compounds)
    else:
        optional = tuple(map(Compound, dict.fromkeys(compounds(text))))
    return Plan(tuple(words), tuple(binding), optional, (tuple(map(_forms_of, members)),), bare)


def _bare_compounds(syllables: Sequence[str], readings: Readings) -> tuple[Query, ...]:
    """Give what neighbours without marks may be as one word; all readings count alike."""
    rows = dict.fromkeys(
        "_".join(syllables[first : first + size])
        for size in range(2, _LONGEST_BARE_COMPOUND + 1)
        for first in range(len(syllables) - size + 1)
    )
    found = (tuple(readings(row)) for row in rows)
    return tuple(Compounds(forms) for forms in found if forms)


def _member(term: str, forms: Readings | None) -> Term | Synonyms:
    found = forms(term) if forms else ()
    if len(found) > 1:
        return Synonyms(tuple(found))
    return Term(found[0] if found else term)


def _forms_of(member: Term | Synonyms) -> Forms:
    return member.forms if isinstance(member, Synonyms) else (member.text,)


def _groups(text: str, tokens: Sequence[Token]) -> list[tuple[int, int, bool]]:
    """Give the runs of tokens that must stand together: first, last + 1, and whether quoted."""
    quotes = [match.span() for match in _QUOTED.finditer(text)]
    groups: list[tuple[int, int, bool]] = []
    quote_of_last = None
    for place, token in enumerate(tokens):
        quote = next((q for q in quotes if q[0] < token.start and token.end < q[1]), None)
        if groups and (token.joined or (quote and quote == quote_of_last)):
            first, _, quoted = groups[-1]
            groups[-1] = (first, place + 1, quoted or quote is not None)
        else:
            groups.append((place, place + 1, quote is not None))
        quote_of_last = quote
    return groups
