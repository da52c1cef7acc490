from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus import Article
from indexer.analysis import Analyzer, Segmenter
from indexer.engines.base import Engine
from indexer.engines.embedded import EmbeddedEngine, EmbeddedWriter
from indexer.store.snapshot import open_snapshot
from indexer.store.transaction import begin_writing
from tests.indexer.engine_contract import EngineContract


@cache
def segmenter() -> Segmenter:
    return Segmenter()


class TestEmbeddedEngine(EngineContract):
    @contextmanager
    def build(
        self, articles: Sequence[Article], superseded: Sequence[int] = ()
    ) -> Iterator[Engine]:
        with TemporaryDirectory() as directory:
            with begin_writing(Path(directory), create=True) as transaction:
                folder = transaction.new_segment()
                writer = EmbeddedWriter(folder)
                writer.add(Analyzer(segmenter()).analyze(articles))
                writer.finish(superseded=superseded)
                record = transaction.segment_record(folder, len(articles) - len(superseded))
                transaction.publish([record], segmenter=segmenter())
            engine = EmbeddedEngine(open_snapshot(Path(directory)))
            try:
                yield engine
            finally:
                engine.close()
