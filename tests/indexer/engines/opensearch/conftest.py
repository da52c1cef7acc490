"""One node for all tests of this folder."""

import importlib.util
import os
from collections.abc import Iterator

import pytest

from indexer.engines.opensearch.address import parse_address
from indexer.engines.opensearch.connection import Connection
from tests.indexer.engines.opensearch.nodes import Node, NoNodeError, check_installed, one_node


@pytest.fixture(scope="session")
def installed() -> None:
    """What a node needs; where it is missing, tests are skipped, and in CI they fail."""
    missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
    if importlib.util.find_spec("opensearchpy") is None:
        missing("opensearch-py is not installed")
    try:
        check_installed()
    except NoNodeError as error:
        missing(str(error))


@pytest.fixture(scope="session")
def node(installed: None) -> Iterator[Node]:  # noqa: ARG001
    """A cluster of one node. Tests share it: each has indexes of its own."""
    with one_node() as running:
        yield running


@pytest.fixture
def address(node: Node, request: pytest.FixtureRequest) -> Iterator[str]:
    """An address at which nothing is, and nothing will be."""
    name = f"building-{abs(hash(request.node.name)) % 10**8}"
    connection = Connection(parse_address(f"opensearch://{node.host}/{name}"))
    yield f"opensearch://{node.host}/{name}"
    for index in connection.request("GET", f"/{name}*/_settings"):
        connection.request("DELETE", f"/{index}")
    connection.close()
