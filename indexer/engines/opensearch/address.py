"""Addresses of indexes that OpenSearch keeps, and what the environment says of the way there.

    opensearch://host:9200/news                     HTTP
    opensearch+tls://one:9200,two:9200/news         HTTPS, several nodes of one cluster

User and password, or a key, come from the environment: a command line is seen by others.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeGuard

from indexer.errors import IndexUnusableError

SCHEMES: Final = {"opensearch://": False, "opensearch+tls://": True}
"""How an address begins, and whether the way there is encrypted."""

USER: Final = "TIMBAO_OPENSEARCH_USER"
PASSWORD: Final = "TIMBAO_OPENSEARCH_PASSWORD"  # noqa: S105 - the name of a variable
KEY: Final = "TIMBAO_OPENSEARCH_KEY"
AUTHORITY: Final = "TIMBAO_OPENSEARCH_CA"

_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")
_HOST = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(?P<port>[0-9]{1,5}))?")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True, slots=True)
class Address:
    """Where an index is.

    Attributes:
        hosts: Nodes of the cluster, as `host:port`.
        name: Name of the index, which is an alias in the cluster.
        encrypted: Whether the way there is encrypted.
    """

    hosts: tuple[str, ...]
    name: str
    encrypted: bool

    def __str__(self) -> str:
        scheme = next(s for s, encrypted in SCHEMES.items() if encrypted is self.encrypted)
        return f"{scheme}{','.join(self.hosts)}/{self.name}"


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks, and whom the cluster's certificate is checked against.

    Attributes:
        user: Name of the user; empty where there is none.
        password: The user's password.
        key: An API key in place of a user; empty where there is none.
        authority: File of certificates to trust; empty for those of the system.
    """

    user: str = ""
    password: str = ""
    key: str = ""
    authority: str = ""

    @classmethod
    def of_environment(cls, environment: Mapping[str, str] = os.environ) -> Credentials:
        """Read them from the environment."""
        return cls(*(environment.get(name, "") for name in (USER, PASSWORD, KEY, AUTHORITY)))

    def check(self, address: Address) -> None:
        """See that nothing secret travels where others can read it.

        Raises:
            IndexUnusableError: It would.
        """
        local = all(host.rpartition(":")[0] in _LOOPBACK for host in address.hosts)
        if (self.user or self.key) and not address.encrypted and not local:
            raise IndexUnusableError(
                f"{address} is not encrypted, and {USER} or {KEY} is set; "
                "use opensearch+tls://, or unset them",
            )


def is_address(place: object) -> TypeGuard[str]:
    """Tell whether the place of an index is an address, and no folder."""
    return isinstance(place, str) and place.startswith(tuple(SCHEMES))


def parse_address(text: str) -> Address:
    """Read an address.

    Raises:
        IndexUnusableError: It is none; says what one looks like.
    """
    scheme = next((scheme for scheme in SCHEMES if text.startswith(scheme)), "")
    places, slash, name = text.removeprefix(scheme).partition("/")
    hosts = []
    for place in places.split(","):
        found = _HOST.fullmatch(place)
        if found is None or not 0 < int(found["port"] or 9200) < 65536:
            raise _refused(text, f"{place!r} is no host")
        hosts.append(f"{found['host']}:{found['port'] or 9200}")
    if not scheme or not slash or not _NAME.fullmatch(name):
        raise _refused(
            text, f"{name!r} is no name of an index: small letters, digits and any of `_.-`"
        )
    return Address(tuple(hosts), name, SCHEMES[scheme])


def _refused(text: str, why: str) -> IndexUnusableError:
    return IndexUnusableError(f"{text!r} is no address like opensearch://host:9200/news ({why})")
