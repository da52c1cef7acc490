"""Parquet: a row for each article, read in batches (https://parquet.apache.org).

Read by PyArrow, the extra ``parquet``. The columns go by the names of an article's fields or
by those of `corpus.formats.values.ALIASES`; other columns are not even read. The file has to be
one of its own on the disk, or at most 64 MiB.
"""

from collections.abc import Iterator
from typing import Any

from corpus.errors import ArticleError, StreamError
from corpus.formats.extras import extra
from corpus.formats.source import Outcome, Source

_ROWS = 256


def is_parquet(head: bytes) -> bool:
    """Tell by the first bytes."""
    return head.startswith(b"PAR1")


def read(source: Source) -> Iterator[Outcome]:
    """Yield the article of each row, or why it has none."""
    parquet = extra("pyarrow.parquet", "parquet", "Parquet files")
    arrow = extra("pyarrow", "parquet", "Parquet files")
    if source.at_any_place is None:
        raise StreamError("a Parquet file that cannot be read from its end")
    number = 0
    with source.at_any_place() as opened:
        try:
            file: Any = parquet.ParquetFile(
                opened,
                pre_buffer=False,
                buffer_size=1 << 20,
                thrift_string_size_limit=16 << 20,
                thrift_container_size_limit=1 << 20,
            )
            columns = source.fields.columns(file.schema_arrow.names)
            for batch in file.iter_batches(_ROWS, columns=columns, use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    try:
                        record = source.record(row, number)
                    except ArticleError as error:
                        yield source.origin.skipped(str(error), number)
                    else:
                        yield record
        except (arrow.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
            reason = f"the Parquet data is damaged: {' '.join(str(error).split())[:200]}"
            yield source.origin.skipped(reason, number + 1 if number else None)
