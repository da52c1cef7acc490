"""`timbao serve`: the search page and the API over an index."""

from __future__ import annotations

import argparse

from webapp.commands.console import positive
from webapp.commands.index_options import add_abbreviations, add_index
from webapp.commands.serving import port_number, serve_index
from webapp.settings import read_assignment


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    add_index(parser)
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="interface to listen on (default: %(default)s, this machine only)",
    )
    parser.add_argument(
        "--port", type=port_number, default=8000, help="port (default: %(default)s; 0: any)"
    )
    parser.add_argument(
        "--workers",
        type=positive,
        metavar="N",
        help="processes that answer (default: one for each core, up to 8; Windows: always 1)",
    )
    parser.add_argument(
        "--threads",
        type=positive,
        default=8,
        metavar="N",
        help="requests that each of them answers at a time (default: %(default)s)",
    )
    parser.add_argument(
        "--set",
        type=_assignment,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        dest="settings",
        help="a setting of the application, such as METRICS=1; the README of webapp lists them",
    )
    add_abbreviations(parser)


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    own = {"INDEX": options.index, "ABBREVIATIONS": options.abbreviations or ""}
    return serve_index(
        {**dict(options.settings), **own},
        options.host,
        options.port,
        workers=options.workers,
        threads=options.threads,
    )


def _assignment(text: str) -> tuple[str, str | int]:
    try:
        return read_assignment(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
