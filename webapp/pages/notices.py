"""What the page says of a query that was not read, or read otherwise than typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from indexer import Notice, NoticeKind, QueryError, SearchResult
from webapp.language import gettext, language
from webapp.url_state import SearchState

_AROUND: Final = 40
"""How many characters of a query show on either side of what is wrong."""

_SHOWN: Final = 3
"""How many mistakes are shown; who mends those sees the next ones."""

_LONGEST_MEND: Final = 200
"""In characters; a longer query is mended in the search box."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a query, cut around the place.

    Attributes:
        message: What is wrong.
        language: Language of the message: `vi`, or `en` where there is no other.
        position: Where the wrong part begins, in characters from 0.
        before: What stands before it.
        wrong: The wrong part.
        after: What stands behind it.
        mended: The search with the mistake mended, if that can be known.
    """

    message: str
    language: str
    position: int
    before: str
    wrong: str
    after: str
    mended: SearchState | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """One line on how a query was read.

    Attributes:
        text: The line.
        label: Text of a link to another search: without that, or as it was perhaps meant; may be
            empty.
        state: Where it leads.
    """

    text: str
    label: str
    state: SearchState


@dataclass(frozen=True, slots=True)
class Notices:
    """Everything that is said of how a query was read.

    Attributes:
        mistakes: The first mistakes, which were read as words.
        further: How many more there are.
        remarks: What was looked for besides what was typed, or in its place.
    """

    mistakes: tuple[Mistake, ...] = ()
    further: int = 0
    remarks: tuple[Remark, ...] = ()


def refused(state: SearchState, error: QueryError) -> Mistake:
    """Lay out why a query cannot be searched."""
    end = error.position + error.length
    if language() == "vi" and error.message_vi:
        return _mistake(state, error.message_vi, "vi", error.position, end, error.mend)
    return _mistake(state, error.message, "en", error.position, end, error.mend)


def notices(found: SearchResult, state: SearchState) -> Notices:
    """Lay out how the query of a result was read.

    Args:
        found: The result.
        state: The search that gave it.
    """
    wrong = [notice for notice in found.notices if notice.kind is NoticeKind.MISTAKE]
    told = [notice for notice in found.notices if notice.kind is NoticeKind.INFORMATION]
    last = max((n for n, notice in enumerate(told) if notice.code == "abbreviated"), default=None)
    return Notices(
        mistakes=tuple(
            _mistake(state, _message(notice), language(), notice.start, notice.end, notice.mend)
            for notice in wrong[:_SHOWN]
        ),
        further=max(0, len(wrong) - _SHOWN),
        remarks=tuple(
            _remark(state, notice, is_last_abbreviation=number == last)
            for number, notice in enumerate(told)
        ),
    )


def _remark(state: SearchState, notice: Notice, *, is_last_abbreviation: bool) -> Remark:
    if mended := _mended(state, notice.mend):
        return Remark(_message(notice), gettext("Tìm %(query)s", query=mended.query), mended)
    label = gettext("Chỉ tìm như đã gõ") if is_last_abbreviation else ""
    return Remark(_message(notice), label, state.abbreviating(False))


def _message(notice: Notice) -> str:
    return notice.message_en if language() == "en" else notice.message_vi


def _mended(state: SearchState, mend: str | None) -> SearchState | None:
    return state.asking(mend) if mend and len(mend) <= _LONGEST_MEND else None


def _mistake(
    state: SearchState,
    message: str,
    message_language: str,
    start: int,
    end: int,
    mend: str | None,
) -> Mistake:
    query = state.query
    start = min(max(start, 0), len(query))
    end = min(max(end, start), len(query))
    before, wrong, after = query[:start], query[start:end], query[end:]
    return Mistake(
        message,
        message_language,
        start,
        before if len(before) <= _AROUND else f"…{before[-_AROUND:]}",
        wrong if len(wrong) <= _AROUND else f"{wrong[:_AROUND]}…",
        after if len(after) <= _AROUND else f"{after[:_AROUND]}…",
        _mended(state, mend),
    )
