"""The two ports of an engine: `Engine` reads an index, `EngineWriter` makes one.

Everything that crosses them is plain data, so that an engine may live in another process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus import Article
from indexer.analysis import AnalyzedBatch
from indexer.engines.completions import Completion, Typed
from indexer.engines.query import Query

Ref = int | str
"""What an engine calls an article; means something only to the engine that gave it."""

Ints = NDArray[np.int64]

MAX_OTHERS = 20
"""How many other articles of its story a hit names at most."""


class Sort(StrEnum):
    """Orders of hits. Undated articles come last in both orders by date.

    Articles that are equal in an order keep the order in which they were indexed.
    """

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Interval(StrEnum):
    """Widths of the bars of a timeline. Days, months and years are those of Vietnam."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Period:
    """Vietnam days from `first` to `last`, both inclusive; `None` leaves that end open.

    An article whose date is known to the month or year only is in a period that overlaps it.
    """

    first: date | None = None
    last: date | None = None


class Bucket(NamedTuple):
    """One value of a facet.

    Attributes:
        value: The value.
        count: How many of the matching articles have it.
        stories: How many different stories those articles tell.
        selected: Whether it is asked for.
    """

    value: str
    count: int  # type: ignore[assignment]
    stories: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one facet among the matches of a search.

    The counts ignore the facet's own filter, so they tell what each further value would bring.

    Attributes:
        name: Name of the facet.
        buckets: The most frequent values, most frequent first, then the selected values that
            are not among them, even where their count is zero.
        other_values: How many values are not listed.
        other_articles: How many articles have at least one value that is not listed.
        missing: How many articles have no value in this facet.
    """

    name: str
    buckets: tuple[Bucket, ...]
    other_values: int = 0
    other_articles: int = 0
    missing: int = 0


class TimelineBar(NamedTuple):
    """The matches of one year, month or day of Vietnam.

    Attributes:
        start: Its first day.
        count: How many of the matching articles were published in it.
        stories: How many different stories those articles tell.
    """

    start: date
    count: int  # type: ignore[assignment]
    stories: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The matches of a search over time.

    Attributes:
        interval: Width of a bar.
        bars: The years, months or days that have matches, oldest first.
        coarser: Matches whose date is known less exactly than `interval`.
        undated: Matches without any date.
    """

    interval: Interval
    bars: tuple[TimelineBar, ...]
    coarser: int = 0
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Recency:
    """A preference for recent articles, as a factor of their scores.

        1 + weight × (2 × 0.5 ** (age / half_life) - 1)

    The age is the days from the publication to `today`, 0 for articles of the future; of a
    date that is known to the month or year only, from its last day. So the newest count
    1 + `weight` fold, those one half-life old once, and the oldest 1 - `weight` fold. Undated
    articles count once.

    Attributes:
        today: The day, in Vietnam, from which ages count.
        half_life: In days; above 0.
        weight: From 0 to 1.
    """

    today: date
    half_life: float
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineRequest:
    """A search, parsed and validated.

    Attributes:
        query: What to match.
        filters: Facet name to accepted values: any of one facet's, for all facets.
        period: Publication days to keep.
        facets: Facets to count.
        facet_size: How many values each of them lists.
        timeline: Width of the bars, if bars are wanted.
        sort: Order of the hits.
        collapse: Whether a story has one hit, however many of its articles match: the one that
            comes first in the order. Counts stay as they are.
        offset: Hits to skip.
        size: Hits to give.
        recency: A preference for recent articles in the scores, if one is wanted.
        timeout: Seconds after which the search is given up; `None` for never.
    """

    query: Query
    filters: Mapping[str, tuple[str, ...]]
    period: Period
    facets: tuple[str, ...] = ()
    facet_size: int = 20
    timeline: Interval | None = None
    sort: Sort = Sort.RELEVANCE
    collapse: bool = False
    offset: int = 0
    size: int = 10
    recency: Recency | None = None
    timeout: float | None = None


