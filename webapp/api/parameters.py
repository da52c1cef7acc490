"""What can be asked: the parameters of each endpoint.

Search parameters have the names and meanings that they have in the address of the search page.
Unlike the page, the API refuses what has no meaning instead of leaving it out.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from indexer import FACETS, Interval, Marks, MatchPolicy, SearchRequest, Sort
from webapp.exporting import ExportFormat
from webapp.url_state import MAX_VALUES, SearchState

MAX_QUERY: Final = 2_000
"""The longest query text, in characters."""

MAX_SIZE: Final = 100
"""The most hits that one answer holds."""

MAX_OFFSET: Final = 10_000
"""The greatest offset; whoever wants more reads on by cursor."""

MAX_FACET_VALUES: Final = 10_000
"""The most values that a facet lists."""

_YEAR: Final = "(?:1[89]|20)[0-9]{2}"
_LEAP_YEAR: Final = "(?:(?:1[89]|20)(?:0[48]|[2468][048]|[13579][26])|2000)"
DAY_PATTERN: Final = (
    f"^(?:{_YEAR}(?:-(?:0[1-9]|1[0-2]))?"
    f"|{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    f"|{_YEAR}-(?:0[13-9]|1[0-2])-(?:29|30)"
    f"|{_YEAR}-(?:0[13578]|1[02])-31"
    f"|{_LEAP_YEAR}-02-29)$"
)
"""The days that there are from 1800 to 2099, and their months and years."""


class FacetName(StrEnum):
    """The facets by which results are counted and filtered."""

    SOURCE = "source"
    TOPIC = "topic"
    SECTION = "section"
    AUTHOR = "author"
    TAG = "tag"
    CREDITED = "credited"
    PHOTOGRAPHER = "photographer"


def _whole_number(value: object) -> object:
    # Pydantic would also read 1_000, +1 and 1.0.
    if isinstance(value, str) and not (value.isascii() and value.isdigit() and len(value) <= 9):
        raise ValueError("must be a whole number")
    return value


def _day(value: str | None) -> str | None:
    if value is not None and not re.fullmatch(DAY_PATTERN, value):
        raise ValueError("must be a day such as 2021-04-08, a month (2021-04) or a year (2021)")
    return value


def _matching(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern}


Number = Annotated[int, BeforeValidator(_whole_number)]
YesNo = Literal["0", "1"]
Day = Annotated[str | None, AfterValidator(_day), WithJsonSchema(_matching(DAY_PATTERN))]
CursorText = Annotated[
    Annotated[str, Field(pattern="^[A-Za-z0-9_-]{1,300}$")] | None,
    WithJsonSchema(_matching("^[A-Za-z0-9_-]{1,300}$")),
]
Values = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=500)]], Field(max_length=MAX_VALUES)
]


class Parameters(BaseModel):
    """Parameters of one endpoint; others are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    # The framework asks for it at each request, and Pydantic makes it anew each time.
    @classmethod
    @cache
    def model_json_schema(cls, *args: Any, **options: Any) -> dict[str, Any]:  # type: ignore[override]
        """Give the JSON schema of the parameters."""
        return super().model_json_schema(*args, **options)


