"""An open index: the query library."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Final, Self

from corpus import VIETNAM, Article
from indexer.analysis import Abbreviations
from indexer.deadline import NO_DEADLINE, Deadline
from indexer.engines.base import Engine, EngineRequest, Interval, Period, Recency, Ref, Sort
from indexer.engines.generation import Generation
from indexer.engines.query import MatchAll
from indexer.errors import IndexUnusableError
from indexer.schema import TEXT_FIELDS
from indexer.search.assistance import Correction, Corrector, Suggestion, related_query, suggest
from indexer.search.compiling import Compiled, EngineVocabulary, Options, compile_query
from indexer.search.counting import count_articles
from indexer.search.highlighter import Highlighter
from indexer.search.marks import Marks
from indexer.search.paragraphs import Paragraph, paragraphs_of
from indexer.search.passages import MarkedArticle, Passage
from indexer.search.ranking import MatchPolicy, Plan, RankedHit, Ranker, compose
from indexer.search.reasons import ReasonFinder
from indexer.search.request import SearchRequest
from indexer.search.result import Hit, Scan, SearchResult, Story
from indexer.search.snippets import make_snippet
from indexer.search.syntax import Parsed, Pattern, leaves, parse, visible

_READ_AT_ONCE: Final = 50
"""So many articles of a scan are held at a time."""


class Index:
    """One generation of an index, open for searching. Threads may share it.

    A writer that changes the index does not disturb it: it goes on with its own generation, and
    `current` tells that there is a newer one. Make it with `open_index`; close it, or use it as
    a context manager.

    Attributes:
        directory: Folder of the index, or its address.
        generation: Name of the generation.
        created: When the generation was completed; timezone-aware.
    """

    def __init__(
        self, snapshot: Generation, engine: Engine, abbreviations: Abbreviations | None = None
    ) -> None:
        self.directory = snapshot.directory
        self.generation = snapshot.generation
        self.created: datetime = snapshot.created_at
        self._snapshot = snapshot
        self._engine = engine
        self._ranker = Ranker(engine)
        self._vocabulary = EngineVocabulary(engine, lambda: snapshot.segmenter)
        self._own_abbreviations = abbreviations
        self._closed = False

    @property
    def article_count(self) -> int:
        """How many articles the index holds."""
        self._check_open()
        return self._engine.article_count()

    @property
    def current(self) -> bool:
        """Whether this is still the generation that `open_index` would open."""
        return self._snapshot.is_current()

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer a request.

        Raises:
            QueryError: The query text cannot be searched.
            SearchTimeoutError: The search was not done in the time that the request allows.
        """
        self._check_open()
        started = time.perf_counter()
        deadline = Deadline(request.timeout)
        parsed = parse(request.query, strict=request.strict)
        compiled = self._compiled(parsed, request, deadline)
        plan = compiled.plan
        found = self._ranker.search(
            plan, _asked(request, plan), MatchPolicy(request.match), deadline
        )
        highlighter, finder = Highlighter(found.query), ReasonFinder(compiled.words)
        hits = []
        for hit in found.hits:
            deadline.check()
            hits.append(_hit(hit, highlighter, finder))
        return SearchResult(
            request.query,
            found.total,
            found.stories,
            tuple(hits),
            found.facets,
            found.timeline,
            (time.perf_counter() - started) * 1000,
            found.policy,
            found.with_all,
            found.with_most,
            (*parsed.notices, *compiled.notices),
            parsed.explained(),
            found.approximate,
        )

    def scan(self, request: SearchRequest) -> Scan:
        """Walk through everything that a request finds, from its offset on.

        The matches are put in their order once, which takes 20 bytes for each of them; articles
        are read a few at a time, as they are asked for. So a whole result costs little more than
        a page of it, and is of one generation from its beginning to its end. Do not close the
        index before that.

        Args:
            request: What to look for. Its size, facets and timeline are not looked at; `timeout`
                is the time until the first article can be read.

        Raises:
            QueryError: The query text cannot be searched.
            SearchTimeoutError: The articles were not in order in the time that the request allows.
        """
        self._check_open()
        deadline = Deadline(request.timeout)
        parsed = parse(request.query, strict=request.strict)
        compiled = self._compiled(parsed, request, deadline)
        plan = compiled.plan
        found = self._ranker.scan(
            plan, _asked(request, plan), MatchPolicy(request.match), deadline
        )
        notices = (*parsed.notices, *compiled.notices)
        return Scan(found.total, found.stories, self._read(found.refs), found.policy, notices)

    def _read(self, refs: Iterator[Ref]) -> Iterator[Article]:
        while batch := list(islice(refs, _READ_AT_ONCE)):
            self._check_open()
            yield from self._engine.articles(batch)

    def article(self, article_id: str) -> Article | None:
        """Give an article by its id, or `None` where the index has no such article."""
        self._check_open()
        return self._engine.article(article_id)

    def story(self, article_id: str) -> Story | None:
        """Give the story of an article: itself and its reprints, in order of publication.

        Args:
            article_id: Id of the article; `None` is given where the index has no such article.
        """
        self._check_open()
        articles = self._engine.story(article_id)
        return Story(tuple(articles)) if articles else None

    def suggest(
        self, prefix: str, size: int = 8, *, timeout: float | None = None
    ) -> Sequence[Suggestion]:
        """Complete what somebody is typing, from titles, words and frequent phrases.

        Marks that are not typed are free; those that are typed bind.

        Args:
            prefix: What is typed so far. Its last syllable may be incomplete, unless white space
                follows it.
            size: The most suggestions to give.
            timeout: Seconds after which it is given up; `None` for never.

        Raises:
            SearchTimeoutError: It was not done in that time.

        Returns:
            The best suggestions first; none where nothing is typed that can be searched for. Their
            counts are approximate: they were taken when the index was built, leave out what is
            rare, and may count deleted articles for a while. A search tells exact ones.
        """
        self._check_open()
        return suggest(self._engine, prefix, size, Deadline(timeout))

    def corrections(self, query: str, *, timeout: float | None = None) -> Sequence[Correction]:
        """Give other queries that may have been meant, the likeliest first.

        Spellings are offered where they find clearly more; what Telex or VNI keys stand for, and
        the query without its marks, where it finds nothing; readings with marks where it has none.
        A query with a pattern has none: it leaves open what a reader is not sure of.

        Args:
            query: Query text.
            timeout: Seconds after which it is given up; `None` for never.

        Raises:
            QueryError: The query text cannot be searched.
            SearchTimeoutError: It was not done in that time.
        """
        self._check_open()
        deadline = Deadline(timeout)
        text = visible(query)
        root = parse(text).root
        if root is not None and any(isinstance(leaf, Pattern) for leaf in leaves(root)):
            return ()

        def count(other: str) -> int:
            return self._count(other, deadline)

        return Corrector(self._engine, count, deadline).corrections(text)

    def related(
        self, article_id: str, size: int = 5, *, timeout: float | None = None
    ) -> Sequence[Hit]:
        """Give the articles that share most distinctive words with one.

        Args:
            article_id: Id of the article; the index has it, else nothing is related.
            size: The most articles to give.
            timeout: Seconds after which it is given up; `None` for never.

        Raises:
            SearchTimeoutError: It was not done in that time.

        Returns:
            The most similar first, one of each story; nothing is marked in them. The article's
            own story is left out: its reprints are in `story`.
        """
        self._check_open()
        article = self._engine.article(article_id)
        if article is None or size < 1:
            return ()
        deadline = Deadline(timeout)
        query = related_query(self._engine, self._snapshot.segmenter, article)
        deadline.check()
        own = {member.id for member in self._engine.story(article_id)}
        found = self._engine.search(
            EngineRequest(
                query=query,
                filters={},
                period=Period(),
                collapse=True,
                size=size + 1,
                timeout=deadline.left(),
            )
        ).hits
        articles = self._engine.articles([hit.ref for hit in found])
        unmarked, unasked = Highlighter(MatchAll()), ReasonFinder(())
        hits = (
            _hit(
                RankedHit(other, hit.score, (), hit.story == hit.ref, hit.similar),
                unmarked,
                unasked,
            )
            for hit, other in zip(found, articles, strict=True)
        )
        return tuple(hit for hit in hits if hit.id not in own)[:size]

    def _count(self, query: str, deadline: Deadline) -> int:
        """Count the articles that hold all words of a query."""
        deadline.check()
        plan = self._compiled(parse(query), SearchRequest(query), deadline).plan
        return count_articles(self._engine, compose(plan, MatchPolicy.ALL), deadline.left())

    def mark(
        self,
        article: Article,
        query: str,
        *,
        marks: Marks | str = Marks.AUTO,
        abbreviations: bool = True,
        timeout: float | None = None,
    ) -> MarkedArticle:
        """Mark what a query finds in an article.

        Args:
            article: The article.
            query: Query text; an empty one marks nothing.
            marks: How its syllables are read; see `SearchRequest`.
            abbreviations: Whether abbreviations are looked for, too.
            timeout: Seconds after which it is given up; `None` for never.

        Raises:
            QueryError: The query text cannot be searched.
            SearchTimeoutError: It was not done in that time.
        """
        self._check_open()
        deadline = Deadline(timeout)
        request = SearchRequest(query, marks=marks, abbreviations=abbreviations)
        compiled = self._compiled(parse(query), request, deadline)
        highlighter = Highlighter(compose(compiled.plan, MatchPolicy.ALL))
        marked: dict[str, list[Passage]] = {field: [] for field in TEXT_FIELDS}
        for paragraph in paragraphs_of(article):
            deadline.check()
            marked[paragraph.field].append(_marked(paragraph, highlighter))
        return MarkedArticle(
            title=marked["title"][0],
            lead=marked["lead"][0] if marked["lead"] else None,
            body=tuple(marked["body"]),
            captions=tuple(marked["captions"]),
        )

    def _compiled(
        self, parsed: Parsed, request: SearchRequest, deadline: Deadline = NO_DEADLINE
    ) -> Compiled:
        abbreviations = self._abbreviations if request.abbreviations else None
        options = Options(Marks(request.marks), abbreviations)
        return compile_query(parsed, options, self._vocabulary, deadline)

    @cached_property
    def _abbreviations(self) -> Abbreviations:
        return self._own_abbreviations or Abbreviations.load()

    def close(self) -> None:
        """Release files and memory. The index cannot be asked afterwards."""
        self._closed = True
        self._engine.close()

    def _check_open(self) -> None:
        if self._closed:
            raise IndexUnusableError(f"the index in {self.directory} was closed; open it again")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _asked(request: SearchRequest, plan: Plan) -> EngineRequest:
    sort = Sort(request.sort)
    if sort is Sort.RELEVANCE and not plan.all_rows():
        sort = Sort.NEWEST
    return EngineRequest(
        query=MatchAll(),  # the ranker's business
        filters={name: tuple(values) for name, values in request.filters.items()},
        period=request.period,
        facets=request.facets,
        facet_size=request.facet_size,
        timeline=Interval(request.timeline) if request.timeline else None,
        sort=sort,
        collapse=request.collapse,
        offset=request.offset,
        size=request.size,
        recency=_recency(request),
    )


def _hit(hit: RankedHit, highlighter: Highlighter, finder: ReasonFinder) -> Hit:
    paragraphs = paragraphs_of(hit.article)
    headline = _marked(paragraphs[0], highlighter)
    snippet = make_snippet(paragraphs, highlighter)
    why = finder.reasons(paragraphs)
    return Hit(
        hit.article,
        hit.score,
        headline,
        snippet,
        hit.missing,
        why,
        hit.earliest,
        hit.similar,
        hit.others,
    )


def _recency(request: SearchRequest) -> Recency | None:
    if not request.recency:
        return None
    return Recency(datetime.now(VIETNAM).date(), request.recency_half_life, request.recency)


def _marked(paragraph: Paragraph, highlighter: Highlighter) -> Passage:
    return Passage(paragraph.text, highlighter.spans(paragraph))
