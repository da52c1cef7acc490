from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus import Article
from indexer.analysis import analyze_article
from indexer.engines.base import Engine
from indexer.engines.embedded import EmbeddedEngine, EmbeddedWriter
from tests.indexer.engine_contract import EngineContract


class TestEmbeddedEngine(EngineContract):
    @contextmanager
    def build(
        self, articles: Sequence[Article], superseded: Sequence[int] = ()
    ) -> Iterator[Engine]:
        with TemporaryDirectory() as folder:
            writer = EmbeddedWriter(Path(folder))
            for article in articles:
                writer.add(analyze_article(article))
            writer.finish(superseded=superseded)
            engine = EmbeddedEngine(Path(folder))
            try:
                yield engine
            finally:
                engine.close()
