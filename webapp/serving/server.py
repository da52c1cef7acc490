"""Serves until told to stop, with what this system has."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any, Final

from webapp.app import create_app
from webapp.operations.metrics import FOLDER
from webapp.operations.request_log import LOG
from webapp.serving.sockets import address_of, listen

HAS_PROCESSES: Final = sys.platform != "win32"
"""Whether several processes can serve here."""

_MOST_WORKERS: Final = 8


def usual_workers() -> int:
    """Give how many processes serve where nothing is said: one for each core, up to eight."""
    if not HAS_PROCESSES:
        return 1
    return min(len(os.sched_getaffinity(0)), _MOST_WORKERS)


def serve(
    config: Mapping[str, Any],
    host: str,
    port: int,
    *,
    tries: int = 1,
    workers: int,
    threads: int,
    announce: Callable[[str], None],
) -> int:
    """Answer requests until Ctrl-C or SIGTERM.

    Args:
        config: What `create_app` takes.
        host: Name or number of the interface.
        port: The port; 0 for any free one.
        tries: How many ports to try, upwards from `port`.
        workers: How many processes answer; one where there are no processes to share an address.
        threads: How many requests each of them answers at a time.
        announce: Called once with the address, when it can answer.

    Returns:
        The exit code.

    Raises:
        IndexUnusableError: There is no usable index.
        AbbreviationsError: The file of abbreviations cannot be read.
        PortInUseError: No tried port is free, or there is no such host here.
        ValueError: A setting has no meaning.
    """
    with ExitStack() as stack:
        if config.get("METRICS") and FOLDER not in os.environ:
            # Read when prometheus-client is imported, so it has to be there before.
            folder = tempfile.TemporaryDirectory(prefix="timbao-metrics-")
            os.environ[FOLDER] = stack.enter_context(folder)
        # Tells what is wrong before there are processes, and loads what they then share.
        create_app(config).extensions["timbao"].close()
        sockets = listen(host, port, tries)
        address = address_of(host, sockets)

        def ready() -> None:
            announce(address)

        if HAS_PROCESSES:
            from webapp.serving import processes

            return processes.serve(config, sockets, workers=workers, threads=threads, ready=ready)
        from webapp.serving import threads as one_process

        return one_process.serve(config, sockets, threads=threads, ready=ready)


def set_up_logs() -> None:
    """Write the log to standard error, the lines of requests as they are."""
    logging.basicConfig(format="timbao: %(levelname)s %(name)s: %(message)s")
    lines = logging.StreamHandler()
    lines.setFormatter(logging.Formatter("%(message)s"))
    LOG.addHandler(lines)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False
