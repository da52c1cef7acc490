"""The state of a search page and its query string: the only place that knows its parameters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final, Protocol, TypeVar
from urllib.parse import urlencode

from indexer import FACETS, Interval, Marks, MatchPolicy, RequestError, SearchRequest, Sort
from webapp.language import gettext

MAX_PAGE: Final = 1_000_000
"""The highest page number that an address may name."""

MAX_VALUES: Final = 100
"""How many values of one facet an address may name."""

PARAMETERS: Final = (
    "q",
    *FACETS,
    *("from", "to", "match", "marks", "abbr", "collapse", "sort", "by", "page"),
)
"""Every parameter of a search address, in the order in which they are written."""

_Choice = TypeVar("_Choice", bound=StrEnum)


class _YesOrNo(StrEnum):
    """What an address says of what is done unless it says no."""

    YES = "1"
    NO = "0"


class Arguments(Protocol):
    """A parsed query string, such as `flask.request.args`."""

    def get(self, key: str, default: str, /) -> str:
        """Give the first value of a parameter."""

    def getlist(self, key: str, /) -> list[str]:
        """Give all values of a parameter."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A parameter whose value was left out because it has no meaning.

    Attributes:
        parameter: Its name in the address.
        message: What is wrong and what is possible, for the reader.
        remedy: Text of a link that mends it, if there is one.
        remedy_state: Where that link leads.
    """

    parameter: str
    message: str
    remedy: str = ""
    remedy_state: SearchState | None = None


@dataclass(frozen=True, slots=True)
class SearchState:
    """What a search page shows: the same for every reader of its address.

    Attributes:
        query: What the reader typed.
        filters: Facet name to the chosen values; facets without a choice are absent.
        first_day: First day of the wanted period.
        last_day: Last day of it, inclusive.
        match: How many words of the query a result must hold.
        marks: How the syllables of the query are read.
        abbreviations: Whether abbreviations are also looked for as what they stand for.
        collapse: Whether a story is one result, and its other articles stand behind that.
        sort: Order of the results.
        by: Width of the bars of the timeline; `None` lets the page choose.
        page: Number of the page, from 1.
    """

    query: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first_day: date | None = None
    last_day: date | None = None
    match: MatchPolicy = MatchPolicy.AUTO
    marks: Marks = Marks.AUTO
    abbreviations: bool = True
    collapse: bool = True
    sort: Sort = Sort.RELEVANCE
    by: Interval | None = None
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter or a period is set."""
        return bool(self.filters or self.first_day or self.last_day)

    def without_filters(self) -> SearchState:
        """Give the same search with no filter and no period."""
        return replace(self, filters={}, first_day=None, last_day=None, by=None, page=1)

    def cleared(self) -> SearchState:
        """Give the same query with no filter, read and shown as every query is."""
        return replace(self.without_filters(), marks=Marks.AUTO, abbreviations=True, collapse=True)

    def without_facet(self, name: str) -> SearchState:
        """Give the same search without the choices in one facet."""
        kept = {facet: values for facet, values in self.filters.items() if facet != name}
        return replace(self, filters=kept, page=1)

    def without_value(self, name: str, value: str) -> SearchState:
        """Give the same search without one chosen value."""
        values = tuple(v for v in self.filters.get(name, ()) if v != value)
        kept = self.without_facet(name)
        return replace(kept, filters={**kept.filters, name: values}) if values else kept

    def choosing(self, name: str, value: str) -> SearchState:
        """Give the same search with one value chosen in a facet, and no other."""
        return replace(self, filters={**self.filters, name: (value,)}, page=1)

    def within(self, first: date | None, last: date | None) -> SearchState:
        """Give the same search in another period, with bars of the width that suits it."""
        return replace(self, first_day=first, last_day=last, by=None, page=1)

    def at_page(self, page: int) -> SearchState:
        """Give another page of the same results."""
        return replace(self, page=page)

    def sorted_by(self, sort: Sort) -> SearchState:
        """Give the first page of the same results in another order."""
        return replace(self, sort=sort, page=1)

    def matching(self, policy: MatchPolicy) -> SearchState:
        """Give the first page of a search that demands more or fewer words."""
        return replace(self, match=policy, page=1)

    def reading(self, marks: Marks) -> SearchState:
        """Give the first page of a search that reads marks in another way."""
        return replace(self, marks=marks, page=1)

    def abbreviating(self, wanted: bool) -> SearchState:
        """Give the first page of a search with or without abbreviations looked up."""
        return replace(self, abbreviations=wanted, page=1)

    def collapsing(self, wanted: bool) -> SearchState:
        """Give the first page of the same results, with one for each story or with all."""
        return replace(self, collapse=wanted, page=1)

    def asking(self, query: str) -> SearchState:
        """Give the first page of another query, filtered and read in the same way."""
        return replace(self, query=query, page=1)

    def drawn_by(self, interval: Interval) -> SearchState:
        """Give the same results with bars of another width."""
        return replace(self, by=interval)

    def whole(self) -> SearchState:
        """Give the same search without what only concerns the page that shows it."""
        return replace(self, by=None, page=1)

    def parameters(self) -> list[tuple[str, str]]:
        """Give the query string's parameters; what has its default is left out."""
        written: dict[str, Iterable[str]] = {
            "q": [self.query] if self.query else [],
            **{name: self.filters.get(name, ()) for name in FACETS},
            "from": [self.first_day.isoformat()] if self.first_day else [],
            "to": [self.last_day.isoformat()] if self.last_day else [],
            "match": [self.match] if self.match is not MatchPolicy.AUTO else [],
            "marks": [self.marks] if self.marks is not Marks.AUTO else [],
            "abbr": [] if self.abbreviations else ["0"],
            "collapse": [] if self.collapse else ["0"],
            "sort": [self.sort] if self.sort is not Sort.RELEVANCE else [],
            "by": [self.by] if self.by else [],
            "page": [str(self.page)] if self.page != 1 else [],
        }
        return [(name, value) for name in PARAMETERS for value in written[name]]

    def query_string(self) -> str:
        """Give the state as a query string without its question mark; empty if all is default."""
        return urlencode(self.parameters())

    def request(
        self,
        *,
        page_size: int,
        facet_size: int = 0,
        facets: tuple[str, ...] = FACETS,
        timeline: Interval | None = None,
        timeout: float | None = None,
    ) -> SearchRequest:
        """Give the question that this state puts to an index."""
        return SearchRequest(
            self.query,
            filters=self.filters,
            published_from=self.first_day,
            published_to=self.last_day,
            facets=facets,
            facet_size=facet_size,
            timeline=timeline,
            match=self.match,
            marks=self.marks,
            abbreviations=self.abbreviations,
            sort=self.sort,
            collapse=self.collapse,
            offset=(self.page - 1) * page_size,
            size=page_size,
            timeout=timeout,
        )


