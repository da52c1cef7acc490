"""What all parts of the contract of engines need."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

from corpus import Article
from indexer.engines.base import Engine


class BuiltEngines:
    """Builds engines; `build` is what an engine's own class must give."""

    def build(
        self, articles: Sequence[Article], superseded: Sequence[int] = ()
    ) -> AbstractContextManager[Engine]:
        """Build an engine of articles, and close it in the end."""
        raise NotImplementedError
