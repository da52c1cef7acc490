"""What a corpus is made of, told without building an index of it."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.article import Article
from corpus.reading import corpus_size, read_records
from corpus.summary import CorpusSummary, CorpusTally

_PROGRESS_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class ReadProgress:
    """How far the reading of a corpus has come.

    Attributes:
        articles: Articles read so far.
        fraction: Which part of the files was read; `None` where their size is not known.
    """

    articles: int
    fraction: float | None


def inspect_corpus(
    corpus: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    limit: int | None = None,
    field_map: Mapping[str, str] | None = None,
    encoding: str | None = None,
    on_progress: Callable[[ReadProgress], None] | None = None,
    on_article: Callable[[Article], object] | None = None,
) -> CorpusSummary:
    """Read a corpus to its end, and tell what is in it.

    Args:
        corpus: Files and folders, one or several; ``-`` is standard input.
        limit: The most articles to read.
        field_map: See `read_articles`.
        encoding: See `read_articles`.
        on_progress: Called after each thousand articles.
        on_article: Called with each article.

    Raises:
        PathError: There is no such file or folder.
        OptionError: There is no such encoding, or a key of the map is no field.
    """
    tally = CorpusTally()
    parts = [corpus] if isinstance(corpus, str | os.PathLike) else corpus
    # A stream of parts may have no end; of a list of files the size is soon found.
    size = sum(map(corpus_size, parts)) if on_progress and isinstance(parts, Sequence) else 0
    done = articles = 0

    def count(read: int) -> None:
        nonlocal done
        done += read

    for part in parts:
        records = read_records(
            part,
            limit=None if limit is None else limit - articles,
            on_skip=tally.skipped,
            on_file=tally.file,
            on_bytes=count,
            field_map=field_map,
            encoding=encoding,
        )
        for record in records:
            tally.article(record.article, record.location, record.warnings)
            articles += 1
            if on_article:
                on_article(record.article)
            if on_progress and articles % _PROGRESS_EVERY == 0:
                on_progress(ReadProgress(articles, min(1.0, done / size) if size else None))
    return tally.summary()
