"""The generations of an index: an index of the cluster each, behind one alias."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Any, Final, Self

from indexer.analysis import RULES, Segmenter
from indexer.engines.opensearch.address import parse_address
from indexer.engines.opensearch.connection import ClusterError, Connection
from indexer.engines.opensearch.mapping import MAPPING_VERSION
from indexer.errors import (
    ForeignFolderError,
    GenerationGoneError,
    IndexMissingError,
    IndexUnusableError,
    IndexVersionError,
)
from indexer.schema import SCHEMA_VERSION

TERMS_SUFFIX: Final = ".terms"
_BELIEVED: Final = 1.0
"""Seconds for which it is believed that a generation is current."""


@dataclass(frozen=True, slots=True)
class Described:
    """What a generation says of itself.

    Attributes:
        index: Name of its index of articles.
        revision: Counts the changes of it.
        changed: When it was changed last, in seconds since 1970.
        model: Fingerprint of the segmentation model.
        reprints: Whether it is known which articles are reprints.
        next: Ordinal of the article that is added next.
        build: Of a generation that is not complete, what it is being built of; else `None`.
    """

    index: str
    revision: int
    changed: float
    model: str
    reprints: bool
    next: int
    build: str | None

    @property
    def name(self) -> str:
        """A name that no other state of the index has, and that sorts by age."""
        return f"{self.index.rpartition('-')[2]}-{self.revision:06}"

    @property
    def terms(self) -> str:
        """Name of its index of terms."""
        return self.index + TERMS_SUFFIX


class OpenSearchGeneration:
    """One generation of an index, open for reading. Threads may share it.

    Make it with `open_generation`; close it, or use it as a context manager.

    Attributes:
        directory: The address of the index.
        described: What it says of itself.
        segmenter: What cut the articles.
        connection: The cluster.
    """

    def __init__(self, connection: Connection, described: Described) -> None:
        self.directory = str(connection.address)
        self.described = described
        self.connection = connection
        self.segmenter = checked_segmenter(connection, described)
        self._checked = time.monotonic()
        self._current = True
        self._lock = Lock()

    @property
    def generation(self) -> str:
        """Its name."""
        return self.described.name

    @property
    def created_at(self) -> datetime:
        """When it was completed."""
        return datetime.fromtimestamp(self.described.changed, UTC)

    def is_current(self) -> bool:
        """Tell whether this is still the generation that would be opened now.

        Where none can be opened, nothing better is there, and this one remains the best.
        """
        with self._lock:
            if time.monotonic() - self._checked > _BELIEVED:
                self._checked = time.monotonic()
                try:
                    self._current = describe(self.connection) == self.described
                except IndexUnusableError:
                    self._current = True
            return self._current

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_generation(address: str, generation: str | None = None) -> OpenSearchGeneration:
    """Open the current generation of an index.

    Args:
        address: Address of the index.
        generation: Name of the generation that is wanted, if it must be that.

    Raises:
        GenerationGoneError: The generation that was named is not the current one.
        IndexUnusableError: There is no index that can be searched; says why and what to do.
    """
    connection = Connection(parse_address(address))
    try:
        if generation is None:
            return OpenSearchGeneration(connection, describe(connection))
        return OpenSearchGeneration(connection, _named(connection, generation))
    except BaseException:
        connection.close()
        raise


def _named(connection: Connection, generation: str) -> Described:
    """Find a generation by its name, which may come from anywhere."""
    number = generation.partition("-")[0]
    if number.isascii() and number.isdigit():
        described = find_index(connection, index_name(connection, int(number)))
        if described is not None and described.name == generation and described.build is None:
            return described
    raise GenerationGoneError(
        f"{connection.address} has no generation {generation!r}, or has it no longer"
    )


def index_name(connection: Connection, number: int) -> str:
    """Give the name of the index of articles of a generation."""
    return f"{connection.address.name}-{number:08}"


def number_of(index: str) -> int:
    """Give the number of the generation of an index."""
    number = index.rpartition("-")[2]
    return int(number) if number.isascii() and number.isdigit() else 0


def find_index(connection: Connection, index: str) -> Described | None:
    """Give what an index says of itself; `None` where there is none.

    Raises:
        IndexUnusableError: It is none of timbao, or of another version.
    """
    try:
        found = connection.request("GET", f"/{index}/_mapping")
    except ClusterError as error:
        if error.status == 404:
            return None
        raise
    return parse_meta(connection, index, found[index]["mappings"].get("_meta", {}))


def describe(connection: Connection) -> Described:
    """Find the current generation behind the alias, and what it says of itself.

    Raises:
        IndexUnusableError: There is none, or it cannot be searched by this version.
    """
    address = connection.address
    try:
        found = connection.request("GET", f"/{address.name}/_mapping")
    except ClusterError as error:
        if error.status == 404:
            raise IndexMissingError(
                f"{address}: there is no such index; build one with `timbao index`"
            ) from error
        raise IndexUnusableError(f"{address} cannot be opened ({error})") from error
    if len(found) != 1:
        raise ForeignFolderError(
            f"{address} stands for {len(found)} indexes ({', '.join(sorted(found))}); "
            "an index of timbao is one"
        )
    ((index, described),) = found.items()
    return parse_meta(connection, index, described["mappings"].get("_meta", {}))


def parse_meta(connection: Connection, index: str, meta: dict[str, Any]) -> Described:
    """Read what an index says of itself.

    Raises:
        IndexUnusableError: It is none of timbao, or of another version.
    """
    address = connection.address
    own = meta.get("timbao")
    if not isinstance(own, dict):
        raise ForeignFolderError(f"{address}: {index} is no index of timbao; it is left as it is")
    versions = {"mapping": MAPPING_VERSION, "schema": SCHEMA_VERSION, "rules": RULES}
    for what, version in versions.items():
        if own.get(what) != version:
            raise IndexVersionError(
                f"{address} was written by another version of timbao "
                f"({what} {own.get(what)!r}, this one reads {version!r}); build it again"
            )
    return Described(
        index,
        int(own.get("revision", 0)),
        float(own.get("changed", 0)),
        str(own["model"]),
        bool(own.get("reprints", False)),
        int(own.get("next", 0)),
        own.get("build"),
    )


def checked_segmenter(connection: Connection, described: Described) -> Segmenter:
    """Give the segmenter that cut the articles.

    Raises:
        IndexVersionError: The installed model is another one.
    """
    segmenter = Segmenter()
    if segmenter.fingerprint != described.model:
        raise IndexVersionError(
            f"{connection.address} was cut into words by another model of pyvi "
            f"({described.model[:12]}…) than the installed one ({segmenter.fingerprint[:12]}…); "
            "install the version of pyvi that it was built with, or build it again"
        )
    return segmenter
