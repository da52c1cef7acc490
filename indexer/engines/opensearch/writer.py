"""The write port: articles into the index of a generation."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import Final

from indexer.analysis import AnalyzedBatch
from indexer.engines.opensearch.connection import PAUSES, Connection, Json
from indexer.engines.opensearch.documents import Document, document_id, documents
from indexer.errors import BuildError

_DOCUMENTS_AT_ONCE: Final = 500
_AGAIN: Final = frozenset({429, 503})
"""The cluster cannot take a document at the moment."""

_SUPERSEDED: Final = 409
"""The index has a later article of the same id: nothing is to be done."""


class OpenSearchWriter:
    """Writes articles into an index.

    Each is written under its id with its ordinal as its version, so that of several with one id
    the last one stays, in whatever order and however often they arrive.

    Args:
        connection: The cluster.
        index: Name of the index of articles.
        first: Ordinal of the first article.
        step: How far the ordinals of articles are apart.
    """

    def __init__(self, connection: Connection, index: str, first: int = 0, step: int = 1) -> None:
        self._connection = connection
        self._index = index
        self._next = first
        self._step = step
        self._waiting: list[Document] = []

    def add(self, batch: AnalyzedBatch) -> None:
        """Add articles after those added before."""
        end = self._next + self._step * len(batch.articles)
        self.add_at(batch, range(self._next, end, self._step))
        self._next = end

    def add_at(self, batch: AnalyzedBatch, ordinals: Iterable[int]) -> None:
        """Add articles that have these ordinals."""
        self._waiting += documents(batch, ordinals)
        if len(self._waiting) >= _DOCUMENTS_AT_ONCE:
            self.flush()

    @property
    def all_written(self) -> bool:
        """Whether everything that was added is handed over."""
        return not self._waiting

    def put(self, some: Sequence[Document]) -> None:
        """Add documents as they are."""
        self._waiting += some
        if len(self._waiting) >= _DOCUMENTS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Hand everything that was added to the cluster; it survives a crash from now on.

        Raises:
            BuildError: The cluster does not take it.
            IndexUnreachableError: The cluster does not answer.
        """
        waiting, self._waiting = self._waiting, []
        for pause in (*PAUSES, None):
            waiting = self._refused(waiting)
            if not waiting:
                return
            if pause is None:
                raise BuildError(
                    f"{self._connection.address} cannot take more articles at the moment; "
                    "see its disk space and load, and start again: what is written stays"
                )
            time.sleep(pause)

    def finish(self, *, superseded: Sequence[int]) -> None:  # noqa: ARG002 - see the class
        """Make everything that was added durable."""
        self.flush()

    def abort(self) -> None:
        """Give up what was not handed over."""
        self._waiting = []

    def _refused(self, waiting: Sequence[Document]) -> list[Document]:
        """Send documents; give those that the cluster cannot take at the moment."""
        lines: list[Json] = []
        for document in waiting:
            operation = {
                "_index": self._index,
                "_id": document_id(document["article"]["id"]),
                "version": document["ordinal"] + 1,
                "version_type": "external_gte",
            }
            lines += ({"index": operation}, document)
        again = []
        for document, outcome in zip(waiting, self._connection.bulk(lines), strict=True):
            status = outcome["status"]
            if status in _AGAIN:
                again.append(document)
            elif status >= 300 and status != _SUPERSEDED:
                error = outcome.get("error", {})
                raise BuildError(
                    f"{self._connection.address} refused the article "
                    f"{document['article']['id']!r}: {error.get('reason', status)}"
                )
        return again
