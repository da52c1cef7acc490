"""Making the indexes of a generation, completing them, and switching to them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, Final

from indexer.engines.opensearch.connection import ClusterError, Connection, Json
from indexer.engines.opensearch.generation import TERMS_SUFFIX
from indexer.engines.opensearch.mapping import (
    articles_mapping,
    meta,
    settings,
    terms_mapping,
)
from indexer.engines.opensearch.vocabulary import Counts, in_batches, put_terms
from indexer.errors import BuildError

_EXISTS: Final = "resource_already_exists_exception"
_FINE: Final = frozenset({200, 201})
_SECONDS_TO_SETTLE: Final = 60


def create_indexes(
    connection: Connection, index: str, model: str, *, shards: int = 1, build: str | None = None
) -> bool:
    """Make the two indexes of a generation, ready to be loaded.

    Args:
        connection: The cluster.
        index: Name of the index of articles.
        model: Fingerprint of the segmentation model.
        shards: How many shards the articles are spread over.
        build: What the generation is to be built of; `None` where that is nobody's concern.

    Returns:
        Whether they were made; else they were there.

    Raises:
        BuildError: The cluster does not make them.
    """
    # The terms first: whoever finds the articles finds the terms, too.
    _create(connection, index + TERMS_SUFFIX, terms_mapping(), {}, settings(1))
    described = meta(model)
    if build is not None:
        described["timbao"]["build"] = build
    return _create(connection, index, articles_mapping(), described, settings(shards))


def _create(
    connection: Connection, index: str, mapping: Json, described: Json, own_settings: Json
) -> bool:
    body = {
        "settings": {"index": own_settings},
        "mappings": {**mapping, "_meta": described},
    }
    try:
        connection.request("PUT", f"/{index}", body, params={"wait_for_active_shards": "1"})
    except ClusterError as error:
        if error.kind == _EXISTS:
            return False
        raise BuildError(f"{connection.address}: {index} could not be made ({error})") from error
    return True


def drop_indexes(connection: Connection, index: str) -> None:
    """Delete the two indexes of a generation, where they are there."""
    for name in (index, index + TERMS_SUFFIX):
        with suppress(ClusterError):
            connection.request("DELETE", f"/{name}", params={"ignore_unavailable": "true"})


def refresh(connection: Connection, index: str) -> None:
    """Make what was written visible to searches, on all shards."""
    for name in (index, index + TERMS_SUFFIX):
        answer = connection.request("POST", f"/{name}/_refresh", seconds=600)
        if answer["_shards"]["failed"]:
            raise BuildError(f"{connection.address}: {name} could not be refreshed as a whole")


def change_meta(connection: Connection, index: str, **more: Any) -> None:
    """Change what an index says of itself."""
    own = read_meta(connection, index)
    connection.request("PUT", f"/{index}/_mapping", {"_meta": {"timbao": own | more}})


def new_revision(connection: Connection, index: str, **more: Any) -> None:
    """Say that an index has changed, so that whoever searches it opens it anew."""
    revision = read_meta(connection, index).get("revision", 0) + 1
    change_meta(connection, index, revision=revision, changed=round(time.time(), 3), **more)


def read_meta(connection: Connection, index: str) -> dict[str, Any]:
    """Read what an index says of itself, whatever that is."""
    found = connection.request("GET", f"/{index}/_mapping")
    own: dict[str, Any] = found[index]["mappings"]["_meta"]["timbao"]
    return own


def apply_terms(
    connection: Connection, index: str, operations: Iterable[tuple[Json, Json]]
) -> None:
    """Write to the index of terms.

    Raises:
        BuildError: The cluster refused any of it.
    """
    for lines in in_batches(operations, index + TERMS_SUFFIX):
        for outcome in connection.bulk(lines):
            if outcome["status"] not in _FINE:
                raise BuildError(
                    f"{connection.address} refused a term: "
                    f"{outcome.get('error', {}).get('reason', outcome['status'])}"
                )


def write_terms(connection: Connection, index: str, counts: Counts) -> None:
    """Write all terms of an index anew, in place of those that are there."""
    kinds = {"query": {"terms": {"kind": sorted(counts)}}}
    parameters = {"refresh": "true", "conflicts": "proceed"}
    path = f"/{index}{TERMS_SUFFIX}/_delete_by_query"
    connection.request("POST", path, kinds, params=parameters, seconds=3600)
    apply_terms(connection, index, put_terms(counts))


def switch_alias(connection: Connection, index: str) -> list[str]:
    """Let the alias stand for an index, and for no other, at once.

    Returns:
        The indexes that it stood for before.

    Raises:
        BuildError: The cluster does not do it.
    """
    name = connection.address.name
    before = sorted(aliased(connection))
    actions: list[Json] = [
        {"remove": {"index": old, "alias": name}} for old in before if old != index
    ]
    actions.append({"add": {"index": index, "alias": name}})
    try:
        connection.request("POST", "/_aliases", {"actions": actions})
    except ClusterError as error:
        raise BuildError(f"{connection.address}: the switch failed ({error})") from error
    return [old for old in before if old != index]


def aliased(connection: Connection) -> Mapping[str, Any]:
    """Give the indexes that the alias stands for."""
    try:
        found: Mapping[str, Any] = connection.request("GET", f"/_alias/{connection.address.name}")
    except ClusterError as error:
        if error.status == 404:
            return {}
        raise
    return found


def settle(connection: Connection, index: str) -> None:
    """Give a generation that is loaded a second copy, if there is a node for it.

    Raises:
        BuildError: Not all of it is there.
    """
    names = f"{index},{index}{TERMS_SUFFIX}"
    body = {"index": {"auto_expand_replicas": "0-1"}}
    connection.request("PUT", f"/{names}/_settings", body)
    # It is searched also while the copies are made: the first ones are all that is needed.
    asked = {"wait_for_status": "yellow", "timeout": f"{_SECONDS_TO_SETTLE}s"}
    health = connection.request(
        "GET", f"/_cluster/health/{names}", params=asked, seconds=2 * _SECONDS_TO_SETTLE
    )
    if health["timed_out"] or health["status"] == "red":
        raise BuildError(
            f"{connection.address}: a part of {index} is on no node; start the node again that "
            "has it, and build again"
        )


def data_nodes(connection: Connection) -> int:
    """Give how many nodes of the cluster keep data."""
    return int(connection.request("GET", "/_cluster/health")["number_of_data_nodes"])


def size_bytes(connection: Connection, index: str) -> dict[str, int]:
    """Give the size of the first copies of the two indexes of a generation."""
    names = f"{index},{index}{TERMS_SUFFIX}"
    found = connection.request("GET", f"/{names}/_stats/store,docs")["indices"]
    return {name: own["primaries"]["store"]["size_in_bytes"] for name, own in found.items()}
