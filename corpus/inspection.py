"""What a corpus is made of, told without building an index of it."""

import os
from collections.abc import Iterable, Mapping

from corpus.reading import read_records
from corpus.summary import CorpusSummary, CorpusTally


def inspect_corpus(
    corpus: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    limit: int | None = None,
    field_map: Mapping[str, str] | None = None,
    encoding: str | None = None,
) -> CorpusSummary:
    """Read a corpus to its end, and tell what is in it.

    Args:
        corpus: Files and folders, one or several; ``-`` is standard input.
        limit: The most articles to read.
        field_map: See `read_articles`.
        encoding: See `read_articles`.

    Raises:
        PathError: There is no such file or folder.
        OptionError: There is no such encoding, or a key of the map is no field.
    """
    tally = CorpusTally()
    left = limit
    for part in [corpus] if isinstance(corpus, str | os.PathLike) else corpus:
        records = read_records(
            part,
            limit=left,
            on_skip=tally.skipped,
            on_file=tally.file,
            field_map=field_map,
            encoding=encoding,
        )
        for record in records:
            tally.article(record.article, record.location, record.warnings)
            left = None if left is None else left - 1
    return tally.summary()
