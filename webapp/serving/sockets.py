"""Addresses that a server listens on."""

from __future__ import annotations

import socket
import sys
from contextlib import ExitStack

_BACKLOG = 1_024


class PortInUseError(Exception):
    """The address cannot be bound; the message says what to do."""


def listen(host: str, port: int, tries: int = 1) -> list[socket.socket]:
    """Listen on a port of every address that a host name means.

    Args:
        host: Name or number of the interface.
        port: The port; 0 for any free one.
        tries: How many ports to try, upwards from `port`.

    Returns:
        The sockets, one for each address; connections wait until a server takes them.

    Raises:
        PortInUseError: No tried port is free, or there is no such host here.
    """
    problem: Exception | None = None
    for candidate in range(port, min(port + tries, 65_536)):
        try:
            return _listen(host, candidate)
        except (OSError, UnicodeError) as error:
            problem = error
    raise PortInUseError(
        f"cannot listen on {host}, port {port} ({problem}); choose another one with --port"
    )


def address_of(host: str, sockets: list[socket.socket]) -> str:
    """Give the address at which a browser finds what listens on a host."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{sockets[0].getsockname()[1]}/"


def _listen(host: str, port: int) -> list[socket.socket]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    with ExitStack() as undo:
        sockets: list[socket.socket] = []
        for family, kind, protocol, _, address in dict.fromkeys(found):
            bound = undo.enter_context(socket.socket(family, kind, protocol))
            if sys.platform != "win32":
                # A port whose connections have just ended is free. On Windows this would share it.
                bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            # Any free port is the same one for all addresses.
            free = port or (sockets[0].getsockname()[1] if sockets else 0)
            bound.bind((address[0], free, *address[2:]))
            bound.listen(_BACKLOG)
            sockets.append(bound)
        undo.pop_all()
        return sockets
