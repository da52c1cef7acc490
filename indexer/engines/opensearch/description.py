"""What an index that a cluster keeps consists of, and what is wrong with it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from indexer.analysis import RULES
from indexer.engines.opensearch.address import parse_address
from indexer.engines.opensearch.connection import Connection, Json
from indexer.engines.opensearch.generation import TERMS_SUFFIX, open_generation
from indexer.engines.opensearch.statistics import Statistics
from indexer.engines.opensearch.withdrawn import withdrawn_ids
from indexer.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from indexer.store.info import IndexInfo


def describe_index(address: str) -> IndexInfo:
    """Describe the current generation of an index; its segments are its shards.

    Raises:
        IndexUnusableError: There is no index; says why and what to do.
    """
    from indexer.store.info import IndexInfo, SegmentInfo

    with open_generation(address) as generation:
        connection, described = generation.connection, generation.described
        path = f"/{described.index},{described.terms}/_stats/docs,store"
        found = connection.request("GET", path, params={"level": "shards"})["indices"]
        shards = []
        for number, copies in sorted(found[described.index]["shards"].items()):
            first = next(copy for copy in copies if copy["routing"]["primary"])
            docs, store = first["docs"], first["store"]
            shards.append(
                SegmentInfo(
                    f"shard {number}", docs["count"], docs["deleted"], store["size_in_bytes"]
                )
            )
        parts = {
            name: found[index]["primaries"]["store"]["size_in_bytes"]
            for name, index in (("articles", described.index), ("terms", described.terms))
        }
        return IndexInfo(
            directory=generation.directory,
            generation=generation.generation,
            created=generation.created_at.isoformat(timespec="seconds"),
            schema_version=SCHEMA_VERSION,
            analyzer=RULES,
            model=described.model,
            articles=Statistics(connection, described.index).whole().articles,
            deleted=sum(shard.deleted for shard in shards),
            tombstones=len(withdrawn_ids(connection)),
            reprints=None,
            segments=tuple(shards),
            size_bytes=sum(parts.values()),
            parts=parts,
        )


def cluster_faults(address: str) -> list[str]:
    """Tell which parts of an index are on no node. Its files are OpenSearch's to check.

    Raises:
        IndexUnusableError: There is no index.
    """
    with (
        open_generation(address) as generation,
        closing(Connection(parse_address(address))) as own,
    ):
        names = f"{generation.described.index},{generation.described.index}{TERMS_SUFFIX}"
        places: list[Json] = own.request("GET", f"/_cat/shards/{names}", params={"format": "json"})
    return [
        f"{place['index']}: {'the first' if place['prirep'] == 'p' else 'a second'} copy of shard "
        f"{place['shard']} is on no node ({place['state'].lower()})"
        for place in places
        if place["state"] not in ("STARTED", "RELOCATING")
    ]
