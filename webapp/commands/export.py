"""`timbao export`: everything that a search finds, as a file."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from webapp.commands.console import ExitCode, fail, flush_output, output_errors, path_name, say
from webapp.commands.search import add_question, explained, named_as_options, question


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    add_question(parser)
    parser.add_argument(
        "--format",
        choices=("csv", "jsonl", "bibtex"),
        default="jsonl",
        help="a table, JSON Lines (default; an index can be built of them), or a bibliography",
    )
    parser.add_argument(
        "-o",
        "--output",
        type=path_name,
        metavar="FILE",
        help="file to write (default: standard output); it is there when it is complete",
    )
    parser.add_argument(
        "--bom",
        action="store_true",
        help="begin a table with a byte order mark, by which spreadsheets know UTF-8",
    )


def run(options: argparse.Namespace) -> int:
    """Write all articles that match, in their order."""
    from indexer import (
        AbbreviationsError,
        IndexUnusableError,
        QueryError,
        RequestError,
        open_index,
    )
    from webapp.exporting import ExportFormat, file_chunks, for_export

    try:
        request = question(options)
    except RequestError as error:
        return fail(named_as_options(error), ExitCode.WRONG_USE)
    try:
        with open_index(options.index, abbreviations=options.abbreviations) as index:
            scan = index.scan(for_export(request))
            if scan.total:
                chunks = file_chunks(scan, ExportFormat(options.format), bom=options.bom)
                _write(chunks, options.output)
    except QueryError as error:
        return fail(explained(error, request.query), ExitCode.WRONG_USE)
    except AbbreviationsError as error:
        return fail(error, ExitCode.WRONG_USE)
    except IndexUnusableError as error:
        return fail(error, ExitCode.INDEX_UNUSABLE)
    except _FileError as error:
        return fail(error, ExitCode.OUTPUT_FAILED)
    count = scan.stories if options.collapse else scan.total
    say(f"{count:,} {'article' if count == 1 else 'articles'}")
    return ExitCode.OK if scan.total else ExitCode.NOTHING_FOUND


class _FileError(Exception):
    """The file cannot be written; the message says why."""


def _write(chunks: Iterable[bytes], name: str | None) -> None:
    if name is None:
        flush_output()
        with output_errors():
            for chunk in chunks:
                sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
        return
    try:
        with _completed(Path(name)) as file:
            for chunk in chunks:
                file.write(chunk)
    except OSError as error:
        raise _FileError(f"cannot write {name}: {error.strerror or error}") from error


@contextmanager
def _completed(path: Path) -> Iterator[IO[bytes]]:
    """Write a file beside its place, and put it there once it is complete."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with unfinished.open("xb") as file:
            yield file
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
