"""The read port: searches in one generation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Final

import numpy as np

from corpus import Article
from indexer.deadline import NO_DEADLINE, Deadline
from indexer.engines import query
from indexer.engines.base import (
    Bucket,
    EngineHit,
    EngineRequest,
    EngineResult,
    Expansion,
    Facet,
    Occurrences,
    Period,
    Ref,
)
from indexer.engines.completions import Completion, Typed
from indexer.engines.opensearch.completing import Completer
from indexer.engines.opensearch.connection import Connection, Json
from indexer.engines.opensearch.counting import SINGLE, Counting, not_all_listed
from indexer.engines.opensearch.documents import article_of, document_id, is_term, texts_of
from indexer.engines.opensearch.hits import (
    IN_STORY,
    body_of,
    count_of,
    first_of_each,
    hit_of,
    others_of,
    with_others,
    with_recency,
)
from indexer.engines.opensearch.mapping import TOKENS
from indexer.engines.opensearch.nearness import Nearness
from indexer.engines.opensearch.positions import find_places
from indexer.engines.opensearch.reading import walk
from indexer.engines.opensearch.statistics import Statistics
from indexer.engines.opensearch.translation import (
    Dsl,
    Group,
    Known,
    Translator,
    groups_of,
    in_period,
    nears_of,
    phrase,
)
from indexer.engines.opensearch.vocabulary import COMPOUND, SYLLABLE, Vocabulary
from indexer.errors import GenerationGoneError
from indexer.schema import TEXT_FIELDS, WORDS_SUFFIX

_WINDOW: Final = 10_000
"""OpenSearch gives so many hits by their places; further ones are walked to."""

_AT_ONCE: Final = 500

_ALL: Final = EngineRequest(query=query.MatchAll(), filters={}, period=Period())


class OpenSearchEngine:
    """Searches one generation of an index that OpenSearch keeps. Threads may share it.

    Every method raises `IndexUnusableError` where the cluster does not answer for all of it.

    Args:
        connection: The cluster; the engine closes it.
        index: Name of the index of articles.
        terms: Name of the index of terms.
    """

    def __init__(self, connection: Connection, index: str, terms: str) -> None:
        self._connection = connection
        self._index = index
        self._statistics = Statistics(connection, index)
        self._vocabulary = Vocabulary(connection, terms)
        self._completer = Completer(connection, index, terms)
        self._nearness = Nearness(connection, index)

    def search(self, request: EngineRequest) -> EngineResult:
        """Match, rank and count."""
        deadline = Deadline(request.timeout)
        deadline.check()
        whole = self._statistics.whole(deadline.left())
        counting = Counting(request, reprints=bool(whole.reprinted))
        matching = self._matching(request, deadline)
        body = body_of(request, matching, list(counting.filters.values()))
        body["aggs"] = counting.aggregations()
        within = request.offset + request.size <= _WINDOW
        body |= {"from": request.offset, "size": request.size} if within else {"size": 0}
        answer = self._connection.search(self._index, body, deadline.left())
        total = answer["hits"]["total"]["value"]
        hits = [hit_of(hit, request.recency) for hit in answer["hits"]["hits"]]
        if not within and request.offset < total:
            hits = list(self._far(request, counting, matching, deadline))
        found = answer.get("aggregations", {})
        stories = counting.stories(found, total)
        facets = {name: counting.facet(found, name) for name in request.facets}
        timeline = counting.timeline(found, request.timeline) if request.timeline else None
        asked = _Further(counting, facets, hits if total > stories else [])
        if asked.needed():
            plain = self._translated(request, deadline, scored=False)
            bodies = asked.bodies(plain)
            asked.read(self._connection.searches(self._index, bodies, deadline.left()))
            hits = asked.hits or hits
        given = {name: facet for name, (facet, _) in asked.facets.items()}
        return EngineResult(total, stories, tuple(hits), given, timeline, counting.approximate)

    def scan(self, request: EngineRequest) -> Iterator[EngineHit]:
        """Give all matches in their order, from a point in time of the index."""
        deadline = Deadline(request.timeout)
        deadline.check()
        counting = Counting(request, reprints=False)
        matching = self._matching(request, deadline)
        hits = self._walked(request, counting, matching, deadline)
        hits = islice(hits, min(request.offset, np.iinfo(np.int64).max), None)
        # The first ones are there before this returns: then they are in order.
        return chain(list(islice(hits, 1)), hits)

    def articles(self, refs: Sequence[Ref]) -> Sequence[Article]:
        """Read the articles of some hits."""
        found = self._hits(refs, {"_source": ["article"]})
        return [article_of(found[int(ref)]["_source"]) for ref in refs]

    def occurrences(
        self,
        refs: Sequence[Ref],
        words: Sequence[tuple[str, ...]],
        timeout: float | None = None,
    ) -> Occurrences:
        """Find where words stand in the articles of some hits."""
        deadline = Deadline(timeout)
        found = self._hits(refs, {"stored_fields": "_none_"}, deadline)
        groups = [Group(tuple(filter(is_term, dict.fromkeys(forms)))) for forms in words]
        return Occurrences(*find_places([texts_of(found[int(ref)]) for ref in refs], groups))

    def article(self, article_id: str) -> Article | None:
        """Give an article by its id."""
        document = self._document(article_id)
        return None if document is None else article_of(document)

    def story(self, article_id: str) -> Sequence[Article]:
        """Give all articles of a story: the first publication known, then by date."""
        document = self._document(article_id)
        if document is None:
            return ()
        body: Json = {
            "query": {"term": {"story": document["story"]}},
            "sort": list(IN_STORY),
            "size": _WINDOW,
            "_source": ["article"],
        }
        hits = self._connection.search(self._index, body)["hits"]["hits"]
        return [article_of(hit["_source"]) for hit in hits]

    def article_count(self) -> int:
        """Give the number of articles."""
        return self._statistics.whole().articles

    def forms(self, bare: str) -> Sequence[str]:
        """Give the terms that read `bare` without marks, in the order of their bytes."""
        return self._vocabulary.forms(SYLLABLE, bare)

    def compounds(self, bare: str) -> Sequence[str]:
        """Give the compounds that read `bare` without marks, in the order of their bytes."""
        return self._vocabulary.forms(COMPOUND, bare)

    def expand(self, pattern: str, limit: int, *, bare: bool = False) -> Expansion:
        """Give the terms that match a pattern."""
        return self._vocabulary.matching(pattern, limit, bare=bare)

    def frequencies(self, terms: Sequence[str]) -> Sequence[int]:
        """Give for each of some terms how many articles hold it."""
        groups = [
            Group((term,) if is_term(term) else (), WORDS_SUFFIX if "_" in term else "")
            for term in terms
        ]
        return self._statistics.holding(groups)

    def values(self, facet: str) -> Sequence[Bucket]:
        """Give all values of a facet, most frequent first."""
        counting = Counting(_ALL, reprints=bool(self._statistics.whole().reprinted))
        found: list[Bucket] = []
        after: Json | None = None
        while True:
            body = counting.all_values(facet, after)
            under = self._connection.search(self._index, body)["aggregations"]["values"]
            found += counting.buckets(under)
            after = under.get("after_key")
            if after is None:
                return sorted(found, key=lambda one: (-one.count, one.value.encode()))

    def pair_counts(self, pairs: Sequence[tuple[str, str]]) -> Sequence[int]:
        """Give for each of some pairs of terms in how many articles they stand side by side."""
        asked = [_side_by_side(first, second) for first, second in pairs]
        counts: list[int] = []
        for start in range(0, len(asked), _AT_ONCE):
            counts += self._statistics.counts(asked[start : start + _AT_ONCE])
        return counts

    def completions(
        self, typed: Typed, words: int, titles: int, timeout: float | None = None
    ) -> Sequence[Completion]:
        """Give what begins as typed, or has it later on."""
        return self._completer.completions(typed, words, titles, Deadline(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _matching(self, request: EngineRequest, deadline: Deadline) -> Dsl:
        matching = self._translated(request, deadline, scored=request.size > 0)
        if request.recency is not None and request.size:
            matching = with_recency(matching, request.recency)
        return matching

    def _translated(self, request: EngineRequest, deadline: Deadline, *, scored: bool) -> Dsl:
        """Translate the query and the period of a request; facets are filtered apart."""
        known = self._known(request.query, deadline, scored=scored)
        matching = Translator(known, scored=scored).translate(request.query)
        kept = in_period(request.period)
        if "bool" not in kept:
            return matching
        return {"bool": {"must": [matching], "filter": [kept]}}

    def _known(self, asked: query.Query, deadline: Deadline, *, scored: bool) -> Known:
        near = {
            (one, fields): self._nearness.matching(one, fields, deadline)
            for one, fields in dict.fromkeys(nears_of(asked))
        }
        left = deadline.left()
        idf = self._statistics.idf(groups_of(asked), left) if scored else {}
        return Known(idf, self._statistics.whole(left).average_length, near)

    def _walked(
        self, request: EngineRequest, counting: Counting, matching: Dsl, deadline: Deadline
    ) -> Iterator[EngineHit]:
        filters = list(counting.filters.values())
        body = body_of(replace(request, collapse=False), matching, filters)
        for hits in walk(self._connection, self._index, body, deadline):
            for hit in hits:
                yield hit_of(hit, request.recency)

    def _far(
        self, request: EngineRequest, counting: Counting, matching: Dsl, deadline: Deadline
    ) -> Iterator[EngineHit]:
        """Walk to a page far behind the first hit."""
        hits = self._walked(request, counting, matching, deadline)
        if request.collapse:
            hits = first_of_each(hits)
        return islice(hits, request.offset, request.offset + request.size)

    def _hits(
        self, refs: Sequence[Ref], asked: Json, deadline: Deadline = NO_DEADLINE
    ) -> dict[int, Json]:
        found: dict[int, Json] = {}
        wanted = list(dict.fromkeys(int(ref) for ref in refs))
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            body: Json = {
                "query": {"bool": {"filter": [{"terms": {"ordinal": some}}]}},
                "size": len(some),
                "docvalue_fields": ["ordinal", *([] if "_source" in asked else [TOKENS])],
                **asked,
                "track_total_hits": False,
            }
            answer = self._connection.search(self._index, body, deadline.left())
            for hit in answer["hits"]["hits"]:
                found[hit["fields"]["ordinal"][0]] = hit
        if len(found) < len(wanted):
            raise GenerationGoneError(
                f"{self._connection.address} was changed since the search; search again"
            )
        return found

    def _document(self, article_id: str) -> Json | None:
        if not article_id or not article_id.isprintable():  # no id is
            return None
        # By a search, which does not see what is written and not yet published.
        body: Json = {
            "query": {"ids": {"values": [document_id(article_id)]}},
            "_source": ["article", "story"],
        }
        hits = self._connection.search(self._index, body)["hits"]["hits"]
        return hits[0]["_source"] if hits else None


class _Further:
    """What a second round trip has to ask, if anything.

    How many articles have a value that is not listed can be asked only once it is known what is
    listed; and which matches are of the stories of the page, once there is a page.

    Args:
        counting: The counts of the request.
        facets: The facets as far as they are known, each with how many articles have a value.
        hits: The hits whose stories are asked for.
    """

    def __init__(
        self,
        counting: Counting,
        facets: Mapping[str, tuple[Facet, int]],
        hits: Sequence[EngineHit],
    ) -> None:
        self._counting = counting
        self.facets = dict(facets)
        self.hits = list(hits)
        self._several = []
        for name, (facet, having) in facets.items():
            if name in SINGLE or not facet.other_articles:
                continue
            if any(bucket.count for bucket in facet.buckets):
                self._several.append(name)
            else:
                self.facets[name] = replace(facet, other_articles=having), having

    def needed(self) -> bool:
        return bool(self._several or self.hits)

    def bodies(self, plain: Dsl) -> list[Json]:
        """Give the searches.

        Args:
            plain: The query and the period of the request, without scores.
        """
        counting = self._counting
        asked = [
            count_of(not_all_listed(self.facets[name][0], [plain, *counting.other_filters(name)]))
            for name in self._several
        ]
        if self.hits:
            asked.append(others_of(self.hits, [plain, *counting.filters.values()]))
        return asked

    def read(self, answers: Sequence[Json]) -> None:
        """Read the answers to them."""
        for name, answer in zip(self._several, answers, strict=False):
            facet, having = self.facets[name]
            listed = answer["hits"]["total"]["value"]
            self.facets[name] = replace(facet, other_articles=having - listed), having
        if self.hits:
            self.hits = with_others(self.hits, answers[-1])


def _side_by_side(first: str, second: str) -> Dsl:
    members = query.Term(first), query.Term(second)
    return phrase(query.Phrase(members), TEXT_FIELDS)
