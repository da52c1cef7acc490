"""`timbao check`: read every byte of an index, and tell what is damaged."""

from __future__ import annotations

import argparse

from webapp.commands.console import ExitCode, fail, out, out_json, path_name


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument(
        "index", type=path_name, metavar="DIR", help="folder of the index, or its address"
    )
    parser.add_argument("--json", action="store_true", help="print the faults as a JSON object")


def run(options: argparse.Namespace) -> int:
    """Check the index, and list its faults."""
    from indexer import IndexUnusableError, check_index

    try:
        faults = check_index(options.index)
    except IndexUnusableError as error:
        return fail(error, ExitCode.INDEX_UNUSABLE)
    if options.json:
        out_json({"faults": faults})
    else:
        for fault in faults:
            out(fault)
        if not faults:
            out("no fault found")
    return ExitCode.INDEX_UNUSABLE if faults else ExitCode.OK
