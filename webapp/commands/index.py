"""`timbao index`: a corpus becomes a searchable index."""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from typing import TYPE_CHECKING

from webapp.commands.console import ExitCode, fail, out, say

if TYPE_CHECKING:
    from indexer import BuildReport

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
        "--index", required=True, metavar="DIR", help="folder of the index; made or replaced"
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
    """Build the index, tell how it goes, and report."""
    from corpus import CorpusError, PathError
    from indexer import BuildError, IndexUnusableError, RequestError, build_index
    from webapp.commands.progress import progress_display

    reasons: Counter[str] = Counter()
    try:
        with progress_display() as display:
            report = build_index(
                options.corpus,
                options.index,
                processes=options.processes,
                limit=options.limit,
                strict=options.strict,
                on_progress=display.show,
                on_skip=lambda record: reasons.update((_kind_of(record.reason),)),
            )
    except RequestError as error:
        return fail(f"--{error.option}: {error.message}", ExitCode.WRONG_USE)
    except PathError as error:
        return fail(error, ExitCode.WRONG_USE)
    except IndexUnusableError as error:
        return fail(error, ExitCode.INDEX_UNUSABLE)
    except (BuildError, CorpusError) as error:
        return fail(error, ExitCode.BUILD_FAILED)
    except OSError as error:
        return fail(f"the build stopped: {error}", ExitCode.BUILD_FAILED)
    except KeyboardInterrupt:
        return fail(
            "interrupted; an index that was there before is untouched", ExitCode.INTERRUPTED
        )
    _tell_skipped(report, reasons)
    if options.json:
        out(json.dumps(report.to_dict()))
    else:
        out(_summary(report))
    return ExitCode.OK


def _tell_skipped(report: BuildReport, reasons: Counter[str]) -> None:
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


def _summary(report: BuildReport) -> str:
    return "\n".join(
        (
            f"articles indexed  {report.articles:,}",
            f"records skipped   {report.skipped:,}",
            f"duplicate ids     {report.duplicates:,}",
            f"time              {report.seconds:,.1f} s",
            f"speed             {report.articles_per_second:,.0f} articles/s",
            f"size              {_size(report.size_bytes)}",
        )
    )


def _size(size: int) -> str:
    value, unit = float(size), "bytes"
    for larger in ("kB", "MB", "GB", "TB"):
        if value < 1_000:
            break
        value, unit = value / 1_000, larger
    return f"{value:,.0f} {unit}" if unit == "bytes" else f"{value:,.1f} {unit}"
