"""`timbao index`: a corpus becomes a searchable index."""

from __future__ import annotations

import argparse
import json
import os
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from webapp.commands.changes import changing
from webapp.commands.console import ExitCode, out, path_name, readable_size, say

if TYPE_CHECKING:
    from corpus import FileReport, SkippedRecord
    from indexer import BuildReport, UpdateReport

_KINDS: Final = 5
"""How many kinds of reasons to tell."""
_EXAMPLES: Final = 20
"""How many records to name."""


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument(
        "corpus",
        type=path_name,
        nargs="+",
        metavar="CORPUS",
        help="files and folders, or - for standard input: articles as text, JSON, BSON, CSV, "
        "Parquet, HTML or WARC, also compressed or in archives (zip, tar)",
    )
    parser.add_argument(
        "--index",
        type=path_name,
        required=True,
        metavar="DIR",
        help="folder of the index; made, replaced or updated",
    )
    parser.add_argument(
        "--update",
        action="store_true",
        help="add to the index that is there; articles with the same id are replaced",
    )
    parser.add_argument(
        "--processes",
        type=int,
        default=available_processors(),
        metavar="N",
        help="worker processes (default: one for each processor, %(default)s)",
    )
    parser.add_argument(
        "--map",
        type=_mapping,
        action="append",
        default=[],
        metavar="FIELD=NAME",
        help="the records' name for a field, where it is not to be guessed: title=headline; "
        "may be given several times",
    )
    parser.add_argument(
        "--encoding",
        metavar="NAME",
        help="the encoding of all texts, where it is not to be recognised: UTF-8, UTF-16-LE, "
        "UTF-16-BE, TCVN3, VNI, VISCII or Windows-1258",
    )
    parser.add_argument("--limit", type=int, metavar="N", help="read at most N articles")
    parser.add_argument(
        "--strict", action="store_true", help="stop at the first record that gives no article"
    )
    parser.add_argument("--json", action="store_true", help="print the report as a JSON object")


def _mapping(text: str) -> tuple[str, str]:
    field, _, name = text.partition("=")
    if not field or not name:
        raise argparse.ArgumentTypeError(f"{text!r} must be of the form FIELD=NAME")
    return field, name


def available_processors() -> int:
    """Give the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run(options: argparse.Namespace) -> int:
    """Build or update the index, tell how it goes, and report."""
    from indexer import build_index, update_index
    from webapp.commands.progress import progress_display

    write = update_index if options.update else build_index
    skipped, files = _Skipped(), _Files()
    with changing() as outcome, progress_display() as display:
        report = write(
            options.corpus,
            options.index,
            processes=options.processes,
            limit=options.limit,
            strict=options.strict,
            on_progress=display.show,
            on_skip=skipped.add,
            field_map=dict(options.map),
            encoding=options.encoding,
            on_file=files.add,
        )
    files.tell()
    # Of a change that stopped, too: that nothing could be read may be why.
    skipped.tell()
    if outcome.code is not ExitCode.OK:
        return outcome.code
    _tell_duplicates(report)
    if options.json:
        out(json.dumps(report.to_dict()))
    else:
        out(_summary(report))
    return ExitCode.OK


class _Files:
    """What the files were read as, where it was guessed or changed; alike ones are told once."""

    def __init__(self) -> None:
        self._kinds: Counter[str] = Counter()
        self._firsts: dict[str, str] = {}

    def add(self, report: FileReport) -> None:
        if not (report.names or report.mended or report.boilerplate) and report.encoding in (
            "",
            "UTF-8",
        ):
            return
        kind = f"{report.form} {report.encoding} {sorted(report.names.items())}"
        self._kinds[kind] += 1
        if len(self._firsts) < _KINDS:
            self._firsts.setdefault(kind, str(report))

    def tell(self) -> None:
        for kind, first in self._firsts.items():
            more = self._kinds[kind] - 1
            say(f"Read {first}" + (f" (and {counted(more, 'file')} alike)" if more else ""))


class _Skipped:
    """The records that gave no article: how many of which kind, and the first of them."""

    def __init__(self) -> None:
        self._kinds: Counter[str] = Counter()
        self._examples: list[str] = []

    def add(self, record: SkippedRecord) -> None:
        self._kinds[kind_of(record.reason)] += 1
        if len(self._examples) < _EXAMPLES:
            self._examples.append(str(record))

    def tell(self) -> None:
        total = self._kinds.total()
        if not total:
            return
        say(f"Skipped {counted(total, 'record')}:")
        told = self._kinds.most_common(_KINDS)
        for kind, count in told:
            say(f"  {count:,} × {kind}")
        if rest := total - sum(count for _, count in told):
            say(f"  {rest:,} for other reasons")
        say("for example:" if total > len(self._examples) else "that is:")
        _tell_examples(self._examples, total)


def _tell_duplicates(report: BuildReport | UpdateReport) -> None:
    if report.duplicates:
        was = "was" if report.duplicates == 1 else "were"
        say(
            f"{counted(report.duplicates, 'article')} {was} replaced by a later one "
            "with the same id:"
        )
        _tell_examples([str(d) for d in report.duplicate_examples], report.duplicates)


def _tell_examples(examples: list[str], total: int) -> None:
    for example in examples[:_EXAMPLES]:
        say(f"  {example}")
    if (more := total - len(examples[:_EXAMPLES])) > 0:
        say(f"  and {more:,} more")


def counted(number: int, noun: str) -> str:
    """Give a number with a noun in its singular or plural."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


_VALUE = re.compile(
    r"""
    '(?: [^'\\] | \\. )*' (?!\w)  # what `repr` quotes
    | "(?: [^"\\] | \\. )*"
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"[0-9][0-9,.:-]*(?: [0-9][0-9,.:-]*)*")


def kind_of(reason: str, length: int = 80) -> str:
    """Give what is the same in the reasons of all records with the same fault.

    Args:
        reason: Why a record gave no article.
        length: The most characters of the answer.

    >>> kind_of("published: 'hôm qua' is not a date; write 2021, 2021-04 or 2021-04-08")
    'published: … is not a date'
    """
    kind = _NUMBER.sub("…", _VALUE.sub("…", reason).split("; ")[0])
    return kind if len(kind) <= length else kind[: length - 1] + "…"


def _summary(report: BuildReport | UpdateReport) -> str:
    from indexer import BuildReport

    lines = [f"articles indexed  {report.articles:,}"]
    if not isinstance(report, BuildReport):
        lines += [
            f"articles added    {report.added:,}",
            f"replaced          {report.replaced:,}",
        ]
    lines += [
        f"records skipped   {report.skipped:,}",
        f"duplicate ids     {report.duplicates:,}",
    ]
    if report.withdrawn:
        lines.append(f"withdrawn         {report.withdrawn:,}")
    lines.append(f"time              {report.seconds:,.1f} s")
    if isinstance(report, BuildReport):
        lines.append(f"speed             {report.articles_per_second:,.0f} articles/s")
    lines.append(f"size              {readable_size(report.size_bytes)}")
    return "\n".join(lines)
