"""`timbao optimize`: one segment, without what was deleted."""

from __future__ import annotations

import argparse

from webapp.commands.changes import changing
from webapp.commands.console import ExitCode, out, out_json, path_name, readable_size


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument(
        "index", type=path_name, metavar="DIR", help="folder of the index, or its address"
    )
    parser.add_argument("--json", action="store_true", help="print the report as a JSON object")


def run(options: argparse.Namespace) -> int:
    """Merge all segments, and report."""
    from indexer import optimize_index

    with changing() as outcome:
        report = optimize_index(options.index)
    if outcome.code is not ExitCode.OK:
        return outcome.code
    if options.json:
        out_json(report.to_dict())
        return ExitCode.OK
    out(f"articles          {report.articles:,}")
    out(f"segments before   {report.segments_before:,}")
    out(f"deleted, dropped  {report.dropped:,}")
    out(f"size before       {readable_size(report.size_bytes_before)}")
    out(f"size              {readable_size(report.size_bytes)}")
    return ExitCode.OK
