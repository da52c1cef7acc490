"""What `timbao serve` and `timbao demo` share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import Any

from webapp.commands.console import (
    ExitCode,
    OutputError,
    discard,
    fail,
    flush_output,
    out,
)


def port_number(text: str) -> int:
    """Read a port number.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= 65_535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 65535")
    return int(text)


def serve_index(
    config: Mapping[str, Any],
    host: str,
    port: int,
    *,
    tries: int = 1,
    workers: int | None = None,
    threads: int = 8,
) -> int:
    """Serve an index until told to stop.

    Args:
        config: What `create_app` takes.
        host: Name or number of the interface.
        port: The port; 0 for any free one.
        tries: How many ports to try, upwards from `port`.
        workers: How many processes answer; by default what suits the machine.
        threads: How many requests each of them answers at a time.

    Returns:
        The exit code.
    """
    from indexer import AbbreviationsError, IndexUnusableError
    from webapp.serving.server import serve, set_up_logs, usual_workers
    from webapp.serving.sockets import PortInUseError

    set_up_logs()
    try:
        return serve(
            config,
            host,
            port,
            tries=tries,
            workers=workers or usual_workers(),
            threads=threads,
            announce=_print_address,
        )
    except IndexUnusableError as error:
        return fail(error, ExitCode.INDEX_UNUSABLE)
    except (AbbreviationsError, PortInUseError, ValueError) as error:
        return fail(error, ExitCode.WRONG_USE)


def _print_address(address: str) -> None:
    """Announce an address on standard output, at once."""
    try:
        out(f"Serving at {address} (Ctrl-C stops it)")
        flush_output()
    except (BrokenPipeError, OutputError):
        discard(sys.stdout)
