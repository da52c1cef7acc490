from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from corpus import Article
from indexer.analysis import Analyzer, Segmenter
from indexer.columnar import combining, matching
from indexer.engines.base import Engine
from indexer.engines.embedded import EmbeddedEngine, EmbeddedWriter
from indexer.store.manifest import SegmentRecord
from indexer.store.snapshot import open_snapshot
from indexer.store.transaction import Transaction, begin_writing
from tests.indexer.built_engines import BuiltEngines
from tests.indexer.columnar.small_indexes import IN_MEMORY
from tests.indexer.engine_contract import EngineContract
from tests.indexer.scoring_contract import ScoringContract
from tests.indexer.strategies import SYLLABLES


@cache
def segmenter() -> Segmenter:
    return Segmenter()


def write_segment(
    transaction: Transaction, articles: Sequence[Article], superseded: Sequence[int] = ()
) -> SegmentRecord:
    folder = transaction.new_segment()
    writer = EmbeddedWriter(folder)
    writer.add(Analyzer(segmenter()).analyze(articles))
    writer.finish(superseded=superseded)
    return transaction.segment_record(folder, len(articles) - len(superseded))


@contextmanager
def opened(directory: Path, stories: Sequence[int] = ()) -> Iterator[Engine]:
    own = np.array(stories, np.uint32) if stories else None
    engine = EmbeddedEngine(open_snapshot(directory), own)
    try:
        yield engine
    finally:
        engine.close()


class OneSegment(BuiltEngines):
    @contextmanager
    def build(
        self,
        articles: Sequence[Article],
        superseded: Sequence[int] = (),
        stories: Sequence[int] = (),
    ) -> Iterator[Engine]:
        with TemporaryDirectory(dir=IN_MEMORY) as directory:
            with begin_writing(Path(directory), create=True) as transaction:
                record = write_segment(transaction, articles, superseded)
                transaction.publish([record], segmenter=segmenter())
            with opened(Path(directory), stories) as engine:
                yield engine


class TestEmbeddedEngine(OneSegment, EngineContract):
    pass


class OneWay(OneSegment, ScoringContract):
    """An engine that works in one way always, which it else does where that is cheaper.

    Attributes:
        search_cost: How many times as long as a look into a table a search is said to take.
        counting_gains: How many times as long as counting it is said to take to narrow down.
    """

    search_cost: int
    counting_gains: int

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def one_way(cls) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(matching, "_SEARCH_COST", cls.search_cost)
            patch.setattr(combining, "_COUNTING_GAINS", cls.counting_gains)
            yield


class TestEmbeddedEngineThatSearches(OneWay):
    search_cost = 0
    counting_gains = 0


class TestEmbeddedEngineThatCounts(OneWay):
    search_cost = counting_gains = 1 << 40


class TestEmbeddedEngineOfSeveralSegments(EngineContract):
    """Articles in three segments with deleted ones between, which leave no trace."""

    @contextmanager
    def build(
        self,
        articles: Sequence[Article],
        superseded: Sequence[int] = (),
        stories: Sequence[int] = (),
    ) -> Iterator[Engine]:
        gone = set(superseded)
        numbers: list[int] = []
        with TemporaryDirectory(dir=IN_MEMORY) as directory:
            with begin_writing(Path(directory), create=True) as transaction:
                records = []
                written_before = 0
                for part in range(3):
                    places = range(len(articles) * part // 3, len(articles) * (part + 1) // 3)
                    written = [decoy(part)]
                    numbers += [written_before + 1 + own for own in range(len(places))]
                    written_before += 1 + len(places)
                    for place in places:
                        # No id is twice in a segment.
                        own = articles[place]
                        written.append(replace(own, id=f"gone-{place}") if place in gone else own)
                    record = write_segment(transaction, written)
                    mask = np.array([True, *(place in gone for place in places)])
                    records.append(transaction.with_deletions(record, mask))
                transaction.publish(records, segmenter=segmenter())
            earliest = list(range(written_before))
            for place, story in enumerate(stories):
                earliest[numbers[place]] = numbers[story]
            with opened(Path(directory), earliest) as engine:
                yield engine


def decoy(part: int) -> Article:
    """An article that would be found by most queries."""
    return Article(
        id=f"decoy-{part}",
        title=" ".join(SYLLABLES),
        body=(" ".join(SYLLABLES * 3), "decoy an bàn đa"),
        source="A",
        tags=("B", "decoy"),
    )
