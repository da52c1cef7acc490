"""waitress: one process with several threads, where there is no `fork`."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from waitress.server import create_server

from webapp.app import create_app
from webapp.operations.warming import warm

if TYPE_CHECKING:
    from webapp.live_index import LiveIndex


def serve(
    config: Mapping[str, Any],
    sockets: list[socket.socket],
    *,
    threads: int,
    ready: Callable[[], None],
) -> int:
    """Answer requests until Ctrl-C or SIGTERM; running requests are completed.

    Args:
        config: What `create_app` takes.
        sockets: They listen; they are closed at the end.
        threads: How many requests are answered at a time.
        ready: Called once it can answer.

    Returns:
        0.
    """
    # A request that waits for a thread is no event; it is answered in its turn.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    app = create_app(config)
    live: LiveIndex = app.extensions["timbao"]
    server = create_server(app, sockets=sockets, threads=threads, ident="timbao")
    try:
        warm(app)
        ready()
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
        live.close()
    return 0
