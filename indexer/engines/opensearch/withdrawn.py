"""Ids of articles that are kept out of an index, in all its generations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from indexer.deadline import NO_DEADLINE
from indexer.engines.opensearch.connection import ClusterError, Connection, Json
from indexer.engines.opensearch.documents import document_id
from indexer.engines.opensearch.reading import walk
from indexer.errors import BuildError

_SUFFIX: Final = ".withdrawn"
_MAPPING: Final[Json] = {
    "dynamic": "strict",
    "properties": {"id": {"type": "keyword"}},
}


def withdrawn_ids(connection: Connection) -> frozenset[str]:
    """Read the ids that are kept out."""
    index = connection.address.name + _SUFFIX
    try:
        connection.request("POST", f"/{index}/_refresh")
    except ClusterError as error:
        if error.status == 404:
            return frozenset()
        raise
    order: Json = {"sort": [{"id": "asc"}]}
    return frozenset(
        hit["_source"]["id"]
        for hits in walk(connection, index, order, NO_DEADLINE)
        for hit in hits
    )


def withdraw(connection: Connection, ids: Iterable[str]) -> None:
    """Keep ids out from now on.

    Raises:
        BuildError: The cluster does not take them.
    """
    index = connection.address.name + _SUFFIX
    settings = {"index": {"number_of_shards": 1, "auto_expand_replicas": "0-1"}}
    try:
        connection.request("PUT", f"/{index}", {"settings": settings, "mappings": _MAPPING})
    except ClusterError as error:
        if error.kind != "resource_already_exists_exception":
            raise BuildError(f"{connection.address}: {index} ({error})") from error
    lines: list[Json] = []
    for one in sorted(ids):
        lines += ({"index": {"_index": index, "_id": document_id(one)}}, {"id": one})
    for outcome in connection.bulk(lines):
        if outcome["status"] >= 300:
            raise BuildError(f"{connection.address} refused to keep {outcome['_id']!r} out")
