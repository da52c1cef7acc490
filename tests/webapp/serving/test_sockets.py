from __future__ import annotations

import socket

import pytest

from webapp.serving.sockets import PortInUseError, address_of, listen


def _closed(sockets: list[socket.socket]) -> list[socket.socket]:
    for one in sockets:
        one.close()
    return sockets


def test_any_free_port_can_be_had() -> None:
    sockets = listen("127.0.0.1", 0)
    port = sockets[0].getsockname()[1]
    assert address_of("127.0.0.1", sockets) == f"http://127.0.0.1:{port}/"
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        _closed(sockets)


def test_a_taken_port_is_passed_over() -> None:
    first = listen("127.0.0.1", 0)
    port = first[0].getsockname()[1]
    with pytest.raises(PortInUseError, match=f"port {port}.*--port"):
        listen("127.0.0.1", port)
    second = listen("127.0.0.1", port, tries=50)
    assert port < second[0].getsockname()[1] < port + 50
    _closed([*first, *second])


def test_all_addresses_of_a_name_have_one_port() -> None:
    sockets = listen("localhost", 0)
    ports = {one.getsockname()[1] for one in sockets}
    _closed(sockets)
    assert len(ports) == 1


def test_an_address_of_the_sixth_version_stands_in_brackets() -> None:
    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    try:
        sockets = listen("::1", 0)
    except PortInUseError:
        pytest.skip("no IPv6 here")
    assert address_of("::1", sockets).startswith("http://[::1]:")
    _closed(sockets)


@pytest.mark.parametrize("host", ["no.such.host.invalid", "a" * 300, "192.0.2.1"])
def test_a_host_that_is_not_here_is_told(host: str) -> None:
    with pytest.raises(PortInUseError, match="cannot listen on"):
        listen(host, 0)
