"""`timbao serve`: the search page over an index."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from webapp.commands.console import ExitCode, fail
from webapp.commands.index_options import add_abbreviations, add_index


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
    add_abbreviations(parser)


def port_number(text: str) -> int:
    """Read a port number.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= 65_535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 65535")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    from indexer import AbbreviationsError, IndexUnusableError
    from webapp.commands.server import PortInUseError, make_server, print_address, run_server

    logging.basicConfig(format="timbao: %(levelname)s %(name)s: %(message)s")
    try:
        server = make_server(
            Path(options.index), options.host, options.port, abbreviations=options.abbreviations
        )
    except IndexUnusableError as error:
        return fail(error, ExitCode.INDEX_UNUSABLE)
    except (AbbreviationsError, PortInUseError) as error:
        return fail(error, ExitCode.WRONG_USE)
    run_server(server, options.host, print_address)
    return ExitCode.OK
