"""What is answered: the models from which the OpenAPI document is generated.

Answers are made of what the library gives (`SearchResult.to_dict` and its like); the tests hold
the two together.
"""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from indexer import CorrectionKind, MatchPolicy, NoticeKind, ReasonKind, SuggestionKind


class Answer(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(frozen=True)


class Reason(Answer):
    """How a word of the query stands in an article."""

    word: str = Field(description="The word as typed.")
    kind: ReasonKind
    found: list[str] = Field(description="As what it stands there, where not as typed.")
    field: str | None = Field(description="The part of the article in which it was looked for.")


class HitLinks(Answer):
    """Where to read on."""

    article: str = Field(description="The whole article, in this API.")
    page: str = Field(description="Its page for readers.")


class Reprint(Answer):
    """Another article of the story of a hit."""

    id: str
    title: str
    url: str
    source: str
    section: str
    published: str | None


class Hit(Answer):
    """An article that was found."""

    id: str
    title: str
    url: str = Field(description="Address of the original, or empty.")
    source: str = Field(description="The paper, or empty.")
    section: str
    published: str | None = Field(
        description="ISO 8601, as exactly as it is known: `2021`, `2021-04`, `2021-04-08`, or "
        "with a time."
    )
    score: float = Field(description="Comparable within one answer only.")
    snippet: str = Field(description="HTML: passages of the text, matches in `mark` elements.")
    missing: list[str] = Field(description="Words of the query that it lacks.")
    reasons: list[Reason]
    earliest: bool = Field(
        description="Whether no article of its story is known to be published before it."
    )
    similar: int = Field(description="How many other matches are of the same story.")
    others: list[Reprint] = Field(description="The first of them, where a story is one hit.")
    links: HitLinks


class Notice(Answer):
    """Where the query was read otherwise than typed."""

    code: str
    kind: NoticeKind
    message_vi: str
    message_en: str
    start: int = Field(description="Place in the query, in characters from 0.")
    end: int
    mend: str | None = Field(description="The whole query with this mended.")


class Correction(Answer):
    """Another query that may have been meant."""

    query: str
    kind: CorrectionKind
    count: int = Field(description="How many articles it finds.")


class Count(Answer):
    """A value of a facet."""

    value: str
    count: int = Field(description="How many of the matching articles have it.")
    stories: int = Field(description="How many different stories those tell.")


class Bar(Answer):
    """A year, month or day."""

    start: date = Field(description="Its first day, in Vietnam.")
    count: int = Field(description="How many of the matching articles were published then.")
    stories: int = Field(description="How many different stories those tell.")


class PageLinks(Answer):
    """This answer and the next one."""

    self: str
    next: str | None


class SearchAnswer(Answer):
    """The answer to a search."""

    query: str = Field(description="The query as it was searched for; positions count in it.")
    total: int = Field(description="How many articles match; exact.")
    stories: int = Field(description="How many different stories they tell.")
    stories_approximate: bool = Field(
        description="Whether counts of stories are approximate, as they may be in large clusters."
    )
    took_ms: float
    match: MatchPolicy = Field(description="How many of the words the hits had to hold.")
    with_all: int = Field(description="How many articles hold all words.")
    with_most: int | None
    notices: list[Notice]
    understood: str = Field(description="The query as it was understood.")
    hits: list[Hit]
    facets: dict[str, list[Count]]
    timeline: list[Bar]
    timeline_coarser: int = Field(description="Matches dated less exactly than the bars.")
    timeline_undated: int
    corrections: list[Correction] = Field(description="Looked for where nothing is found.")
    generation: str = Field(description="State of the index that was searched.")
    cursor: str | None = Field(description="Where to read on; null at the end.")
    links: PageLinks


class Suggestion(Answer):
    """What somebody may be typing."""

    text: str
    kind: SuggestionKind
    count: int
    article_id: str | None = Field(description="The article of a title.")


class SuggestAnswer(Answer):
    """Suggestions, the best first."""

    prefix: str
    suggestions: list[Suggestion]


class MarkedText(Answer):
    """The text of an article as HTML, with the matches of a query in `mark` elements."""

    title: str
    lead: str | None
    body: list[str]
    captions: list[str]


class ArticleLinks(Answer):
    """Where to read on."""

    self: str
    related: str
    page: str


class ArticleAnswer(Answer):
    """A whole article."""

    id: str
    title: str
    lead: str
    body: list[str] = Field(description="Paragraphs.")
    captions: list[str]
    authors: list[str]
    source: str
    url: str
    section: str
    published: str | None
    tags: list[str]
    topic: str
    photographers: list[str]
    credited: list[str]
    marked: MarkedText | None = Field(description="Where a query was given.")
    links: ArticleLinks


class RelatedAnswer(Answer):
    """Articles like one, the most similar first."""

    id: str
    related: list[Hit]


class FacetValue(Answer):
    """A value of a facet."""

    value: str
    count: int = Field(description="Articles that have it, whatever is chosen in its own facet.")
    stories: int = Field(description="How many different stories those tell.")
    selected: bool


class FacetAnswer(Answer):
    """Values of a facet among the articles that match a search."""

    name: str
    values: list[FacetValue]
    other_values: int = Field(description="How many values are not listed.")
    other_articles: int | None = Field(
        description="How many articles have any value that is not listed; null with `contains`."
    )
    missing: int = Field(description="How many articles have no value.")


class Limits(Answer):
    """What no request may exceed."""

    query_characters: int
    size: int
    offset: int
    values: int = Field(description="Values of one filter.")
    export_articles: int | None = Field(description="Articles of an export; null: all.")
    cursor_seconds: int = Field(description="How long a cursor is good once the index changed.")


class InfoAnswer(Answer):
    """What is searched."""

    name: str
    version: str
    articles: int
    generation: str
    created: datetime = Field(description="When this state of the index was completed.")
    facets: list[str]
    limits: Limits


class InvalidParameter(Answer):
    """A parameter that has no meaning."""

    parameter: str
    message: str


class Problem(BaseModel):
    """What went wrong (RFC 9457), and how to mend it."""

    model_config = ConfigDict(frozen=True)

    type: str = Field(description="Names the kind of problem, and leads to its explanation.")
    title: str
    status: int
    detail: str
    detail_vi: str | None = Field(None, description="The detail in Vietnamese.")
    query: str | None = Field(None, description="The query text in which places count.")
    position: int | None = Field(
        None, description="Where the wrong part of the query begins, in characters from 0."
    )
    length: int | None = Field(None, description="How many characters that part has.")
    part: str | None = Field(None, description="That part.")
    mend: str | None = Field(None, description="The whole query with the mistake mended.")
    errors: list[InvalidParameter] | None = Field(
        None, description="All parameters that have no meaning."
    )
    restart: str | None = Field(None, description="Where to begin again.")
