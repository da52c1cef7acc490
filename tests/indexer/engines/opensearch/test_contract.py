"""The contract of engines, against a real node."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import count

import pytest
from hypothesis import Phase, settings

from corpus import Article
from indexer.analysis import Analyzer, Segmenter
from indexer.engines.base import Engine
from indexer.engines.opensearch.address import parse_address
from indexer.engines.opensearch.connection import Connection
from indexer.engines.opensearch.engine import OpenSearchEngine
from indexer.engines.opensearch.generation import TERMS_SUFFIX
from indexer.engines.opensearch.lifecycle import (
    create_indexes,
    refresh,
    write_terms,
)
from indexer.engines.opensearch.stories import tell_stories
from indexer.engines.opensearch.vocabulary import count_all_terms
from indexer.engines.opensearch.writer import OpenSearchWriter
from tests.indexer.engine_contract import EngineContract
from tests.indexer.engines.opensearch.nodes import Node
from tests.indexer.strategies import few_examples

SHARDS = 3
"""More than one, so that what shards tell has to be put together."""


FEWER = settings(
    few_examples, max_examples=4, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
_SETTINGS = "_hypothesis_internal_use_settings"


@cache
def segmenter() -> Segmenter:
    return Segmenter()


class Pool:
    """Indexes that are emptied and filled again: to make one takes longer than most tests."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._names = (f"contract-{number}" for number in count(1))
        self._free: list[str] = []
        self.ordinals = count(0, 1_000)
        """Where the ordinals of each filling begin: an article that was deleted leaves its version
        behind, which a later one has to exceed."""

    def take(self) -> str:
        if self._free:
            return self._free.pop()
        name = next(self._names)
        create_indexes(self.connection, name, segmenter().fingerprint, shards=SHARDS)
        return name

    def give_back(self, name: str) -> None:
        for index in (name, name + TERMS_SUFFIX):
            self.connection.request(
                "POST",
                f"/{index}/_delete_by_query",
                {"query": {"match_all": {}}},
                params={"refresh": "true"},
            )
        self._free.append(name)


@pytest.fixture(scope="module")
def pool(node: Node) -> Pool:
    return Pool(Connection(parse_address(f"opensearch://{node.host}/contract")))


class TestOpenSearchEngine(EngineContract):
    pool: Pool

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def _pool(cls, pool: Pool) -> None:
        cls.pool = pool

    @pytest.fixture(autouse=True)
    def _fewer_examples(
        self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Draw less: every example is some round trips, and each shrinking is hundreds."""
        test = request.node.obj.__func__
        if hasattr(test, _SETTINGS):
            monkeypatch.setattr(test, _SETTINGS, FEWER)

    @contextmanager
    def build(
        self,
        articles: Sequence[Article],
        superseded: Sequence[int] = (),
        stories: Sequence[int] = (),
    ) -> Iterator[Engine]:
        connection = self.pool.connection
        index = self.pool.take()
        first = next(self.pool.ordinals)
        writer = OpenSearchWriter(connection, index, first)
        writer.add(Analyzer(segmenter()).analyze(articles))
        writer.finish(superseded=superseded)
        refresh(connection, index)
        write_terms(connection, index, count_all_terms(connection, index))
        if stories:
            told = {first + own: first + story for own, story in enumerate(stories)}
            tell_stories(connection, index, told)
        refresh(connection, index)
        try:
            yield OpenSearchEngine(connection, index, index + TERMS_SUFFIX)
        finally:
            self.pool.give_back(index)
