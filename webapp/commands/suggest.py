"""`timbao suggest`: what somebody may be typing."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from webapp.commands.console import (
    ExitCode,
    fail,
    out,
    out_json,
    positive,
    printable,
    readable,
    say,
)
from webapp.commands.index_options import add_index


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument("prefix", metavar="PREFIX", help="what is typed so far; marks may lack")
    add_index(parser)
    parser.add_argument(
        "--size", type=positive, default=8, metavar="N", help="how many at most (default: 8)"
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object; its counts are approximate"
    )


def run(options: argparse.Namespace) -> int:
    """Print completions, the best first."""
    from indexer import IndexUnusableError, open_index

    prefix = readable(options.prefix)
    try:
        with open_index(options.index) as index:
            suggestions = index.suggest(prefix, options.size)
    except IndexUnusableError as error:
        return fail(error, ExitCode.INDEX_UNUSABLE)
    if options.json:
        found = {"prefix": prefix, "suggestions": [asdict(one) for one in suggestions]}
        out_json(found)
    else:
        for one in suggestions:
            times = "" if one.kind == "title" else f" · found about {one.count:,} times"
            out(f"{printable(one.text)} · {one.kind}{times}")
    if suggestions:
        return ExitCode.OK
    if not options.json:
        say(f"Nothing begins like {printable(prefix)}.")
    return ExitCode.NOTHING_FOUND
