"""What a search gives back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from corpus import Article, PublicationDate
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
    """

    article: Article
    score: float
    headline: Passage
    snippet: Snippet
    missing: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()

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
            "id": self.id,
            "title": self.title,
            "url": self.url,
            "source": self.source,
            "section": self.section,
            "published": self.published.isoformat() if self.published else None,
            "score": round(self.score, 6),
            "snippet": self.snippet.html,
            "missing": list(self.missing),
            "reasons": [reason.to_dict() for reason in self.reasons],
        }


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a `SearchRequest`.

    Attributes:
        query: The query text as asked.
        total: How many articles match; exact.
        hits: The asked-for page of them, best first.
        facets: The asked-for facets by name.
        timeline: The matches over time, if asked for.
        took_ms: Time from the request to this answer, in milliseconds.
        match: How many of the freely typed words the hits had to hold: `ALL`, `MOST` or `ANY`.
        with_all: How many articles hold all of them.
        with_most: How many hold most of them, where that was looked at: for `MOST`, and for
            `ALL` where most brought no further article.
        notices: Where the query was read otherwise than typed, and why.
        understood: The query as it was understood, in the query language itself.
    """

    query: str
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Facet]
    timeline: Timeline | None
    took_ms: float
    match: MatchPolicy = MatchPolicy.ALL
    with_all: int = 0
    with_most: int | None = None
    notices: tuple[Notice, ...] = ()
    understood: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Give the result as JSON-ready data.

        `facets` maps a name to `{value, count}` objects; `timeline` is a list of `{start, count}`
        objects, whose dates are the first day of each bar. Matches that no bar can hold are
        counted in `timeline_coarser` and `timeline_undated`.
        """
        timeline = self.timeline
        return {
            "query": self.query,
            "total": self.total,
            "took_ms": round(self.took_ms, 3),
            "match": self.match,
            "with_all": self.with_all,
            "with_most": self.with_most,
            "notices": [asdict(notice) for notice in self.notices],
            "understood": self.understood,
            "hits": [hit.to_dict() for hit in self.hits],
            "facets": {
                name: [{"value": b.value, "count": b.count} for b in facet.buckets]
                for name, facet in self.facets.items()
            },
            "timeline": [
                {"start": bar.start.isoformat(), "count": bar.count}
                for bar in (timeline.bars if timeline else ())
            ],
            "timeline_coarser": timeline.coarser if timeline else 0,
            "timeline_undated": timeline.undated if timeline else 0,
        }


@dataclass(frozen=True, slots=True)
class Scan:
    """All articles that a `SearchRequest` finds; iterating over it reads them, once.

    Attributes:
        total: How many articles match; exact.
        articles: Those from the offset of the request on, in the order in which a search pages
            them, each once.
        match: How many of the freely typed words they had to hold: `ALL`, `MOST` or `ANY`.
        notices: Where the query was read otherwise than typed, and why.
    """

    total: int
    articles: Iterator[Article]
    match: MatchPolicy
    notices: tuple[Notice, ...] = ()

    def __iter__(self) -> Iterator[Article]:
        return self.articles