def has_empty_values(arguments: Arguments) -> bool:
    """Tell whether a form sent fields that were left empty, which addresses do without."""
    return any("" in arguments.getlist(name) for name in PARAMETERS)


def read_state(arguments: Arguments) -> tuple[SearchState, tuple[Problem, ...]]:
    """Read the state that a query string names.

    Args:
        arguments: The query string. Parameters that are not of this page are ignored.

    Returns:
        The state without what has no meaning, and what that was.
    """
    problems: list[Problem] = []
    state = SearchState(
        query=unicodedata.normalize("NFC", SearchRequest(arguments.get("q", "")).query.strip()),
        filters=_filters(arguments, problems),
        first_day=_day(arguments, "from", problems),
        last_day=_day(arguments, "to", problems),
        match=_choice(arguments, "match", MatchPolicy, problems) or MatchPolicy.AUTO,
        marks=_choice(arguments, "marks", Marks, problems) or Marks.AUTO,
        abbreviations=_choice(arguments, "abbr", _YesOrNo, problems) is not _YesOrNo.NO,
        collapse=_choice(arguments, "collapse", _YesOrNo, problems) is not _YesOrNo.NO,
        sort=_choice(arguments, "sort", Sort, problems) or Sort.RELEVANCE,
        by=_choice(arguments, "by", Interval, problems),
        page=_page(arguments, problems),
    )
    if state.first_day and state.last_day and state.first_day > state.last_day:
        problems.append(
            Problem(
                "from",
                gettext(
                    "Ngày bắt đầu đứng sau ngày kết thúc, nên khoảng ngày không được áp dụng."
                ),
                gettext("Đổi chỗ hai ngày"),
                state.within(state.last_day, state.first_day),
            )
        )
        state = state.within(None, None)
    return state, tuple(problems)


def _filters(arguments: Arguments, problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    filters = {}
    for name in FACETS:
        values = [unicodedata.normalize("NFC", v) for v in arguments.getlist(name) if v]
        distinct = tuple(dict.fromkeys(values))
        if len(distinct) > MAX_VALUES:
            message = gettext(
                "Chỉ lọc được tối đa %(most)s giá trị; những giá trị sau bị bỏ.", most=MAX_VALUES
            )
            problems.append(Problem(name, message))
            distinct = distinct[:MAX_VALUES]
        if distinct:
            filters[name] = distinct
    return filters


def _day(arguments: Arguments, name: str, problems: list[Problem]) -> date | None:
    text = arguments.get(name, "").strip()
    try:
        if name == "from":
            return SearchRequest(published_from=text).period.first
        return SearchRequest(published_to=text).period.last
    except RequestError:
        given = _shortened(text)
        if name == "from":
            message = gettext(
                "Ngày bắt đầu “%(text)s” không đọc được. Hãy viết như 2021-04-30.", text=given
            )
        else:
            message = gettext(
                "Ngày kết thúc “%(text)s” không đọc được. Hãy viết như 2021-04-30.", text=given
            )
        problems.append(Problem(name, message))
        return None


def _choice(
    arguments: Arguments, name: str, choices: type[_Choice], problems: list[Problem]
) -> _Choice | None:
    text = arguments.get(name, "")
    if not text:
        return None
    try:
        return choices(text)
    except ValueError:
        known = ", ".join(choices)
        message = gettext(
            "Giá trị “%(text)s” của %(name)s không có; có thể dùng %(known)s.",
            text=_shortened(text),
            name=name,
            known=known,
        )
        problems.append(Problem(name, message))
        return None


def _page(arguments: Arguments, problems: list[Problem]) -> int:
    text = arguments.get("page", "")
    if not text:
        return 1
    if text.isascii() and text.isdigit() and len(text) <= len(str(MAX_PAGE)):
        page = int(text)
        if 1 <= page <= MAX_PAGE:
            return page
    message = gettext("Không có trang “%(text)s”; đang xem trang đầu.", text=_shortened(text))
    problems.append(Problem("page", message))
    return 1


def _shortened(text: str, length: int = 40) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
