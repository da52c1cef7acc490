"""The connection to a cluster: every request, and what its failure means.

Nothing else of this package knows the client library, which is imported when a connection is made.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from indexer.engines.opensearch.address import Address, Credentials
from indexer.errors import (
    BuildError,
    IndexMissingError,
    IndexUnreachableError,
    IndexUnusableError,
    SearchTimeoutError,
)

Json = dict[str, Any]

_SECONDS: Final = 60.0
"""How long an answer may take where nobody says."""

_EXTRA_SECONDS: Final = 5.0
"""So much later than the cluster is to end a search does the client give it up."""

PAUSES: Final = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between attempts, where the cluster cannot take more at the moment."""

_TOO_MUCH: Final = 429
_SECONDS_FOR_SHARD: Final = "10s"
"""How long a bulk request waits for a shard that is on no node before it is tried again."""


class ClusterError(BuildError):
    """An answer of the cluster that says what failed.

    Searches tell something else in its place; what remains of it stops a change.

    Args:
        status: HTTP status.
        kind: OpenSearch's name of the failure.
        reason: What it says.
    """

    def __init__(self, status: int, kind: str, reason: str) -> None:
        super().__init__(f"{kind}: {reason}" if reason else kind)
        self.status = status
        self.kind = kind


class Connection:
    """A cluster. Threads may share it.

    Args:
        address: Where it is.
        credentials: Who asks; by default what the environment says.

    Raises:
        IndexUnusableError: The client library is not installed, or credentials would travel
            unencrypted.
    """

    def __init__(self, address: Address, credentials: Credentials | None = None) -> None:
        try:
            import opensearchpy
        except ImportError as error:
            raise IndexUnusableError(
                f"{address} is kept by OpenSearch, for which a package is missing: "
                'pip install "timbao[opensearch]"'
            ) from error
        known = credentials or Credentials.of_environment()
        known.check(address)
        options: Json = {}
        if known.key:
            options["headers"] = {"Authorization": f"ApiKey {known.key}"}
        elif known.user:
            options["http_auth"] = (known.user, known.password)
        if address.encrypted and known.authority:
            options["ca_certs"] = known.authority
        scheme = "https" if address.encrypted else "http"
        self.address = address
        # It logs each refusal, also those that are part of the way; what fails is raised.
        logging.getLogger("opensearch").setLevel(logging.CRITICAL)
        self._library = opensearchpy
        self._client = opensearchpy.OpenSearch(
            [f"{scheme}://{host}" for host in address.hosts],
            verify_certs=True,
            http_compress=False,
            timeout=_SECONDS,
            max_retries=len(address.hosts),
            pool_maxsize=16,
            **options,
        )

    def request(
        self,
        method: str,
        path: str,
        body: Json | list[Json] | None = None,
        *,
        params: Mapping[str, Any] | None = None,
        seconds: float | None = None,
    ) -> Any:
        """Send a request, and give the answer.

        Args:
            method: HTTP method.
            path: Path with a leading slash.
            body: JSON; a list of lines of it for several operations.
            params: Parameters of the query.
            seconds: How long the answer may take.

        Raises:
            ClusterError: The cluster says that it failed.
            IndexUnreachableError: There was no answer.
        """
        asked = dict(params or {}) | ({"request_timeout": seconds} if seconds else {})
        with self._translated():
            sent: Json | str | None = body if not isinstance(body, list) else _lines(body)
            return self._client.transport.perform_request(method, path, params=asked, body=sent)

    def search(self, index: str, body: Json, timeout: float | None = None) -> Json:
        """Search; an answer of a part of the index is none.

        Args:
            index: Name of the index; empty for the one of a point in time.
            body: The search.
            timeout: Seconds after which it is given up.

        Raises:
            SearchTimeoutError: It was not done in that time.
            IndexUnusableError: The cluster could not search the whole index.
        """
        return self.searches(index, [body], timeout)[0]

    def searches(
        self, index: str, bodies: Sequence[Json], timeout: float | None = None
    ) -> list[Json]:
        """Do several searches in one request; see `search`."""
        if not bodies:
            return []
        if timeout is not None:
            milliseconds = max(1, int(timeout * 1000))
            bodies = [{**body, "timeout": f"{milliseconds}ms"} for body in bodies]
        seconds = None if timeout is None else timeout + _EXTRA_SECONDS
        partial = {"allow_partial_search_results": "false"}
        if len(bodies) == 1:
            path = f"/{index}/_search" if index else "/_search"
            with self._searching():
                answers = [self.request("POST", path, bodies[0], params=partial, seconds=seconds)]
        else:
            header = {"index": index, "allow_partial_search_results": False}
            lines = [line for body in bodies for line in (header, body)]
            with self._searching():
                found = self.request("POST", "/_msearch", lines, seconds=seconds)
            answers = found["responses"]
        return [self._whole(answer) for answer in answers]

    def bulk(self, lines: list[Json]) -> list[Json]:
        """Send operations, again as often as the cluster cannot take them at the moment.

        Returns:
            The outcome of each operation.

        Raises:
            ClusterError: They were refused as a whole.
            IndexUnreachableError: Nobody answered, also after some time.
        """
        if not lines:
            return []
        for pause in (*PAUSES, None):
            try:
                params = {"timeout": _SECONDS_FOR_SHARD}
                answer = self.request("POST", "/_bulk", lines, params=params, seconds=4 * _SECONDS)
                return [next(iter(item.values())) for item in answer["items"]]
            except IndexUnreachableError:
                if pause is None:
                    raise
            except ClusterError as error:
                if pause is None or error.status not in (_TOO_MUCH, 503):
                    raise
            time.sleep(pause)
        raise AssertionError

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _whole(self, answer: Json) -> Json:
        if "error" in answer:
            with self._searching():
                raise _cluster_error(answer.get("status", 500), answer["error"])
        if answer.get("timed_out"):
            raise SearchTimeoutError("the search was not done in its time")
        shards = answer["_shards"]
        if shards["failed"] or shards["successful"] + shards.get("skipped", 0) < shards["total"]:
            raise IndexUnusableError(
                f"{self.address}: only {shards['successful']} of {shards['total']} shards "
                "answered; the answer would be of a part of the index. Try again once the "
                "cluster is healthy"
            )
        return answer

    @contextmanager
    def _searching(self) -> Iterator[None]:
        """Tell what a failed search means for those who asked."""
        try:
            yield
        except ClusterError as error:
            if error.kind == "index_not_found_exception":
                raise IndexMissingError(f"{self.address}: there is no such index") from error
            if "timeout" in error.kind or "time_exceeded" in error.kind:
                raise SearchTimeoutError("the search was not done in its time") from error
            if "lause" in str(error) and "max" in str(error):
                raise IndexUnusableError(
                    f"{self.address} allows fewer clauses than this query has; raise "
                    "`indices.query.bool.max_clause_count` there, or use a narrower pattern"
                ) from error
            raise IndexUnusableError(f"{self.address} could not be searched ({error})") from error

    @contextmanager
    def _translated(self) -> Iterator[None]:
        errors = self._library.exceptions
        try:
            yield
        except errors.ConnectionTimeout as error:
            raise IndexUnreachableError(f"{self.address} did not answer in time") from error
        except errors.ConnectionError as error:
            raise IndexUnreachableError(
                f"{self.address} cannot be reached ({_first_line(error)}); "
                "is the cluster running, and is the address right?"
            ) from error
        except errors.AuthenticationException as error:
            raise IndexUnreachableError(
                f"{self.address} does not let this user in; see the environment variables "
                "TIMBAO_OPENSEARCH_…"
            ) from error
        except errors.TransportError as error:
            info = error.info if isinstance(error.info, dict) else {}
            raise _cluster_error(int(error.status_code), info.get("error", str(error))) from error


def _cluster_error(status: int, error: Any) -> ClusterError:
    if not isinstance(error, dict):
        return ClusterError(status, str(error), "")
    causes = error.get("root_cause") or [error]
    inner = error.get("caused_by", {})
    kind = str(causes[0].get("type", error.get("type", "")))
    reason = str(causes[0].get("reason", error.get("reason", "")))
    if inner:
        reason += f" ({inner.get('reason', inner.get('type', ''))})"
    return ClusterError(status, kind, reason)


def _lines(some: Iterable[Json]) -> str:
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in some)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
