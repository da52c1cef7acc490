"""Walking through many documents of an index, as they are at one point in time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from indexer.deadline import Deadline
from indexer.engines.opensearch.connection import ClusterError, Connection, Json
from indexer.errors import IndexUnusableError

_KEPT: Final = "5m"
"""How long the cluster keeps a point in time that nobody asks for."""

_AT_ONCE: Final = 1_000

ORDINAL: Final[Json] = {"ordinal": "asc"}
"""The unique tie-breaker of every order."""


@contextmanager
def point_in_time(connection: Connection, index: str) -> Iterator[Json]:
    """Keep the index as it is while it is read.

    Raises:
        IndexUnusableError: The cluster cannot read the whole index.
    """
    wanted = {"keep_alive": _KEPT, "allow_partial_pit_creation": "false"}
    path = f"/{index}/_search/point_in_time"
    try:
        pit = connection.request("POST", path, params=wanted)["pit_id"]
    except ClusterError as error:
        raise IndexUnusableError(f"{connection.address} cannot be read ({error})") from error
    try:
        yield {"id": pit, "keep_alive": _KEPT}
    finally:
        with suppress(ClusterError, IndexUnusableError):
            connection.request("DELETE", "/_search/point_in_time", {"pit_id": [pit]})


def walk(
    connection: Connection, index: str, body: Json, deadline: Deadline, at_once: int = _AT_ONCE
) -> Iterator[list[Json]]:
    """Give all hits of a search in its order, some at a time.

    Args:
        connection: The cluster.
        index: Name of the index.
        body: The search; its order ends with `ORDINAL`, or is that where it has none.
        deadline: When the first hits must be there.
        at_once: How many hits are asked for at a time.
    """
    with point_in_time(connection, index) as pit:
        asked = {"sort": [ORDINAL], **body, "pit": pit, "size": at_once}
        asked["track_total_hits"] = False
        left = deadline.left()
        while hits := connection.search("", asked, left)["hits"]["hits"]:
            yield hits
            if len(hits) < at_once:
                return
            asked["search_after"] = hits[-1]["sort"]
            left = None
