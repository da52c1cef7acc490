"""`ReprintCounter`: how many articles of a corpus are reprints, without an index of them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from corpus import Article
from indexer.analysis.chunks import ChunkTokens
from indexer.columnar.documents import Documents, DocumentsWriter
from indexer.errors import BuildError
from indexer.reprints.candidates import candidates
from indexer.reprints.finding import compare_all
from indexer.reprints.grouping import Compared, stories
from indexer.reprints.sampling import COMPARED_FIELDS, sample
from indexer.reprints.shingles import Ints, syllable_hashes
from indexer.reprints.texts import TextReader
from indexer.schema import TEXT_FIELDS, text_of
from indexer.store.stories import ReprintFigures, reprint_figures_of

_ARTICLES_AT_A_TIME: Final = 64
_FIELDS: Final = tuple(TEXT_FIELDS[number] for number in COMPARED_FIELDS)


class ReprintCounter:
    """Counts reprints among articles that are given one by one, as `build_index` would.

    Their texts lie in a folder for temporary files until the counter is closed, compressed to
    about a third. Used as a context manager, it closes itself.

    Example:
        >>> with ReprintCounter() as counter:
        ...     summary = inspect_corpus("articles.jsonl", on_article=counter.add)
        ...     print(counter.figures().reprints)
    """

    def __init__(self) -> None:
        with ExitStack() as stack:
            self._folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            self._path = self._folder / "documents.tb"
            self._writer = stack.enter_context(DocumentsWriter(self._path))
            self._held = stack.pop_all()
        self._tokens = ChunkTokens()
        self._waiting: list[Article] = []
        self._newest: dict[str, int] = {}
        self._count = 0
        self._samples: list[NDArray[np.uint32]] = [np.empty(0, np.uint32)]
        self._counts: list[Ints] = [np.empty(0, np.int64)]

    def add(self, article: Article) -> None:
        """Count in an article; of several with one id the last one counts.

        Raises:
            BuildError: There is no space for it.
        """
        self._newest[article.id] = self._count
        self._count += 1
        self._waiting.append(article)
        if len(self._waiting) == _ARTICLES_AT_A_TIME:
            self._write_waiting()

    def figures(self) -> ReprintFigures:
        """Tell how many are reprints. Nothing can be added afterwards.

        Raises:
            BuildError: There is no space for the texts.
        """
        self._write_waiting()
        with self._writing():
            self._writer.finish()
        documents = Documents(self._path)
        newest = np.sort(np.fromiter(self._newest.values(), np.int64, len(self._newest)))
        counts = np.concatenate(self._counts)
        chosen = np.zeros(self._count, dtype=bool)
        chosen[newest] = True
        samples = np.concatenate(self._samples)[np.repeat(chosen, counts)]
        pairs = candidates(samples, counts[newest])
        reader = TextReader(self._tokens)
        compared = compare_all(
            pairs,
            len(newest),
            lambda numbers: reader.read(
                [Article.restore(json.loads(documents[int(newest[one])])) for one in numbers]
            ),
        )
        # Which of a story is the earliest changes no number.
        dates = np.zeros(len(newest), np.int64)
        return reprint_figures_of(stories(Compared(*pairs, *compared), dates))

    def close(self) -> None:
        """Remove what lies in the folder."""
        self._held.close()

    def _write_waiting(self) -> None:
        articles, self._waiting = self._waiting, []
        paragraphs = [
            (number, text)
            for number, article in enumerate(articles)
            for field in _FIELDS
            for text in text_of(article, field)
        ]
        tokens = self._tokens.cut([text for _, text in paragraphs])
        forms, terms = self._tokens.forms(tokens.terms)
        owners = np.array([number for number, _ in paragraphs], np.int64)
        samples, counts = sample(
            syllable_hashes(forms)[terms],
            np.repeat(owners, np.diff(tokens.bounds)),
            len(articles),
        )
        self._samples.append(samples)
        self._counts.append(counts)
        with self._writing():
            for article in articles:
                self._writer.add(json.dumps(article.to_dict(), ensure_ascii=False).encode())

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise BuildError(
                f"the texts could not be kept in {self._folder} ({error}) to find reprints; free "
                "some space, name another folder in TMPDIR, or do without reprints"
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
