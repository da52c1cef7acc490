"""What happens when a part of the cluster fails: no wrong answer, and no article lost."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from indexer import (
    BuildError,
    IndexUnreachableError,
    IndexUnusableError,
    SearchRequest,
    SearchTimeoutError,
    build_index,
    open_index,
    update_index,
)
from indexer.engines.opensearch import connection as connecting
from indexer.engines.opensearch import writer as writing
from indexer.engines.opensearch.address import parse_address
from indexer.engines.opensearch.connection import Connection
from tests.indexer.engines.opensearch.nodes import Node, free_port, killed, several_nodes
from tests.indexer.engines.opensearch.test_building import numbered

ARTICLES = 300
GREEN = "wait_for_nodes=3&wait_for_status=green"


@pytest.fixture(scope="module")
def cluster(installed: None) -> Iterator[list[Node]]:  # noqa: ARG001
    """Three nodes; a test that kills one starts it again."""
    with several_nodes(3) as nodes:
        yield nodes


def address_of(nodes: list[Node], name: str) -> str:
    return f"opensearch://{','.join(node.host for node in nodes)}/{name}"


def index_of(connection: Connection) -> str:
    return str(next(iter(connection.request("GET", f"/_alias/{connection.address.name}"))))


def wait_until_green(connection: Connection) -> None:
    asked = {"wait_for_status": "green", "timeout": "60s"}
    connection.request("GET", "/_cluster/health", params=asked, seconds=90)


def test_node_killed_under_searches_gives_whole_answers_or_errors(cluster: list[Node]) -> None:
    address = address_of(cluster, "searched")
    build_index(numbered(ARTICLES), address)
    wait_until_green(Connection(parse_address(address)))
    totals: list[int] = []
    ended = threading.Event()

    def ask() -> None:
        with open_index(address) as index:
            while not ended.is_set():
                with suppress(IndexUnusableError, SearchTimeoutError):
                    totals.append(index.search(SearchRequest("tin số")).total)

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(1)
    with killed(cluster[1], GREEN):
        before = len(totals)
        end = time.monotonic() + 60
        while len(totals) < before + 10 and time.monotonic() < end:
            time.sleep(0.2)
        answered = len(totals) - before
        ended.set()
        asking.join()
    assert answered >= 10
    assert set(totals) == {ARTICLES}


def test_a_part_of_the_shards_is_never_presented_as_the_whole(cluster: list[Node]) -> None:
    address = address_of(cluster, "partial")
    build_index(numbered(ARTICLES), address)
    connection = Connection(parse_address(address))
    index = index_of(connection)
    # No second copies: what is on the node is nowhere else.
    alone = {"index": {"auto_expand_replicas": False, "number_of_replicas": 0}}
    connection.request("PUT", f"/{index}/_settings", alone)
    wait_until_green(connection)
    places = connection.request("GET", f"/_cat/shards/{index}", params={"format": "json"})
    assert {place["node"] for place in places} == {node.name for node in cluster}
    with open_index(address) as opened, killed(cluster[2], GREEN):
        for _ in range(10):
            with pytest.raises(IndexUnusableError):
                opened.search(SearchRequest("tin số"))
            time.sleep(0.1)
    with open_index(address) as opened:
        assert opened.search(SearchRequest("tin số")).total == ARTICLES


def test_node_killed_under_an_update_loses_nothing(cluster: list[Node]) -> None:
    address = address_of(cluster, "updated")
    build_index(numbered(ARTICLES), address, reprints=False)
    wait_until_green(Connection(parse_address(address)))
    written: list[int] = []
    outcome: list[Exception] = []

    def update() -> None:
        try:
            update_index(
                numbered(3_000, start=ARTICLES),
                address,
                on_progress=lambda progress: written.append(progress.articles),
            )
        except (BuildError, IndexUnusableError) as error:
            outcome.append(error)

    updating = threading.Thread(target=update)
    updating.start()
    while updating.is_alive() and not (written and written[-1] >= 500):
        time.sleep(0.05)
    assert updating.is_alive()
    with killed(cluster[0], GREEN):
        updating.join(120)
    updating.join()
    if outcome:  # an update that was refused is made again, and completes what it began
        update_index(numbered(3_000, start=ARTICLES), address)
    with open_index(address) as index:
        assert index.article_count == ARTICLES + 3_000
        assert index.search(SearchRequest("tin số")).total == ARTICLES + 3_000
        assert list(index._engine.frequencies(["số"])) == [ARTICLES + 3_000]


def test_full_disk_stops_an_update_and_what_was_there_is_searched(
    node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "PAUSES", (0.01,))
    monkeypatch.setattr(writing, "PAUSES", (0.01,))
    address = f"opensearch://{node.host}/full"
    build_index(numbered(5), address)
    connection = Connection(parse_address(address))
    index = index_of(connection)
    # What OpenSearch does to an index on a node whose disk is full above the last watermark.
    blocked = {"index.blocks.read_only_allow_delete": True}
    connection.request("PUT", f"/{index}/_settings", blocked)
    with pytest.raises(BuildError, match="disk"):
        update_index(numbered(5, start=5), address)
    with open_index(address) as opened:
        assert opened.search(SearchRequest("tin số")).total == 5
    free = {"index.blocks.read_only_allow_delete": None}
    connection.request("PUT", f"/{index}/_settings", free)
    assert update_index(numbered(5, start=5), address).articles == 10


def test_cluster_that_is_not_there_is_told() -> None:
    pytest.importorskip("opensearchpy")
    with pytest.raises(IndexUnreachableError, match="running"):
        open_index(f"opensearch://127.0.0.1:{free_port()}/news")


def test_search_that_takes_too_long_is_ended(node: Node) -> None:
    address = f"opensearch://{node.host}/slow"
    build_index(numbered(50), address)
    with open_index(address) as index, pytest.raises(SearchTimeoutError):
        index.search(SearchRequest("tin số", timeout=1e-6))
