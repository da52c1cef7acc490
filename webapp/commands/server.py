"""The web server behind `timbao serve` and `timbao demo`."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING

from indexer import IndexerError
from webapp.commands.console import OutputError, discard, flush_output, out, say

if TYPE_CHECKING:
    from pathlib import Path

    from waitress.server import BaseWSGIServer, MultiSocketServer

    from webapp.live_index import LiveIndex

_WARMING_PATH = "/?q=t%C3%ACm+b%C3%A1o"


class PortInUseError(Exception):
    """The address cannot be bound; the message says what to do."""


@dataclass(frozen=True, slots=True)
class BoundServer:
    """A server that has its address, and the index that it serves."""

    server: BaseWSGIServer | MultiSocketServer
    live: LiveIndex


def make_server(
    index: Path, host: str, port: int, *, tries: int = 1, abbreviations: str | None = None
) -> BoundServer:
    """Open the index and bind the address; nothing is answered before `run_server`.

    Args:
        index: Folder of the index.
        host: Name or number of the interface.
        port: The port; 0 for any free one.
        tries: How many ports to try, upwards from `port`.
        abbreviations: A file of abbreviations.

    Raises:
        IndexUnusableError: There is no usable index.
        AbbreviationsError: The file of abbreviations cannot be read.
        PortInUseError: No tried port is free, or there is no such host here.
    """
    from waitress.server import create_server

    from webapp.app import create_app

    # A request that waits for a thread is no event; it is answered in its turn.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    app = create_app({"INDEX": index, "ABBREVIATIONS": abbreviations or ""})
    live: LiveIndex = app.extensions["timbao"]
    problem: Exception | None = None
    for candidate in range(port, min(port + tries, 65_536)):
        try:
            server = create_server(app, host=host, port=candidate, threads=8, ident="timbao")
        except (OSError, ValueError) as error:
            problem = error
        else:
            return BoundServer(server, live)
    live.close()
    raise PortInUseError(
        f"cannot listen on {host}, port {port} ({problem}); choose another one with --port"
    )


def run_server(bound: BoundServer, host: str, announce: Callable[[str], None]) -> None:
    """Answer requests until Ctrl-C or SIGTERM; running requests are completed.

    Args:
        bound: The bound server.
        host: The interface that it was bound to.
        announce: Called with the address, once it answers.
    """
    server = bound.server
    port = _port_of(server)
    shown = f"[{host}]" if ":" in host else host

    def tell() -> None:
        if _answers("127.0.0.1" if host in {"0.0.0.0", "::", "*"} else host, port):  # noqa: S104
            announce(f"http://{shown}:{port}/")
            # Nobody waits for this; whoever comes meanwhile is answered as well.
            with suppress(IndexerError, OSError):
                bound.live.warm()
        else:
            say(f"timbao: http://{shown}:{port}/ does not answer as it should")

    threading.Thread(target=tell, daemon=True).start()
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def print_address(address: str) -> None:
    """Announce an address on standard output, at once."""
    try:
        out(f"Serving at {address} (Ctrl-C stops it)")
        flush_output()
    except (BrokenPipeError, OutputError):
        discard(sys.stdout)


def _port_of(server: BaseWSGIServer | MultiSocketServer) -> int:
    if hasattr(server, "effective_listen"):
        return int(server.effective_listen[0][1])
    # The type stubs do not know this attribute.
    return int(vars(server)["effective_port"])


def _answers(host: str, port: int) -> bool:
    # The first search with marks loads the segmentation model, so that no reader waits for it.
    connection = HTTPConnection(host, port, timeout=60)
    try:
        connection.request("GET", _WARMING_PATH)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
