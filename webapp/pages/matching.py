"""The line above the results that says when articles lack some words, and how to ask otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from indexer import MatchPolicy, SearchResult
from webapp.formatting import articles
from webapp.language import gettext
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
    total, with_all = articles(found.total), articles(found.with_all)
    if found.match is MatchPolicy.ANY:
        text = _with_what_has_all(
            gettext("Đang hiện %(total)s có ít nhất một từ", total=total), found
        )
    elif not found.with_all:
        text = gettext(
            "Không có bài nào có mọi từ; đang hiện %(total)s có hầu hết các từ.", total=total
        )
    elif state.match is MatchPolicy.AUTO:
        text = gettext(
            "Không đủ bài có mọi từ (%(with_all)s); đang hiện %(total)s có hầu hết các từ.",
            with_all=with_all,
            total=total,
        )
    else:
        text = _with_what_has_all(
            gettext("Đang hiện %(total)s có hầu hết các từ", total=total), found
        )
    if not found.with_all:
        return MatchNotice(text, "", state)
    return MatchNotice(text, gettext("Chỉ bài có mọi từ"), state.matching(MatchPolicy.ALL))


def _with_what_has_all(text: str, found: SearchResult) -> str:
    if found.with_all:
        having = gettext("%(with_all)s có mọi từ", with_all=articles(found.with_all))
    else:
        having = gettext("không bài nào có mọi từ")
    return f"{text}; {having}."
