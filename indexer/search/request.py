"""What can be asked of an index."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from corpus import CorpusError, PublicationDate
from indexer.engines.base import Interval, Period, Sort
from indexer.errors import RequestError
from indexer.schema import FACETS
from indexer.search.marks import Marks
from indexer.search.ranking.policy import MatchPolicy
from indexer.search.syntax import visible

MAX_SIZE = 1_000
"""The most hits that one page of results may hold."""

MAX_FACET_SIZE = 1_000_000
"""The most values that one facet may list."""

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question to an index.

    Args:
        query: What the user typed. An empty query matches every article. Characters that show
            nothing (control characters, marks of direction) are left out of it.
        filters: Facet name to the values of which an article must have one; different facets
            must all hold. Names are those of `indexer.FACETS`.
        published_from: First day, in Vietnam, of the wanted period; a text may name a month or a
            year (`"2021-04"`), whose first day is meant.
        published_to: Last day of the period, inclusive; of a month or a year its last day.
            An article whose date is known to the month or year only is in a period that
            overlaps it. Undated articles are in no period.
        facets: Names of the facets to count.
        facet_size: How many values a facet lists, most frequent first.
        timeline: `"year"`, `"month"` or `"day"` to count the matches over time.
        sort: `"relevance"`, `"newest"` or `"oldest"`. A query that wants no word (an empty one, or
            one of nothing but excluded parts, dates and values of facets) has no relevance: sorted
            by it, the newest come first.
        match: How many of the freely typed words an article must hold: `"all"`, `"most"` (at
            least 60 % of them, and all of up to three), `"any"`, or `"auto"`: all where at least
            10 articles hold all, not just their syllables here and there, and most otherwise; in
            an order by date, all. Phrases bind whatever is said here.
        collapse: Whether a story has one hit, however many of its articles match: the best of
            them in the order asked for. `offset` and `size` then count stories. It is off unless
            asked for, since who reads all pages of a result expects all articles of its `total`.
        recency: How much recent articles are preferred, from 0 to 1, in an order by relevance.
            Scores are multiplied by `1 + recency × (2 × 0.5 ** (age / recency_half_life) - 1)`;
            undated articles by 1.
        recency_half_life: In days.
        offset: How many hits to skip.
        size: How many hits to give, at most `MAX_SIZE`.
        marks: `"auto"`: in a query with any mark or đ, an unmarked syllable means itself, and a
            partly marked one that no article has is completed; each syllable of a query without
            any mark stands for all its forms. `"exact"`: every syllable means itself. `"free"`:
            every syllable also stands for the forms that have more marks.
        abbreviations: Whether an abbreviation is also looked for as what it stands for (`UBND`,
            `ủy ban nhân dân`), and the other way round. Phrases, the words beside `NEAR`,
            patterns and what is excluded mean only what they say.
        strict: Whether a mistake in the query text is an error. Otherwise it is read as words, and
            the result has a notice of it.
        timeout: Seconds after which the search is given up with `SearchTimeoutError`, from the
            reading of the query to the last snippet; `None` for never.

    Raises:
        RequestError: An option's value has no meaning; the error names it.
    """

    query: str = ""
    filters: Mapping[str, Collection[str]] = field(default_factory=dict)
    published_from: date | str | None = None
    published_to: date | str | None = None
    facets: tuple[str, ...] = ()
    facet_size: int = 20
    timeline: Interval | str | None = None
    sort: Sort | str = Sort.RELEVANCE
    offset: int = 0
    size: int = 10
    marks: Marks | str = Marks.AUTO
    abbreviations: bool = True
    strict: bool = False
    timeout: float | None = None
    match: MatchPolicy | str = MatchPolicy.AUTO
    collapse: bool = False
    recency: float = 0.0
    recency_half_life: float = 365.0

    def __post_init__(self) -> None:
        set_field = object.__setattr__
        if not isinstance(self.query, str):
            raise RequestError("query", f"must be a text, not {self.query!r}")
        if isinstance(self.facets, str):
            raise RequestError("facets", f"takes a list of names, not the text {self.facets!r}")
        set_field(self, "query", visible(self.query))
        set_field(self, "filters", _checked_filters(self.filters))
        set_field(self, "published_from", _day("published_from", self.published_from))
        set_field(self, "published_to", _day("published_to", self.published_to))
        set_field(self, "facets", tuple(dict.fromkeys(self.facets)))
        for name in self.facets:
            _check_facet("facets", name)
        if self.timeline is not None:
            set_field(self, "timeline", _choice("timeline", self.timeline, Interval))
        set_field(self, "sort", _choice("sort", self.sort, Sort))
        set_field(self, "marks", _choice("marks", self.marks, Marks))
        set_field(self, "match", _choice("match", self.match, MatchPolicy))
        if not isinstance(self.collapse, bool):
            raise RequestError("collapse", f"must be True or False, not {self.collapse!r}")
        _check_number("recency", self.recency, 0, 1)
        _check_number("recency_half_life", self.recency_half_life, 1, 1e6)
        _check_range("facet_size", self.facet_size, 0, MAX_FACET_SIZE)
        _check_range("offset", self.offset, 0, None)
        _check_range("size", self.size, 0, MAX_SIZE)
        _check_timeout(self.timeout)
        period = self.period
        if period.first and period.last and period.first > period.last:
            raise RequestError(
                "published_from",
                f"{period.first} comes after {{other}}, {period.last}; exchange the two",
                other="published_to",
            )

    @property
    def period(self) -> Period:
        """The wanted publication days."""
        first, last = self.published_from, self.published_to
        assert not isinstance(first, str)  # noqa: S101 - __post_init__ made it a day
        assert not isinstance(last, str)  # noqa: S101
        return Period(first, last)


