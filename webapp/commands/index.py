"""`timbao index`: a corpus becomes a searchable index."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from webapp.commands.changes import changing
from webapp.commands.console import ExitCode, fail, out, out_json, path_name, readable_size, say
from webapp.commands.corpus_options import add_corpus, add_reading_options
from webapp.commands.corpus_summary import counted, reprints_line, summary_lines

if TYPE_CHECKING:
    from corpus import FileReport, SkippedRecord
    from indexer import BuildReport, UpdateReport

_KINDS: Final = 5
"""How many kinds of reasons to tell."""
_EXAMPLES: Final = 20
"""How many records to name."""


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    add_corpus(parser)
    parser.add_argument(
        "--index",
        type=path_name,
        required=True,
        metavar="DIR",
        help="folder of the index, or its address; made, replaced or updated",
    )
    parser.add_argument(
        "--part",
        metavar="N/M",
        help="write the N-th of M parts; of an index that OpenSearch keeps. Each machine writes "
        "one, and the last one that is done completes the index",
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
    add_reading_options(parser)
    parser.add_argument("--limit", type=int, metavar="N", help="read at most N articles")
    parser.add_argument(
        "--strict", action="store_true", help="stop at the first record that gives no article"
    )
    parser.add_argument(
        "--no-reprints",
        action="store_true",
        help="do not find out which articles are reprints; updates of this index will not either",
    )
    parser.add_argument("--json", action="store_true", help="print the report as a JSON object")


def available_processors() -> int:
    """Give the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run(options: argparse.Namespace) -> int:
    """Build or update the index, tell how it goes, and report."""
    from indexer import build_index, update_index
    from webapp.commands.progress import progress_display

    if options.update and options.no_reprints:
        return fail(
            "--no-reprints is for a new index; an update does as the index does",
            ExitCode.WRONG_USE,
        )
    if options.update and options.part:
        return fail("--part is for a new index", ExitCode.WRONG_USE)
    build = partial(build_index, reprints=not options.no_reprints, part=options.part)
    write = update_index if options.update else build
    if _lies_in(options.index, options.corpus):
        say(f"The index's own folder, {options.index}, lies in the corpus; it is left out.")
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
        out_json(report.to_dict())
    else:
        out(_summary(report))
    return ExitCode.OK


def _lies_in(index: str, corpus: Sequence[str]) -> bool:
    folder = Path(index).resolve()
    try:
        is_there = folder.is_dir()
    except PermissionError:  # which is told where the index is written
        return False
    return is_there and any(
        Path(part).resolve() in (folder, *folder.parents) for part in corpus if part != "-"
    )


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
        from corpus import kind_of

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


def _summary(report: BuildReport | UpdateReport) -> str:
    from indexer import BuildReport

    lines = [f"articles indexed  {report.articles:,}"]
    if isinstance(report, BuildReport) and report.parts_missing:
        waits = counted(report.parts_missing, "other part")
        lines = [f"part written; the index waits for {waits}"]
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
    if report.reprints is not None:
        lines.append(f"reprints          {reprints_line(report.reprints)}")
    lines += summary_lines(report.corpus)
    return "\n".join(lines)
