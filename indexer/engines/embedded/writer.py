"""The write port: one new generation of a Whoosh index in a folder of its own."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from whoosh import index

from indexer.analysis import AnalyzedArticle
from indexer.engines.embedded.fields import (
    ARTICLE_FIELD,
    ID_FIELD,
    METADATA_FIELD,
    whoosh_schema,
)
from indexer.engines.embedded.metadata import metadata_row
from indexer.schema import WORDS_SUFFIX

_MEMORY_MB = 256


class EmbeddedWriter:
    """Writes articles into a new Whoosh index.

    Args:
        folder: An empty folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index = index.create_in(str(folder), whoosh_schema())
        self._writer = self._index.writer(limitmb=_MEMORY_MB)

    def add(self, article: AnalyzedArticle) -> None:
        """Add an article after those added before."""
        terms = {}
        for field, text in article.texts.items():
            terms[field] = (text.terms, text.positions)
            terms[field + WORDS_SUFFIX] = (text.words, text.word_positions)
        self._writer.add_document(
            **{
                ID_FIELD: article.article.id,
                ARTICLE_FIELD: json.dumps(article.article.to_dict(), ensure_ascii=False),
                METADATA_FIELD: metadata_row(article.article),
            },
            **terms,
        )

    def finish(self, *, superseded: Sequence[int]) -> None:
        """Commit, drop superseded articles, and bring every file to the disk."""
        self._writer.commit(merge=False)
        if superseded:
            # Rewriting the segment takes them out of the collection's statistics too.
            writer = self._index.writer(limitmb=_MEMORY_MB)
            for ordinal in superseded:
                writer.delete_document(ordinal)
            writer.commit(optimize=True)
        self._index.close()
        for path in self._folder.iterdir():
            _fsync(path)
        _fsync(self._folder)

    def abort(self) -> None:
        """Release the files of an unfinished generation."""
        self._writer.cancel()
        self._index.close()


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
