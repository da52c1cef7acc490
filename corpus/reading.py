"""Reading a corpus: find the files, give each to the reader for its form, report what fails."""

import logging
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from corpus.article import Article
from corpus.containers.unpacking import Content, open_contents
from corpus.errors import OptionError, PathError, RecordError, StreamError
from corpus.formats.fields import Fields
from corpus.formats.source import Outcome, Source
from corpus.recognition import Form, UnknownFormError, recognise_binary, recognise_text
from corpus.records import Record, SkippedRecord
from corpus.reports import FileReport
from corpus.streams import BLOCK, STANDARD_INPUT, Stream, open_stream
from corpus.text.detection import Detection, detect
from corpus.text.transcoding import ENCODINGS, to_utf_8

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
    field_map: Mapping[str, str] | None = None,
    encoding: str | None = None,
) -> Iterator[Article]:
    """Return the articles of a file or of all files in a folder tree, one after another.

    The files are read as the articles are asked for, and memory does not grow with their
    size. Each file is recognised by its content: plain text, JSON and JSON Lines (also as
    MongoDB's tools write them), BSON, CSV, Parquet, HTML and WARC, as it is, compressed (gzip,
    Zstandard, bzip2, xz) or in archives (tar, zip); text in UTF-8, UTF-16, Windows-1258, TCVN3,
    VNI or VISCII. In a folder, files and folders are taken in the order of their names; hidden
    ones and README, LICENSE, NOTICE, COPYING and CHANGELOG files are passed over; links are
    followed, but no folder is read twice. A path to a single file is read whatever its name.

    Args:
        path: The file or folder; ``-`` is standard input.
        strict: Stop at the first record that cannot be read.
        on_skip: Called with each record or file that gives no article; without it they are
            logged as warnings to the logger ``corpus``. Not called when strict.
        limit: The most articles to read.
        field_map: For fields of an article the name that the records have for it, such as
            ``{"title": "headline"}``; a name inside of others is written ``meta.title``.
            Fields that are not mapped are recognised by their names.
        encoding: The encoding of all texts, where it is not to be recognised: UTF-8,
            UTF-16-LE, UTF-16-BE, TCVN3, VNI, VISCII or Windows-1258.

    Raises:
        PathError: At once, if there is no such file or folder.
        OptionError: At once, if there is no such encoding, or a key of the map is no field.
        RecordError: While reading, when strict: a record gives no article.
    """
    records = read_records(
        path,
        strict=strict,
        on_skip=on_skip,
        limit=limit,
        field_map=field_map,
        encoding=encoding,
    )
    return (record.article for record in records)


def read_records(
    path: str | os.PathLike[str],
    *,
    strict: bool = False,
    on_skip: Callable[[SkippedRecord], None] | None = None,
    limit: int | None = None,
    field_map: Mapping[str, str] | None = None,
    encoding: str | None = None,
    on_bytes: Callable[[int], None] | None = None,
    on_file: Callable[[FileReport], None] | None = None,
    leave_out: str | os.PathLike[str] | None = None,
) -> Iterator[Record]:
    """Do as `read_articles`, and say of each article from which file and line it comes.

    Args:
        path: As for `read_articles`.
        strict: As for `read_articles`.
        on_skip: As for `read_articles`.
        limit: As for `read_articles`.
        field_map: As for `read_articles`.
        encoding: As for `read_articles`.
        on_bytes: Called with numbers of bytes, as they lie on the disk, that were read or
            passed over: with `corpus_size`, they tell how far the reading has come.
        on_file: Called at the end of each file with what it was read as.
        leave_out: A folder that is no part of the corpus, wherever it lies in it.

    Raises:
        PathError: As for `read_articles`.
        OptionError: As for `read_articles`.
        RecordError: As for `read_articles`.
    """
    if encoding and encoding not in ENCODINGS:
        raise OptionError(f"{encoding!r} is no encoding that is read: {', '.join(ENCODINGS)}")
    Fields(field_map)  # refuses a wrong map at once
    options = _Options(
        strict, on_skip or _warn, on_bytes, on_file, field_map or {}, encoding or "", leave_out
    )
    if os.fspath(path) == _DASH:
        return islice(_good_records(STANDARD_INPUT, options), limit)
    root = Path(path)
    try:
        root.stat()
    except OSError as error:
        raise PathError(f"cannot read {root}: {error.strerror or error}") from error
    except ValueError as error:  # a NUL in the path
        raise PathError(f"cannot read {str(root)!r}: {error}") from error
    return islice(_good_records(root, options), limit)


