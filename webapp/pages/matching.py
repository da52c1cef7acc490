"""The line above the results that says when articles lack some words, and how to ask otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from indexer import MatchPolicy, SearchResult
from webapp.formatting import number
from webapp.url_state import SearchState


@dataclass(frozen=True, slots=True)
class MatchNotice:
    """What the results hold of the words of the query.

    Attributes:
        text: The announcement.
        label: Text of a link to other results.
        state: Where it leads.
    """

    text: str
    label: str
    state: SearchState


def match_notice(found: SearchResult, state: SearchState) -> MatchNotice | None:
    """Announce that results may lack words; `None` where all hold all words.

    Args:
        found: The results.
        state: The search that gave them.
    """
    if not found.total or found.match is MatchPolicy.ALL:
        return None
    total = number(found.total)
    if found.match is MatchPolicy.ANY:
        text = f"Đang hiện {total} bài có ít nhất một từ; {_having_all(found.with_all)}."
    elif not found.with_all:
        text = f"Không có bài nào có mọi từ; đang hiện {total} bài có hầu hết các từ."
    elif state.match is MatchPolicy.AUTO:
        with_all = number(found.with_all)
        text = f"Không đủ bài có mọi từ ({with_all} bài); đang hiện {total} bài có hầu hết các từ."
    else:
        text = f"Đang hiện {total} bài có hầu hết các từ; {_having_all(found.with_all)}."
    if not found.with_all:
        return MatchNotice(text, "", state)
    return MatchNotice(text, "Chỉ bài có mọi từ", state.matching(MatchPolicy.ALL))


def _having_all(count: int) -> str:
    return f"{number(count)} bài có mọi từ" if count else "không bài nào có mọi từ"
