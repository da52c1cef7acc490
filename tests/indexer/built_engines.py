"""What all parts of the contract of engines need."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

from corpus import Article
from indexer.engines.base import Engine


class BuiltEngines:
    """Builds engines; `build` is what an engine's own class must give."""

    def build(
        self,
        articles: Sequence[Article],
        superseded: Sequence[int] = (),
        stories: Sequence[int] = (),
    ) -> AbstractContextManager[Engine]:
        """Build an engine of articles, and close it in the end.

        Args:
            articles: The articles.
            superseded: Places of those that a later one replaces.
            stories: For each the place of the earliest one of its story; none where no article
                has a reprint.
        """
        raise NotImplementedError