def corpus_size(
    path: str | os.PathLike[str], leave_out: str | os.PathLike[str] | None = None
) -> int:
    """Give the size in bytes of all files that `read_records` would read, as they lie on the disk.

    What cannot be read counts nothing, and neither does standard input (``-``).
    """
    if os.fspath(path) == _DASH:
        return 0
    total = 0
    for found in _files(Path(path), leave_out):
        if isinstance(found, Path):
            with suppress(OSError):
                total += found.stat().st_size
    return total


@dataclass(frozen=True, slots=True)
class _Options:
    """How a corpus is read; see `read_records`."""

    strict: bool
    on_skip: Callable[[SkippedRecord], None]
    on_bytes: Callable[[int], None] | None
    on_file: Callable[[FileReport], None] | None
    field_map: Mapping[str, str]
    encoding: str
    leave_out: str | os.PathLike[str] | None


def _good_records(root: Path, options: _Options) -> Iterator[Record]:
    for outcome in _outcomes(root, options):
        if isinstance(outcome, Record):
            yield outcome
        elif options.strict:
            raise RecordError(
                outcome.path, outcome.line, outcome.reason, outcome.member, outcome.offset
            )
        else:
            options.on_skip(outcome)


def _warn(skipped: SkippedRecord) -> None:
    _log.warning("skipped %s", skipped)


def _outcomes(root: Path, options: _Options) -> Iterator[Outcome]:
    if root is STANDARD_INPUT or not root.is_dir():
        yield from _read_file(root, options, is_named=True)
        return
    for found in _files(root, options.leave_out):
        if isinstance(found, SkippedRecord):
            yield found
        else:
            yield from _read_file(found, options)


def _files(root: Path, leave_out: str | os.PathLike[str] | None) -> Iterator[Path | SkippedRecord]:
    """Yield the files of a tree, depth first, in the order of their names."""
    seen: set[tuple[int, int]] = set()  # folders, so that links in a circle come to an end
    if leave_out is not None:
        with suppress(OSError):
            status = Path(leave_out).stat()
            seen.add((status.st_dev, status.st_ino))
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


def _read_file(path: Path, options: _Options, is_named: bool = False) -> Iterator[Outcome]:
    # Opening a pipe waits for someone to write to it: only where the user asks for that pipe.
    if path is not STANDARD_INPUT and not (path.is_file() or (is_named and path.is_fifo())):
        yield SkippedRecord(path, None, "not a regular file")
        return
    try:
        with open_stream(path, options.on_bytes) as (stream, progress):
            contents = open_contents(path, stream, progress, _is_passed_over)
            with closing(contents):
                for content in contents:
                    if isinstance(content, SkippedRecord):
                        yield content
                    else:
                        yield from _read_content(content, options)
    except StreamError as error:
        yield SkippedRecord(path, None, str(error))


def _read_content(content: Content, options: _Options) -> Iterator[Outcome]:
    fields = Fields(options.field_map)
    form = Form("", _nothing)
    encoding = Detection("", 1.0)
    articles = skipped = 0
    try:
        head = content.stream.peek(BLOCK)
        if not head:
            content.stream.read(1)  # raises if what comes first is damaged already
        binary = recognise_binary(head)
        blocks = content.stream.blocks()
        if binary:
            form = binary
        else:
            encoding = _encoding(head, options)
            text = Stream(to_utf_8(blocks, encoding.encoding))
            form = recognise_text(content.name, text.peek(BLOCK), fields.mapped)
            blocks = text.blocks()
        for outcome in form.read(Source(content.origin, blocks, fields, content.at_any_place)):
            if isinstance(outcome, Record):
                articles += 1
            else:
                skipped += 1
            yield outcome
    except (StreamError, UnknownFormError) as error:
        skipped += 1
        yield content.origin.skipped(str(error))
    finally:  # also of a file that is not read to its end
        if options.on_file:
            options.on_file(
                FileReport(
                    origin=content.origin,
                    form=form.name,
                    encoding=encoding.encoding,
                    confidence=encoding.confidence,
                    names=fields.names,
                    mended=fields.mended,
                    boilerplate=fields.boilerplate,
                    articles=articles,
                    skipped=skipped,
                )
            )


def _encoding(head: bytes, options: _Options) -> Detection:
    if options.encoding:
        return Detection(options.encoding, 1.0)
    found = detect(head, is_whole=len(head) < BLOCK) if head else Detection("UTF-8", 1.0)
    if not found.encoding:
        raise UnknownFormError(found.reason)
    return found


def _nothing(_: Source) -> Iterator[Outcome]:
    return iter(())
