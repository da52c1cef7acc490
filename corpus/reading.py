"""Reading a corpus: find the files, give each to the reader for its form, report what fails."""

import logging
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path

from corpus.article import Article
from corpus.containers.unpacking import Content, open_contents
from corpus.errors import PathError, RecordError, StreamError
from corpus.formats.source import Outcome, Source
from corpus.recognition import UnknownFormError, recognise
from corpus.records import Record, SkippedRecord
from corpus.streams import BLOCK, STANDARD_INPUT, open_stream

_DASH = "-"
"""What the user writes for standard input."""

_log = logging.getLogger("corpus")

# What stands beside a corpus to explain it, whatever its form, is no part of it.
_DOCUMENTATION = frozenset({"changelog", "copying", "license", "licence", "notice", "readme"})


def read_articles(
    path: str | os.PathLike[str],
    *,
    strict: bool = False,
    on_skip: Callable[[SkippedRecord], None] | None = None,
    limit: int | None = None,
) -> Iterator[Article]:
    """Return the articles of a file or of all files in a folder tree, one after another.

    The files are read as the articles are asked for, and memory does not grow with their
    size. Each file is recognised by its content: plain text or JSON Lines, as it is, compressed
    (gzip, Zstandard, bzip2, xz) or in archives (tar, zip). In a folder, files and folders are
    taken in the order of their names; hidden ones and README, LICENSE, NOTICE, COPYING and
    CHANGELOG files are passed over; links are followed, but no folder is read twice. A path to
    a single file is read whatever its name.

    Args:
        path: The file or folder; ``-`` is standard input.
        strict: Stop at the first record that cannot be read.
        on_skip: Called with each record or file that gives no article; without it they are
            logged as warnings to the logger ``corpus``. Not called when strict.
        limit: The most articles to read.

    Raises:
        PathError: At once, if there is no such file or folder.
        RecordError: While reading, when strict: a record gives no article.
    """
    records = read_records(path, strict=strict, on_skip=on_skip, limit=limit)
    return (record.article for record in records)


def read_records(
    path: str | os.PathLike[str],
    *,
    strict: bool = False,
    on_skip: Callable[[SkippedRecord], None] | None = None,
    limit: int | None = None,
    on_bytes: Callable[[int], None] | None = None,
) -> Iterator[Record]:
    """Do as `read_articles`, and say of each article from which file and line it comes.

    Args:
        path: As for `read_articles`.
        strict: As for `read_articles`.
        on_skip: As for `read_articles`.
        limit: As for `read_articles`.
        on_bytes: Called with the number of bytes of each read, as they lie on the disk: with
            `corpus_size`, it tells how far the reading has come.

    Raises:
        PathError: As for `read_articles`.
        RecordError: As for `read_articles`.
    """
    root = Path(path)
    if os.fspath(path) == _DASH:
        return islice(_good_records(STANDARD_INPUT, strict, on_skip or _warn, on_bytes), limit)
    try:
        root.stat()
    except OSError as error:
        raise PathError(f"cannot read {root}: {error.strerror or error}") from error
    except ValueError as error:  # a NUL in the path
        raise PathError(f"cannot read {str(root)!r}: {error}") from error
    return islice(_good_records(root, strict, on_skip or _warn, on_bytes), limit)


def corpus_size(path: str | os.PathLike[str]) -> int:
    """Give the size in bytes of all files that `read_records` would read, as they lie on the disk.

    What cannot be read counts nothing, and neither does standard input (``-``).
    """
    if os.fspath(path) == _DASH:
        return 0
    total = 0
    for found in _files(Path(path)):
        if isinstance(found, Path):
            with suppress(OSError):
                total += found.stat().st_size
    return total


def _good_records(
    root: Path,
    strict: bool,
    on_skip: Callable[[SkippedRecord], None],
    on_bytes: Callable[[int], None] | None,
) -> Iterator[Record]:
    for outcome in _outcomes(root, on_bytes):
        if isinstance(outcome, Record):
            yield outcome
        elif strict:
            raise RecordError(
                outcome.path, outcome.line, outcome.reason, outcome.member, outcome.offset
            )
        else:
            on_skip(outcome)


def _warn(skipped: SkippedRecord) -> None:
    _log.warning("skipped %s", skipped)


def _outcomes(root: Path, on_bytes: Callable[[int], None] | None) -> Iterator[Outcome]:
    if root is STANDARD_INPUT or not root.is_dir():
        yield from _read_file(root, on_bytes, is_named=True)
        return
    for found in _files(root):
        if isinstance(found, SkippedRecord):
            yield found
        else:
            yield from _read_file(found, on_bytes)


def _files(root: Path) -> Iterator[Path | SkippedRecord]:
    """Yield the files of a tree, depth first, in the order of their names."""
    seen: set[tuple[int, int]] = set()  # folders, so that links in a circle come to an end
    # A folder may hold a million files: their names are kept, not a path for each.
    waiting = [(root.parent, iter([root.name]))]
    while waiting:
        folder, names = waiting[-1]
        name = next(names, None)
        if name is None:
            waiting.pop()
            continue
        path = folder / name
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield path
            elif (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                waiting.append((path, iter(_names(path))))
        except OSError as error:
            yield SkippedRecord(path, None, f"cannot be read: {error.strerror or error}")


def _names(folder: Path) -> list[str]:
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries if not _is_passed_over(entry.name))


def _is_passed_over(name: str) -> bool:
    return name.startswith(".") or name.partition(".")[0].lower() in _DOCUMENTATION


def _read_file(
    path: Path, on_bytes: Callable[[int], None] | None, is_named: bool = False
) -> Iterator[Outcome]:
    # Opening a pipe waits for someone to write to it: only where the user asks for that pipe.
    if path is not STANDARD_INPUT and not (path.is_file() or (is_named and path.is_fifo())):
        yield SkippedRecord(path, None, "not a regular file")
        return
    try:
        with open_stream(path, on_bytes) as (stream, progress):
            contents = open_contents(path, stream, progress, _is_passed_over)
            with closing(contents):
                for content in contents:
                    if isinstance(content, SkippedRecord):
                        yield content
                    else:
                        yield from _read_content(content)
    except StreamError as error:
        yield SkippedRecord(path, None, str(error))


def _read_content(content: Content) -> Iterator[Outcome]:
    try:
        head = content.stream.peek(BLOCK)
        if not head:
            content.stream.read(1)  # raises if what comes first is damaged already
        read = recognise(content.name, head)
        yield from read(Source(content.origin, content.stream.blocks()))
    except (StreamError, UnknownFormError) as error:
        yield content.origin.skipped(str(error))
