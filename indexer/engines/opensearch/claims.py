"""Who is writing what: one document for each part of a build, and one for changes.

It says how far the part has come, so that it goes on there after a crash, and beats while its
process lives, so that no second process writes the same part.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any, Final

from indexer.engines.opensearch.connection import ClusterError, Connection, Json
from indexer.engines.opensearch.generation import TERMS_SUFFIX
from indexer.errors import IndexLockedError, IndexUnreachableError

CHANGES: Final = "changes"
"""The claim of whoever updates an index that is complete."""

_BEAT: Final = 10.0
_SILENT: Final = 60.0
"""Seconds after which a process that does not beat is taken for dead."""

_CONFLICT: Final = 409


class Claim:
    """The right to write one part. Make it with `claimed`.

    Attributes:
        state: What the part says of itself; change it with `save`.
    """

    def __init__(self, connection: Connection, index: str, name: str) -> None:
        self._connection = connection
        self._path = f"/{index}{TERMS_SUFFIX}/_doc/claim-{name}"
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self.state: dict[str, Any] = self._take()
        self._thread = threading.Thread(target=self._beat, daemon=True)
        self._thread.start()

    def save(self, **changes: Any) -> None:
        """Keep how far the part has come."""
        with self._lock:
            self.state |= changes
            self._write({})

    def release(self) -> None:
        """Let others write the part."""
        self._ended.set()
        self._thread.join()
        with contextlib.suppress(ClusterError, IndexUnreachableError), self._lock:
            self.state["owner"] = None
            self._write({})

    def _take(self) -> dict[str, Any]:
        found = _read(self._connection, self._path)
        state: dict[str, Any] = {}
        condition: Json = {"op_type": "create"}
        if found is not None:
            state = found["_source"]["state"]
            if alive(state):
                raise _locked(self._connection, state)
            condition = {
                "if_seq_no": found["_seq_no"],
                "if_primary_term": found["_primary_term"],
            }
        self.state = state | {"owner": _owner(), "since": round(time.time())}
        try:
            self._write(condition)
        except ClusterError as error:
            if error.status == _CONFLICT:
                raise _locked(self._connection, {}) from error
            raise
        return self.state

    def _write(self, condition: Json) -> None:
        self.state["beat"] = time.time()
        document = {"kind": "claim", "state": self.state}
        self._connection.request("PUT", self._path, document, params=condition)

    def _beat(self) -> None:
        while not self._ended.wait(_BEAT):
            # What cannot be said now is said the next time.
            with contextlib.suppress(ClusterError, IndexUnreachableError), self._lock:
                self._write({})


@contextlib.contextmanager
def claimed(connection: Connection, index: str, name: str) -> Iterator[Claim]:
    """Hold the right to write a part.

    Args:
        connection: The cluster.
        index: Name of the index of articles.
        name: Name of the part, or `CHANGES`.

    Raises:
        IndexLockedError: Another process has it; says which.
    """
    claim = Claim(connection, index, name)
    try:
        yield claim
    finally:
        claim.release()


def state_of(connection: Connection, index: str, name: str) -> dict[str, Any] | None:
    """Give what a part says of itself; `None` where nobody has begun it."""
    path = f"/{index}{TERMS_SUFFIX}/_doc/claim-{name}"
    found = _read(connection, path)
    return None if found is None else dict(found["_source"]["state"])


def alive(state: dict[str, Any]) -> bool:
    """Tell whether the process that wrote this is at work."""
    owner = state.get("owner")
    if owner is None or time.time() - state.get("beat", 0) > _SILENT:
        return False
    # Of a process of this machine it is known at once.
    return owner["host"] != socket.gethostname() or _runs(owner["process"])


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _owner() -> Json:
    return {"host": socket.gethostname(), "process": os.getpid()}


def _read(connection: Connection, path: str) -> Json | None:
    try:
        found: Json = connection.request("GET", path)
    except ClusterError as error:
        if error.status == 404:
            return None
        raise
    return found


def _locked(connection: Connection, state: dict[str, Any]) -> IndexLockedError:
    owner = state.get("owner")
    who = f"process {owner['process']} on {owner['host']}" if owner else "another process"
    return IndexLockedError(f"{connection.address} is being written by {who}; wait for it to end")
