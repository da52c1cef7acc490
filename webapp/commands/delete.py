"""`timbao delete`: take articles out of an index."""

from __future__ import annotations

import argparse
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from pathlib import Path

from webapp.commands.changes import changing
from webapp.commands.console import ExitCode, fail, out, out_json, path_name
from webapp.commands.index_options import add_index


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    add_index(parser)
    parser.add_argument(
        "--ids",
        type=path_name,
        required=True,
        metavar="FILE",
        help="ids of the articles, one on each line, in UTF-8 or UTF-16; - for standard input",
    )
    parser.add_argument(
        "--tombstone",
        action="store_true",
        help="keep these ids out of later updates and rebuilds too",
    )
    parser.add_argument("--json", action="store_true", help="print the report as a JSON object")


def run(options: argparse.Namespace) -> int:
    """Delete the articles, and report."""
    from indexer import delete_articles

    try:
        ids = list(_ids(options.ids))
    except OSError as error:
        return fail(f"--ids: {error}", ExitCode.WRONG_USE)
    except UnicodeDecodeError as error:
        return fail(
            f"--ids: {options.ids} is not in UTF-8 (byte 0x{error.object[error.start]:02X} at "
            f"position {error.start}); save it as UTF-8",
            ExitCode.WRONG_USE,
        )
    with changing() as outcome:
        report = delete_articles(ids, options.index, options.tombstone)
    if outcome.code is not ExitCode.OK:
        return outcome.code
    if options.json:
        out_json(report.to_dict())
        return ExitCode.OK
    out(f"articles deleted  {report.deleted:,}")
    out(f"ids not found     {report.unknown:,}")
    if options.tombstone:
        out(f"new tombstones    {report.tombstones_added:,}")
    out(f"articles left     {report.articles:,}")
    return ExitCode.OK


def _ids(name: str) -> Iterator[str]:
    data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    # Lines end with a line feed; an id may hold whatever else separates lines elsewhere.
    encoding = "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    for line in data.decode(encoding).split("\n"):
        if article_id := line.strip():
            yield article_id