class EngineHit(NamedTuple):
    """One matching article. A search makes hundreds of them for its second pass.

    Attributes:
        ref: Names the article to the engine.
        score: How well it matches; higher is better, comparable within one search.
        story: The first publication known of what it tells, whether or not that matches: the
            article itself where it is that, or has no reprint. Hits of one story have one `story`.
        recency: The factor that the recency of the article has in its score.
        similar: How many other matches are of the same story.
        others: The first `MAX_OTHERS` of them, in order of publication.
    """

    ref: Ref
    score: float
    story: Ref
    recency: float = 1.0
    similar: int = 0
    others: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineResult:
    """What an engine found.

    Attributes:
        total: How many articles match the query, the filters and the period; exact.
        stories: How many different stories they tell, an article without a reprint its own.
        hits: The asked-for page of them, or of one for each story.
        facets: The asked-for facets by name, in the order asked for.
        timeline: The bars, if they were asked for.
        approximate: Whether any count of stories is approximate; those of articles never are.
    """

    total: int
    stories: int
    hits: tuple[EngineHit, ...]
    facets: Mapping[str, Facet]
    timeline: Timeline | None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Expansion:
    """The terms that a pattern matches.

    Attributes:
        terms: The most frequent ones, most frequent first, and by their bytes where they are
            equally frequent; as many as were wanted.
        total: How many terms match. More than were wanted may well be too many to search for.
    """

    terms: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where some words stand in some articles: arrays with an item for each occurrence.

    Attributes:
        articles: Place of the article among those that were asked for.
        words: Place of the word among those that were asked for.
        fields: Number of the text field in `indexer.schema.TEXT_FIELDS`.
        positions: Its position. All fields of an article are on one scale, which begins with 0 at
            the first syllable and has gaps between fields and paragraphs that are wider than any
            distance at which words belong together.
        lengths: How many syllables each article has in each text field: a row for each article.
    """

    articles: Ints
    words: Ints
    fields: Ints
    positions: Ints
    lengths: Ints


class Engine(Protocol):
    """Read port: searches one generation of an index. Threads may share an engine."""

    def search(self, request: EngineRequest) -> EngineResult:
        """Match, rank and count.

        Raises:
            SearchTimeoutError: It was not done in the time that the request allows.
        """

    def scan(self, request: EngineRequest) -> Iterator[EngineHit]:
        """Give all matches, from `offset` on, in the order in which `search` pages them.

        They are matched and put in order once, before this returns, however many there are; an
        engine may make the hits themselves as they are asked for. The size of the request, its
        facets and its timeline are not looked at.

        Raises:
            SearchTimeoutError: They were not in order in the time that the request allows.
        """

    def articles(self, refs: Sequence[Ref]) -> Sequence[Article]:
        """Read the articles of some hits, in the order of their references."""

    def occurrences(
        self,
        refs: Sequence[Ref],
        words: Sequence[tuple[str, ...]],
        timeout: float | None = None,
    ) -> Occurrences:
        """Find where words stand in the articles of some hits.

        Args:
            refs: The references of the articles, each once.
            words: For each word its forms, which are terms of the text fields.
            timeout: Seconds after which it is given up; `None` for never.

        Returns:
            All occurrences, in any order.

        Raises:
            SearchTimeoutError: It was not done in that time.
        """

    def article(self, article_id: str) -> Article | None:
        """Give an article by its id, or `None` where the index has no such article."""

    def story(self, article_id: str) -> Sequence[Article]:
        """Give all articles of a story: the first publication known, then by date.

        Undated articles come last; those of one date keep the order in which they were indexed.

        Args:
            article_id: Id of any of them. Where the index has no such article, none is given.
        """

    def article_count(self) -> int:
        """Give the number of articles."""

    def forms(self, bare: str) -> Sequence[str]:
        """Give the terms of the text fields that read `bare` once all marks are taken off."""

    def compounds(self, bare: str) -> Sequence[str]:
        """Give the compounds that read `bare` once all marks are taken off.

        Args:
            bare: Syllables without marks, joined with `_`.
        """

    def expand(self, pattern: str, limit: int, *, bare: bool = False) -> Expansion:
        """Give the terms of the text fields that match a pattern as a whole.

        Args:
            pattern: A term in its normal form, in which `*` stands for any characters, also none,
                and `?` for any one.
            limit: The most terms to give.
            bare: Whether marks are ignored: the pattern, which has none then, is compared with
                the terms after all marks are taken off.
        """

    def frequencies(self, terms: Sequence[str]) -> Sequence[int]:
        """Give for each of some terms how many articles hold it in any text field.

        A compound is named by its syllables, joined with `_`.
        """

    def values(self, facet: str) -> Sequence[Bucket]:
        """Give all values of a facet, most frequent first, none of them selected."""

    def pair_counts(self, pairs: Sequence[tuple[str, str]]) -> Sequence[int]:
        """Give for each of some pairs of terms about how often the two are found side by side.

        An engine may give 0 for what is rare, and may count deleted articles for a while.
        """

    def completions(
        self, typed: Typed, words: int, titles: int, timeout: float | None = None
    ) -> Sequence[Completion]:
        """Give what begins as typed, or has it later on.

        Args:
            typed: What is typed; at least one syllable or a part of one.
            words: The most words and phrases to give: the most frequent ones.
            titles: The most titles: first those that begin as typed, then the shorter ones. Where
                very many titles have it, it is enough to look at a part of them.
            timeout: Seconds after which it is given up; `None` for never.

        Raises:
            SearchTimeoutError: It was not done in that time.
        """

    def close(self) -> None:
        """Release files and memory. The engine cannot be used afterwards."""


class EngineWriter(Protocol):
    """Write port: fills one new generation of an index."""

    def add(self, batch: AnalyzedBatch) -> None:
        """Add articles after those added before."""

    def finish(self, *, superseded: Sequence[int]) -> None:
        """Make the generation complete and durable.

        Args:
            superseded: Ordinals, counted from 0 in the order of `add`, of articles that a
                later article with the same id replaces.
        """

    def abort(self) -> None:
        """Give up; whatever was written is worthless."""
