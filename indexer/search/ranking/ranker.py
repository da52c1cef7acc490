"""Searches an engine by a plan: how much must match, two passes, and a page of their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice
from typing import Any, Final

import numpy as np

from corpus import Article
from indexer.deadline import Deadline
from indexer.engines.base import (
    Engine,
    EngineHit,
    EngineRequest,
    EngineResult,
    Facet,
    Occurrences,
    Ref,
    Sort,
    Timeline,
)
from indexer.engines.query import Query
from indexer.search.ranking.evidence import Evidence, Floats, Ints, Syllables, narrowed, rows_held
from indexer.search.ranking.plan import Forms, Plan, Word, compose
from indexer.search.ranking.policy import ENOUGH, MatchPolicy, least_words
from indexer.search.ranking.second_pass import second_scores

CANDIDATES: Final = 300
"""How many of the best articles of the first pass the second pass orders."""

_TOGETHER: Final = 0.25
"""An article with so many of a query's neighbours side by side holds its words, not by chance."""

_BARE_TOGETHER: Final = 0.5
"""The same without marks, where each syllable stands for several and chance is greater."""


@dataclass(frozen=True, slots=True)
class RankedHit:
    """One article of the page.

    Attributes:
        article: The article.
        score: How well it matches; never rises along the list.
        missing: The words, as typed, that it lacks.
        earliest: Whether it is the first publication known of its story.
        similar: How many other matches are of that story.
        others: In collapsed hits the first of them, in order of publication.
    """

    article: Article
    score: float
    missing: tuple[str, ...] = ()
    earliest: bool = True
    similar: int = 0
    others: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """What was found.

    Attributes:
        query: The query that the hits match.
        total: How many articles match it; exact.
        stories: How many different stories they tell.
        hits: The asked-for page of them.
        facets: The asked-for facets by name.
        timeline: The matches over time, if asked for.
        policy: How many words had to match: `ALL`, `MOST` or `ANY`.
        with_all: How many articles hold all words.
        with_most: How many hold most of them, where that was looked at.
        approximate: Whether any count of stories is approximate.
    """

    query: Query
    total: int
    stories: int
    hits: tuple[RankedHit, ...]
    facets: Mapping[str, Facet]
    timeline: Timeline | None
    policy: MatchPolicy
    with_all: int
    with_most: int | None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class RankedScan:
    """All that was found.

    Attributes:
        total: How many articles match.
        refs: The articles from the offset of the request on, in their order.
        policy: How many words had to match: `ALL`, `MOST` or `ANY`.
    """

    total: int
    stories: int
    refs: Iterator[Ref]
    policy: MatchPolicy


