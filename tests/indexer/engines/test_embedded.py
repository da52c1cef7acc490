from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus import Article
from indexer.analysis import Analyzer, Segmenter
from indexer.engines.base import Engine
from indexer.engines.embedded import EmbeddedEngine, EmbeddedWriter
from tests.indexer.engine_contract import EngineContract


@cache
def _segmenter() -> Segmenter:
    return Segmenter()


class TestEmbeddedEngine(EngineContract):
    @contextmanager
    def build(
        self, articles: Sequence[Article], superseded: Sequence[int] = ()
    ) -> Iterator[Engine]:
        with TemporaryDirectory() as folder:
            writer = EmbeddedWriter(Path(folder))
            writer.add(Analyzer(_segmenter()).analyze(articles))
            writer.finish(superseded=superseded)
            engine = EmbeddedEngine(Path(folder))
            try:
                yield engine
            finally:
                engine.close()