class Question(Parameters):
    """What is looked for: a query, filters, a period, and how they are read."""

    q: str = Field(
        "",
        max_length=MAX_QUERY,
        description="Query text, in the query language of timbao. Empty: every article.",
        examples=["bầu cử đại biểu"],
    )
    source: Values = Field([], description="Papers; any of them.")
    topic: Values = Field([], description="Topics; any of them.")
    section: Values = Field([], description="Sections of papers; any of them.")
    author: Values = Field([], description="Authors; any of them.")
    tag: Values = Field([], description="Key words; any of them.")
    credited: Values = Field([], description="Papers and agencies that are credited; any of them.")
    photographer: Values = Field([], description="Photographers; any of them.")
    first_day: Day = Field(
        None,
        alias="from",
        description="First day, in Vietnam: `2021-04-08`; `2021-04` and `2021` mean their first.",
        examples=["2021-04"],
    )
    last_day: Day = Field(
        None, alias="to", description="Last day, inclusive; `2021-04` and `2021` mean their last."
    )
    match: MatchPolicy = Field(
        MatchPolicy.AUTO,
        description="How many words an article must hold. `auto`: all where that gives ten "
        "articles, else most; in an order by date and in exports, all.",
    )
    marks: Marks = Field(
        Marks.AUTO, description="Whether a syllable also means those with more marks."
    )
    abbr: YesNo = Field(
        "1", description="`0`: abbreviations are not looked for as what they stand for."
    )
    collapse: YesNo = Field("0", description="`1`: of each story only the first article.")
    sort: Sort = Field(Sort.RELEVANCE, description="Order of the articles.")
    strict: YesNo = Field(
        "0", description="`1`: a mistake in the query is an error instead of a notice."
    )

    def state(self) -> SearchState:
        """Give the state of the search page that shows the same.

        Raises:
            RequestError: The period ends before it begins.
        """
        period = SearchRequest(published_from=self.first_day, published_to=self.last_day).period
        filters = {
            name: tuple(dict.fromkeys(unicodedata.normalize("NFC", value) for value in values))
            for name in FACETS
            if (values := getattr(self, name))
        }
        return SearchState(
            query=unicodedata.normalize("NFC", self.q.strip()),
            filters=filters,
            first_day=period.first,
            last_day=period.last,
            match=self.match,
            marks=self.marks,
            abbreviations=self.abbr == "1",
            collapse=self.collapse == "1",
            sort=self.sort,
        )

    def request(self, *, timeout: float, **wanted: Any) -> SearchRequest:
        """Give the question that is put to an index.

        Args:
            timeout: In seconds.
            wanted: What is wanted of what is found: size, offset, facets, and so on.

        Raises:
            RequestError: The period ends before it begins.
        """
        request = self.state().request(page_size=0, facets=())
        return replace(request, strict=self.strict == "1", timeout=timeout, **wanted)


class SearchParameters(Question):
    """Parameters of a search."""

    collapse: YesNo = Field(
        "1",
        description="`1`: a story is one hit, and its other articles are in `others`; `0`: every "
        "article is a hit. Counts are the same.",
    )
    size: Number = Field(10, ge=0, le=MAX_SIZE, description="How many hits to give.")
    offset: Number = Field(
        0, ge=0, le=MAX_OFFSET, description="How many hits to skip; to read on, use `cursor`."
    )
    cursor: CursorText = Field(
        None,
        description="Where to read on: `cursor` of the answer before, with the same search. It "
        "is good for a few minutes after the index has changed, and gives every match once.",
    )
    facet: list[FacetName] = Field([], max_length=len(FacetName), description="Facets to count.")
    facet_size: Number = Field(20, ge=0, le=1_000, description="Values that a facet lists.")
    by: Annotated[
        Interval | None, WithJsonSchema({"type": "string", "enum": [str(i) for i in Interval]})
    ] = Field(None, description="Width of the bars of the timeline; without it, there is none.")


class SuggestParameters(Parameters):
    """Parameters of suggestions."""

    q: str = Field(
        "",
        max_length=200,
        description="What is typed so far; marks may lack.",
        examples=["duong s"],
    )
    size: Number = Field(8, ge=1, le=50, description="How many suggestions at most.")


class ArticlePath(Parameters):
    """The place of an article."""

    id: str = Field(
        min_length=1,
        description="Id of the article. Slashes stay; a part between them that is empty, `.` or "
        "`..`, or begins with a tilde, and a last part `related`, get a tilde in front.",
    )


class ArticleParameters(Parameters):
    """Parameters of an article."""

    q: str = Field("", max_length=MAX_QUERY, description="A query to mark in the text.")
    marks: Marks = Field(Marks.AUTO, description="How its syllables are read.")
    abbr: YesNo = Field("1", description="`0`: without abbreviations.")


class RelatedParameters(Parameters):
    """Parameters of related articles."""

    size: Number = Field(5, ge=1, le=50, description="How many articles at most.")


class FacetPath(Parameters):
    """The place of a facet."""

    name: FacetName = Field(description="Name of the facet.")


class FacetParameters(Question):
    """Parameters of the values of a facet."""

    size: Number = Field(20, ge=0, le=MAX_FACET_VALUES, description="How many values at most.")
    contains: str = Field(
        "",
        max_length=200,
        description="Only values that contain this, whatever its case and marks.",
    )


class ExportParameters(Question):
    """Parameters of an export."""

    format: ExportFormat = Field(
        ExportFormat.JSONL, description="A table (RFC 4180), JSON Lines, or BibTeX."
    )
    bom: YesNo = Field(
        "0",
        description="`1`: a table has a byte order mark, by which spreadsheets know UTF-8.",
    )