class Ranker:
    """Searches an engine by plans. Threads may share it.

    Args:
        engine: The engine.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def search(
        self, plan: Plan, request: EngineRequest, policy: MatchPolicy, deadline: Deadline
    ) -> Ranked:
        """Search.

        Policy and second pass look at the best `CANDIDATES` of all pages alike, so pages of one
        search fit together. They look at articles also where a story has one hit: that is then
        the best article of the second pass, and stories without any candidate follow in the order
        of the first pass. An order by date takes `AUTO` for `ALL`.

        Args:
            plan: What to look for.
            request: What is wanted besides; its query and timeout are not looked at.
            policy: How many of the plan's words must match.
            deadline: When it must be done.

        Raises:
            SearchTimeoutError: The deadline was over before that was done.
        """
        search, with_all, with_most = self._chosen(plan, request, policy, deadline)
        return search.ranked(with_all, with_most)

    def scan(
        self, plan: Plan, request: EngineRequest, policy: MatchPolicy, deadline: Deadline
    ) -> RankedScan:
        """Give all matches in the order in which `search` pages them.

        Args:
            plan: What to look for.
            request: What is wanted besides; its query, size and timeout are not looked at.
            policy: How many of the plan's words must match.
            deadline: When it must be done.

        Raises:
            SearchTimeoutError: The deadline was over before that was done.
        """
        counted = replace(request, facets=(), timeline=None, size=0)
        search, _, _ = self._chosen(plan, counted, policy, deadline)
        return search.scanned()

    def _chosen(
        self, plan: Plan, request: EngineRequest, policy: MatchPolicy, deadline: Deadline
    ) -> tuple[_Search, int, int | None]:
        """Choose how much must match; tell how many articles hold all words, and most of them."""
        everything = _Search(self._engine, plan, request, MatchPolicy.ALL, deadline)
        words = len(plan.distinct_words())
        if least_words(words, MatchPolicy.MOST) == words and policy is not MatchPolicy.ANY:
            policy = MatchPolicy.ALL
        if policy is MatchPolicy.AUTO and request.sort is not Sort.RELEVANCE:
            policy = MatchPolicy.ALL
        if policy is MatchPolicy.AUTO and everything.suffices():
            policy = MatchPolicy.ALL
        if words < 2 or policy is MatchPolicy.ALL:
            return everything, everything.result.total, None
        if policy is MatchPolicy.ANY:
            return _Search(self._engine, plan, request, policy, deadline), everything.count(), None
        most = _Search(self._engine, plan, request, MatchPolicy.MOST, deadline)
        with_all, with_most = everything.count(), most.result.total
        # Where nothing more is found, nothing needs to be announced.
        return (everything if with_all == with_most else most), with_all, with_most


class _Search:
    """A search under one policy, done as far as it is asked for."""

    def __init__(
        self,
        engine: Engine,
        plan: Plan,
        request: EngineRequest,
        policy: MatchPolicy,
        deadline: Deadline,
    ) -> None:
        self._engine = engine
        self._deadline = deadline
        self._plan = plan
        self._policy = policy
        self._query = compose(plan, policy)
        self._request = replace(request, query=self._query)
        self._syllables = Syllables(plan.all_rows())
        # Two passes need something to look at, and an order in which it matters.
        self._two_passes = request.sort is Sort.RELEVANCE and bool(self._syllables.forms)

    def count(self) -> int:
        """Count the matches."""
        if "result" in self.__dict__:
            return self.result.total
        only_count = replace(self._request, facets=(), timeline=None, offset=0, size=0)
        return self._asked(only_count).total

    @cached_property
    def result(self) -> EngineResult:
        """The first pass: its candidates, or the page itself where there is no second one."""
        if not self._two_passes:
            return self._asked(self._request)
        return self._asked(replace(self._request, collapse=False, offset=0, size=CANDIDATES))

    def _asked(self, request: EngineRequest) -> EngineResult:
        return self._engine.search(replace(request, timeout=self._deadline.left()))

    @cached_property
    def _ranks(self) -> list[int]:
        """The place of each candidate in the first pass."""
        refs: list[Any] = [hit.ref for hit in self.result.hits]
        return sorted(range(len(refs)), key=refs.__getitem__)

    @cached_property
    def _candidates(self) -> Sequence[EngineHit]:
        """The hits of the first pass, in the order in which engines find where words stand."""
        return [self.result.hits[rank] for rank in self._ranks]

    @cached_property
    def _found(self) -> Occurrences:
        """Where the words stand in the candidates."""
        refs = [hit.ref for hit in self._candidates]
        return self._engine.occurrences(refs, self._forms, self._deadline.left())

    @cached_property
    def _forms(self) -> tuple[Forms, ...]:
        """The syllables of the rows, then those of other readings."""
        of_readings = (
            forms for word in self._plan.words for row in word.readings for forms in row
        )
        return tuple(dict.fromkeys((*self._syllables.forms, *of_readings)))

    @cached_property
    def _evidence(self) -> Evidence:
        return Evidence(self._found, len(self._syllables.forms), self._syllables.rows)

    def suffices(self) -> bool:
        """Tell whether enough articles hold all words.

        Words of Vietnamese have several syllables, and an article may hold all of these without
        any of the words: `công`, `an`, `xã` here and there are no `công an xã`. Ten such articles
        would leave out what was looked for, which half of the time lacks one syllable of its
        headline. So only articles count that have a part of the neighbours of the query side by
        side. With every article that holds all syllables, first words of headlines lose 0.006 to
        0.011 of MRR, whole ones up to 0.003; whole headlines without marks lose 0.045 to 0.050.
        """
        if self.result.total < ENOUGH:
            return False
        if self._request.recency is not None:
            # It changes the order of what is found, and so must not change what is found.
            plain = replace(self._request, recency=None, facets=(), timeline=None)
            return _Search(
                self._engine, self._plan, plain, self._policy, self._deadline
            ).suffices()
        if not self._evidence.pairs:
            return True
        together = np.count_nonzero(self._evidence.adjacent(), axis=1)
        part = _BARE_TOGETHER if self._plan.bare else _TOGETHER
        needed = part * len(self._evidence.pairs)
        return int(np.count_nonzero(together >= needed)) >= ENOUGH

    def ranked(self, with_all: int, with_most: int | None) -> Ranked:
        """Order the matches, and read the page."""
        result = self.result
        page = self._page()
        return Ranked(
            self._query,
            result.total,
            result.stories,
            tuple(self._read(page)),
            result.facets,
            result.timeline,
            self._policy,
            with_all,
            with_most,
            result.approximate,
        )

    def _read(self, page: Sequence[EngineHit]) -> Iterator[RankedHit]:
        """Read the articles of the hits of the page."""
        articles = iter(self._engine.articles([hit.ref for hit in page]))
        collapsed = page if self._request.collapse else ()
        others = iter(self._engine.articles([ref for hit in collapsed for ref in hit.others]))
        for hit, lacks in zip(page, self._missing(page), strict=True):
            named = len(hit.others) if self._request.collapse else 0
            yield RankedHit(
                next(articles),
                hit.score,
                lacks,
                hit.story == hit.ref,
                hit.similar,
                tuple(islice(others, named)),
            )

    def scanned(self) -> RankedScan:
        """Put all matches in their order. Only the candidates are looked at twice."""
        result, offset = self.result, self._request.offset
        first: Sequence[Ref] = ()
        if self._two_passes:
            order, _ = self._second_pass()
            places = self._first_of_each(order.tolist())
            first = [self._candidates[place].ref for place in places[offset:]]
            offset = max(offset, len(places))
        rest: Iterator[EngineHit] = iter(())
        if offset < self._hit_count:
            further = replace(self._request, offset=offset, timeout=self._deadline.left())
            rest = self._engine.scan(further)
        refs = chain(first, (hit.ref for hit in rest))
        return RankedScan(result.total, result.stories, refs, self._policy)

    @property
    def _hit_count(self) -> int:
        """How many hits there are on all pages."""
        return self.result.stories if self._request.collapse else self.result.total

    def _page(self) -> Sequence[EngineHit]:
        if not self._two_passes:
            return self.result.hits
        offset, end = self._request.offset, self._request.offset + self._request.size
        if offset == end:
            return ()
        # Stories with a candidate are ahead of all others in the order of the first pass, too; so
        # the others follow from there, and the second pass is needed only for pages before that.
        ahead = len(self._first_of_each(range(len(self._candidates))))
        page = self._best(offset, end) if offset < ahead else []
        if ahead < end and max(offset, ahead) < self._hit_count:
            first = max(offset, ahead)
            rest = replace(self._request, facets=(), timeline=None, offset=first, size=end - first)
            page += self._asked(rest).hits
        return page

    def _best(self, offset: int, end: int) -> list[EngineHit]:
        """Give hits of the candidates in the order of the second pass."""
        order, scores = self._second_pass()
        places = self._first_of_each(order.tolist())
        return [
            self._candidates[place]._replace(score=float(scores[place]))
            for place in places[offset:end]
        ]

    def _first_of_each(self, places: Iterable[int]) -> list[int]:
        """Give the first of some candidates of each story, if stories have one hit; else all."""
        if not self._request.collapse:
            return list(places)
        first: dict[Ref, int] = {}
        for place in places:
            first.setdefault(self._candidates[place].story, place)
        return list(first.values())

    def _second_pass(self) -> tuple[Ints, Floats]:
        """Give the places of the candidates in their order, and the score of each candidate."""
        if not self._candidates:
            return np.empty(0, np.int64), np.empty(0)
        first = np.array([hit.score for hit in self._candidates])
        recency = np.array([hit.recency for hit in self._candidates])
        scores = second_scores(first, recency, self._evidence)
        return np.lexsort((np.array(self._ranks), -scores)), scores

    def _missing(self, page: Sequence[EngineHit]) -> list[tuple[str, ...]]:
        """Give for each hit of the page the words that it lacks."""
        words: Sequence[Word] = self._plan.distinct_words()
        if self._policy is MatchPolicy.ALL or not page:
            return [()] * len(page)
        refs = [hit.ref for hit in page]
        known = {hit.ref: place for place, hit in enumerate(self._candidates)}
        if all(ref in known for ref in refs):
            places = [known[ref] for ref in refs]
            found = narrowed(self._found, places)
        else:
            found = self._engine.occurrences(refs, self._forms, self._deadline.left())
            places = list(range(len(refs)))
        numbers = {forms: number for number, forms in enumerate(self._forms)}
        holders = [set[int]().union(*rows_held(found, numbers, w.readings)) for w in words]
        return [
            _named_once([w for w, own in zip(words, holders, strict=True) if place not in own])
            for place in places
        ]


def _named_once(words: Sequence[Word]) -> tuple[str, ...]:
    """Give the texts of words; what may be said otherwise in one place only is two to match."""
    named: dict[tuple[Forms, ...], str] = {}
    for word in words:
        named.setdefault(word.readings[0], word.text)
    return tuple(named.values())
