"""What else was published when an article was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from corpus import Article
from indexer import Hit, Index
from webapp.formatting import day, span
from webapp.language import gettext
from webapp.operations.deadline import seconds_left
from webapp.url_state import SearchState

SHOWN: Final = 5
"""How many articles of the same day are named."""


@dataclass(frozen=True, slots=True)
class SameDay:
    """The day of an article, or the month or year where no day is known.

    Attributes:
        when: That day.
        articles: Others of the same paper, or of all papers if the article names none.
        of_paper: The search for all of the same paper, if there is one.
        paper_total: How many those are, the article itself among them.
        of_all: The search for those of all papers.
        total: How many those are.
    """

    when: str
    articles: tuple[Hit, ...]
    of_paper: SearchState | None
    paper_total: int
    of_all: SearchState
    total: int


def same_day(index: Index, article: Article) -> SameDay | None:
    """Find what else was published on an article's day; `None` where it has no date."""
    if article.published is None:
        return None
    first, last = article.published.first_day, article.published.last_day
    of_all = SearchState(first_day=first, last_day=last, collapse=False)
    of_paper = None
    if article.source:
        of_paper = of_all.choosing("source", article.source)
    found = index.search(
        (of_paper or of_all).request(page_size=SHOWN + 1, facets=(), timeout=seconds_left())
    )
    total = found.total
    if of_paper:
        counted = of_all.request(page_size=0, facets=(), timeout=seconds_left())
        total = index.search(counted).total
    others = tuple(hit for hit in found.hits if hit.id != article.id)[:SHOWN]
    when = gettext("ngày %(day)s", day=day(first)) if first == last else span(first, last)
    return SameDay(when, others, of_paper, found.total, of_all, total)