def _checked_filters(filters: Mapping[str, Collection[str]]) -> dict[str, tuple[str, ...]]:
    checked = {}
    if not isinstance(filters, Mapping):
        raise RequestError("filters", "takes a mapping of facet names to lists of values")
    for name, values in filters.items():
        _check_facet("filters", name)
        if isinstance(values, str) or not all(isinstance(value, str) for value in values):
            raise RequestError("filters", f"{name} takes a list of texts, not {values!r}")
        if distinct := tuple(dict.fromkeys(unicodedata.normalize("NFC", v) for v in values)):
            checked[name] = distinct
    return checked


def _check_facet(option: str, name: str) -> None:
    if name not in FACETS:
        raise RequestError(option, f"no facet is named {name!r}; there are {', '.join(FACETS)}")


def _check_range(option: str, value: int, low: int, high: int | None) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise RequestError(option, f"must be a whole number, not {value!r}")
    if value < low or (high is not None and value > high):
        wanted = f"at least {low}" if high is None else f"from {low} to {high}"
        raise RequestError(option, f"must be {wanted}, not {value}")


def _check_timeout(value: float | None) -> None:
    if value is None:
        return
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise RequestError("timeout", f"must be a number of seconds, not {value!r}")
    if not 0 < value < math.inf:
        raise RequestError("timeout", f"must be more than 0 seconds, not {value}")


def _check_number(option: str, value: float, low: float, high: float) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise RequestError(option, f"must be a number, not {value!r}")
    if not low <= value <= high:
        raise RequestError(option, f"must be from {low:g} to {high:g}, not {value}")


def _choice(option: str, value: str, choices: type[_Choice]) -> _Choice:
    try:
        return choices(value)
    except ValueError:
        raise RequestError(option, f"must be one of {', '.join(choices)}, not {value!r}") from None


def _day(option: str, value: date | str | None) -> date | None:
    if isinstance(value, str) and not value.strip():
        return None
    if not isinstance(value, str | datetime):
        if value is not None and not isinstance(value, date):
            raise RequestError(option, f"must be a date or a text such as 2021-04, not {value!r}")
        return value
    try:
        # A moment is a date to Python, but its day is that of Vietnam.
        known = (
            PublicationDate.parse(value) if isinstance(value, str) else PublicationDate.at(value)
        )
    except CorpusError as error:
        raise RequestError(option, str(error)) from error
    return known.first_day if option == "published_from" else known.last_day
