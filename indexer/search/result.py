"""What a search gives back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from corpus import Article, Precision, PublicationDate
from indexer.engines.base import Facet, Timeline
from indexer.search.passages import Passage, Snippet
from indexer.search.ranking.policy import MatchPolicy
from indexer.search.reasons import Reason
from indexer.search.syntax import Notice


@dataclass(frozen=True, slots=True)
class Hit:
    """One matching article.

    Attributes:
        article: The whole article, as it was read from the corpus.
        score: How well it matches; higher is better, comparable within one result only.
        headline: The title with its matches.
        snippet: The best passages of the text with their matches.
        missing: The freely typed words, as typed, that the article lacks.
        reasons: How each word of the query stands in the article.
        earliest: Whether the article is the first publication known of its story. It is that also
            where it has no reprint.
        similar: How many other matching articles tell the same story.
        others: In a collapsed result, those of them that were published first, at most
            `MAX_OTHERS`; `Index.story` gives the whole story.
    """

    article: Article
    score: float
    headline: Passage
    snippet: Snippet
    missing: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    earliest: bool = True
    similar: int = 0
    others: tuple[Article, ...] = ()

    @property
    def id(self) -> str:
        """The article's id."""
        return self.article.id

    @property
    def title(self) -> str:
        """The article's title."""
        return self.article.title

    @property
    def url(self) -> str:
        """The article's address, or an empty text."""
        return self.article.url

    @property
    def source(self) -> str:
        """The paper, or an empty text."""
        return self.article.source

    @property
    def section(self) -> str:
        """The paper's section, or an empty text."""
        return self.article.section

    @property
    def published(self) -> PublicationDate | None:
        """When it was published, as exactly as is known."""
        return self.article.published

    def to_dict(self) -> dict[str, Any]:
        """Give the hit as JSON-ready data; `published` is ISO 8601 at its precision."""
        return {
            **summary(self.article),
            "score": round(self.score, 6),
            "snippet": self.snippet.html,
            "missing": list(self.missing),
            "reasons": [reason.to_dict() for reason in self.reasons],
            "earliest": self.earliest,
            "similar": self.similar,
            "others": [summary(article) for article in self.others],
        }


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that tell the same: one, and what was reprinted from it.

    Attributes:
        articles: The first publication known, then the others by date, undated ones last.
    """

    articles: tuple[Article, ...]

    @property
    def earliest(self) -> Article:
        """The first publication known: the earliest date, or the first in the index."""
        return self.articles[0]

    @property
    def certain(self) -> bool:
        """Whether the dates leave no doubt that it is the first.

        A date of which only the month is known may be that of any day of it, articles of one day
        may have come in any order, and undated ones at any time.
        """
        first, *others = (article.published for article in self.articles)
        return all(first and other and _before(first, other) for other in others)

    def to_dict(self) -> dict[str, Any]:
        """Give the story as JSON-ready data; `earliest` is an id."""
        return {
            "earliest": self.earliest.id,
            "certain": self.certain,
            "articles": [summary(article) for article in self.articles],
        }


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a `SearchRequest`.

    Attributes:
        query: The query text as asked; notices tell places in it.
        total: How many articles match; exact.
        stories: How many different stories they tell. Articles that were printed again,
            cut, retitled or added to are one story; an article without a reprint is its own.
        hits: The asked-for page of them, best first; one for each story if it is collapsed.
        facets: The asked-for facets by name.
        timeline: The matches over time, if asked for.
        took_ms: Time from the request to this answer, in milliseconds.
        match: How many of the freely typed words the hits had to hold: `ALL`, `MOST` or `ANY`.
        with_all: How many articles hold all of them.
        with_most: How many hold most of them, where that was looked at: for `MOST`, and for
            `ALL` where most brought no further article.
        notices: What is wrong with the query, and where it was read otherwise than typed.
        understood: The query as it was understood, in the query language itself: asking it gives
            the same result.
        stories_approximate: Whether any count of stories is approximate, as OpenSearch gives it
            beyond 40,000 stories with reprints; counts of articles are always exact.
    """

    query: str
    total: int
    stories: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Facet]
    timeline: Timeline | None
    took_ms: float
    match: MatchPolicy = MatchPolicy.ALL
    with_all: int = 0
    with_most: int | None = None
    notices: tuple[Notice, ...] = ()
    understood: str = ""
    stories_approximate: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Give the result as JSON-ready data.

        `facets` maps a name to `{value, count, stories}` objects; `timeline` is a list of
        `{start, count, stories}` objects, whose dates are the first day of each bar. Matches that
        no bar can hold are counted in `timeline_coarser` and `timeline_undated`.
        """
        timeline = self.timeline
        return {
            "query": self.query,
            "total": self.total,
            "stories": self.stories,
            "stories_approximate": self.stories_approximate,
            "took_ms": round(self.took_ms, 3),
            "match": self.match,
            "with_all": self.with_all,
            "with_most": self.with_most,
            "notices": [asdict(notice) for notice in self.notices],
            "understood": self.understood,
            "hits": [hit.to_dict() for hit in self.hits],
            "facets": {
                name: [
                    {"value": b.value, "count": b.count, "stories": b.stories}
                    for b in facet.buckets
                ]
                for name, facet in self.facets.items()
            },
            "timeline": [
                {"start": bar.start.isoformat(), "count": bar.count, "stories": bar.stories}
                for bar in (timeline.bars if timeline else ())
            ],
            "timeline_coarser": timeline.coarser if timeline else 0,
            "timeline_undated": timeline.undated if timeline else 0,
        }


def _before(first: PublicationDate, other: PublicationDate) -> bool:
    exact = first.precision is other.precision is Precision.TIME
    return first.start < other.start if exact else first.last_day < other.first_day


def summary(article: Article) -> dict[str, Any]:
    """Give what names an article as JSON-ready data."""
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "source": article.source,
        "section": article.section,
        "published": article.published.isoformat() if article.published else None,
    }


@dataclass(frozen=True, slots=True)
class Scan:
    """All articles that a `SearchRequest` finds; iterating over it reads them, once.

    Attributes:
        total: How many articles match; exact.
        stories: How many different stories they tell; exact.
        articles: Those from the offset of the request on, in the order in which a search pages
            them, each once; of a story only the first one if the request says so.
        match: How many of the freely typed words they had to hold: `ALL`, `MOST` or `ANY`.
        notices: Where the query was read otherwise than typed, and why.
    """

    total: int
    stories: int
    articles: Iterator[Article]
    match: MatchPolicy
    notices: tuple[Notice, ...] = ()

    def __iter__(self) -> Iterator[Article]:
        return self.articles
