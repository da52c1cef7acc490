"""`timbao index`: a corpus becomes a searchable index."""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from typing import TYPE_CHECKING

from webapp.commands.changes import changing
from webapp.commands.console import ExitCode, out, readable_size, say

if TYPE_CHECKING:
    from indexer import BuildReport, UpdateReport

_EXAMPLES = 5


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument(
        "corpus",
        nargs="+",
        metavar="CORPUS",
        help="files and folders: articles as plain text, or JSON Lines (also .gz, .zst)",
    )
    parser.add_argument(
        "--index",
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
    parser.add_argument("--limit", type=int, metavar="N", help="read at most N articles")
    parser.add_argument(
        "--strict", action="store_true", help="stop at the first record that gives no article"
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

    write = update_index if options.update else build_index
    reasons: Counter[str] = Counter()
    with changing() as outcome, progress_display() as display:
        report = write(
            options.corpus,
            options.index,
            processes=options.processes,
            limit=options.limit,
            strict=options.strict,
            on_progress=display.show,
            on_skip=lambda record: reasons.update((_kind_of(record.reason),)),
        )
    if outcome.code is not ExitCode.OK:
        return outcome.code
    _tell_skipped(report, reasons)
    if options.json:
        out(json.dumps(report.to_dict()))
    else:
        out(_summary(report))
    return ExitCode.OK


def _tell_skipped(report: BuildReport | UpdateReport, reasons: Counter[str]) -> None:
    if report.skipped:
        say(f"Skipped {report.skipped:,} records:")
        for reason, count in reasons.most_common(_EXAMPLES):
            say(f"  {count:,} × {reason}")
        say("for example")
        for record in report.skipped_examples[:_EXAMPLES]:
            say(f"  {record}")
    if report.duplicates:
        say(f"{report.duplicates:,} articles were replaced by a later one with the same id:")
        for duplicate in report.duplicate_examples[:_EXAMPLES]:
            say(f"  {duplicate}")


def _kind_of(reason: str, length: int = 80) -> str:
    # What stands in quotes or in numbers differs from record to record; the kind is the same.
    kind = reason.split("; ")[0].split(": ")[0]
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
