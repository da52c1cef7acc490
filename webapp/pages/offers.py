"""Other queries that a results page offers: did you mean, and readings with marks."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from indexer import (
    Correction,
    CorrectionKind,
    Index,
    Marks,
    MatchPolicy,
    QueryError,
    ReasonKind,
    SearchResult,
)
from webapp.language import gettext, mark
from webapp.operations.deadline import seconds_left
from webapp.url_state import SearchState

_FEW: Final = 10
"""With fewer results than this a query may be mistyped."""

_KINDS: Final = {
    CorrectionKind.SPELLING: mark("chính tả"),
    CorrectionKind.INPUT_METHOD: mark("kiểu gõ Telex hoặc VNI"),
    CorrectionKind.READING: mark("có dấu"),
    CorrectionKind.MARKS: mark("bỏ dấu, mọi cách đọc"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """Another query.

    Attributes:
        kind: Why it is offered, for the reader.
        total: How many articles have all of it.
        state: The search for it.
    """

    kind: str
    total: int
    state: SearchState


@dataclass(frozen=True, slots=True)
class Offers:
    """What is offered beside the results.

    Attributes:
        meant: Queries that may have been meant.
        readings: Readings of a query without marks.
        as_typed: The search without marks added, where some were.
    """

    meant: tuple[Offer, ...] = ()
    readings: tuple[Offer, ...] = ()
    as_typed: SearchState | None = None


def has_marks(query: str) -> bool:
    """Tell whether a query has any tone mark or diacritic, or a đ."""
    return any(c in "đĐ" or unicodedata.combining(c) for c in unicodedata.normalize("NFD", query))


def offers(index: Index, state: SearchState, found: SearchResult) -> Offers:
    """Find what to offer with the first page of a result.

    To look for it takes time, so that is done only where there may be something: where little or
    nothing was found, where not enough articles have all words, and where the query has no marks.

    Args:
        index: The index that gave the result.
        state: The search.
        found: Its result.
    """
    if not state.query or state.page > 1:
        return Offers()
    fell_back = state.match is MatchPolicy.AUTO and found.match is not MatchPolicy.ALL
    # Who wants the letters as typed wants no others, as long as there are any.
    bare = state.marks is not Marks.EXACT and not has_marks(state.query)
    if not (bare or fell_back or found.total < _FEW):
        return Offers()
    try:
        corrections = index.corrections(state.query, timeout=seconds_left())
    except QueryError:
        return Offers()
    shown = [(c, _offer(index, state, c)) for c in corrections if c.query != state.query]
    readings = [
        offer
        for correction, offer in shown
        if found.total and correction.kind is CorrectionKind.READING
    ]
    meant = [
        offer
        for correction, offer in shown
        # Bare syllables meet by chance in many an article: a last resort.
        if offer not in readings and not (found.total and correction.kind is CorrectionKind.MARKS)
    ]
    meant = [offer for offer in meant if offer.total]
    if not (meant or found.total) and state.is_narrowed:
        meant = _without_filters(index, state, corrections)
    return Offers(
        tuple(meant),
        tuple(offer for offer in readings if offer.total),
        state.reading(Marks.EXACT) if bare and _adds_marks(found) else None,
    )


def _offer(index: Index, state: SearchState, correction: Correction) -> Offer:
    step = replace(state.asking(correction.query), marks=Marks.AUTO)
    total = correction.count
    usual = state.abbreviations and state.match in {MatchPolicy.AUTO, MatchPolicy.ALL}
    if step.is_narrowed or not usual:
        # A correction counts the articles of the whole index.
        asked = step.request(page_size=0, facets=(), timeout=seconds_left())
        total = index.search(asked).total
    return Offer(gettext(_KINDS[correction.kind]), total, step)


def _without_filters(
    index: Index, state: SearchState, corrections: Sequence[Correction]
) -> list[Offer]:
    """Find what may be meant where the filters in force leave nothing of it."""
    wide = state.without_filters()
    offered = (_offer(index, wide, c) for c in corrections if c.query != state.query)
    return [
        replace(offer, kind=gettext("%(kind)s, không kèm bộ lọc", kind=offer.kind))
        for offer in offered
        if offer.total
    ]


def _adds_marks(found: SearchResult) -> bool:
    return any(reason.kind is ReasonKind.MARKS for hit in found.hits for reason in hit.reasons)
