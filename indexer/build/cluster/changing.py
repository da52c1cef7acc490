"""Changes of the current generation of an index that a cluster keeps.

They are written into its own index, and become visible when they are complete, by one refresh. A
change that stops leaves what it has written, unseen; the same change again completes it.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from indexer.analysis import Analyzer
from indexer.build.cluster.building import reprint_figures
from indexer.build.pipeline import analyze_all
from indexer.build.reading import Reading
from indexer.build.report import BuildProgress, DeleteReport, OptimizeReport, UpdateReport
from indexer.build.writing import Work, Written, admitted, figures, fraction_done
from indexer.engines.opensearch.address import parse_address
from indexer.engines.opensearch.claims import CHANGES, claimed
from indexer.engines.opensearch.clustering import find_stories
from indexer.engines.opensearch.connection import Connection, Json
from indexer.engines.opensearch.documents import document_id, documents
from indexer.engines.opensearch.generation import Described, checked_segmenter, describe
from indexer.engines.opensearch.lifecycle import (
    apply_terms,
    change_meta,
    new_revision,
    read_meta,
    refresh,
    size_bytes,
    write_terms,
)
from indexer.engines.opensearch.statistics import Statistics
from indexer.engines.opensearch.stories import tell_stories
from indexer.engines.opensearch.suggestions import Suggested
from indexer.engines.opensearch.vocabulary import (
    SUFFIXES,
    Counts,
    add_suggestions,
    change_terms,
    count_all_terms,
    count_terms,
)
from indexer.engines.opensearch.withdrawn import withdraw, withdrawn_ids
from indexer.engines.opensearch.writer import OpenSearchWriter
from indexer.errors import BuildError
from indexer.store.stories import ReprintFigures

_NAMED_AT_ONCE: Final = 200
_FINE: Final = frozenset({200, 404})


@dataclass(frozen=True, slots=True)
class Asked:
    """What to read for an update, and how.

    Attributes:
        reading: The articles.
        limit: The most articles to read.
        processes: Worker processes for the analysis.
        on_progress: Called as articles are written.
    """

    reading: Reading
    limit: int | None
    processes: int
    on_progress: Any


class _Change:
    """A change of the current generation that is being made."""

    def __init__(self, connection: Connection, described: Described) -> None:
        self.connection = connection
        self.described = described
        self.index = described.index
        self._more = _none()
        self._fewer = _none()
        meta = read_meta(connection, self.index)
        self._behind = bool(meta.get("behind"))
        self.next = int(meta.get("next", 0))

    def begin(self) -> None:
        """Say that the terms are not those of the articles until the change is complete."""
        change_meta(self.connection, self.index, behind=True)

    def found(self, ids: Sequence[str]) -> list[Json]:
        """Give what the index has of some articles, also what nobody sees yet."""
        found: list[Json] = []
        for start in range(0, len(ids), _NAMED_AT_ONCE):
            some = [document_id(one) for one in ids[start : start + _NAMED_AT_ONCE]]
            answer = self.connection.request("POST", f"/{self.index}/_mget", {"ids": some})
            found += [one["_source"] for one in answer["docs"] if one.get("found")]
        return found

    def less(self, some: Iterable[Json]) -> None:
        """Note that documents go."""
        _add(self._fewer, count_terms(some))

    def more(self, some: Iterable[Json]) -> None:
        """Note that documents come."""
        _add(self._more, count_terms(some))

    def complete(self) -> ReprintFigures | None:
        """Make everything that was written visible."""
        connection, index = self.connection, self.index
        refresh(connection, index)
        if self._behind:
            write_terms(connection, index, count_all_terms(connection, index))
        else:
            apply_terms(connection, index, change_terms(self._more, self._fewer))
        earliest: dict[int, int] = {}
        if self.described.reprints:
            earliest = find_stories(connection, index)
            tell_stories(connection, index, earliest)
        refresh(connection, index)
        new_revision(connection, index, behind=False, next=self.next)
        return reprint_figures(earliest) if self.described.reprints else None


@contextmanager
def _changing(address: str) -> Iterator[_Change]:
    with closing(Connection(parse_address(address))) as connection:
        described = describe(connection)
        with claimed(connection, described.index, CHANGES):
            yield _Change(connection, described)


def update_on_cluster(address: str, asked: Asked) -> UpdateReport:
    """Add articles to the current generation; those whose ids it has are replaced.

    Raises:
        BuildError: It could not be written.
        IndexUnusableError: There is no index that can be updated; nothing was changed.
    """
    started = time.perf_counter()
    with _changing(address) as change:
        connection = change.connection
        analyzer = Analyzer(checked_segmenter(connection, change.described))
        before = Statistics(connection, change.index).whole().articles
        work = Work(
            asked.reading,
            asked.limit,
            analyzer,
            asked.processes,
            withdrawn_ids(connection),
            asked.on_progress,
        )
        written = _write(change, work)
        reprints = change.complete()
        articles = Statistics(connection, change.index).whole().articles
        added = articles - before
        return UpdateReport(
            added=added,
            replaced=len(written.newest) - added,
            articles=articles,
            **figures(asked.reading, written),
            seconds=time.perf_counter() - started,
            size_bytes=sum(size_bytes(connection, change.index).values()),
            reprints=reprints,
        )


def _write(change: _Change, work: Work) -> Written:
    written = Written()
    suggested = Suggested()
    writer = OpenSearchWriter(change.connection, change.index)
    articles = admitted(islice(work.reading, work.limit), work.kept_out, written)
    with closing(analyze_all(articles, work.analyzer, work.processes)) as analyzed:
        for located, batch in analyzed:
            if not written.articles:
                change.begin()
            # Of several with one id in a batch only the last one is written.
            numbered = documents(batch, range(change.next, change.next + len(located)))
            newest = {document["article"]["id"]: document for document in numbered}
            change.less(change.found(list(newest)))
            change.more(newest.values())
            change.next += len(located)
            change_meta(change.connection, change.index, next=change.next)
            writer.put(list(newest.values()))
            writer.flush()
            suggested.add(batch)
            written.note(located)
            if work.on_progress:
                work.on_progress(BuildProgress(written.articles, fraction_done(work, written)))
    if written.articles:
        entries = add_suggestions(suggested.entries())
        apply_terms(change.connection, change.index, entries)
    return written


def delete_on_cluster(address: str, ids: Collection[str], *, tombstone: bool) -> DeleteReport:
    """Delete articles from the current generation.

    Args:
        address: Address of the index.
        ids: Their ids, all of which can be ids of articles.
        tombstone: Whether to keep them out of later updates and rebuilds too.

    Raises:
        BuildError: The cluster did not do it.
        IndexUnusableError: There is no index; nothing was changed.
    """
    started = time.perf_counter()
    with _changing(address) as change:
        connection = change.connection
        known = withdrawn_ids(connection)
        found = change.found(sorted(ids))
        if tombstone:
            withdraw(connection, set(ids) - known)
        if found:
            change.begin()
            change.less(found)
            _delete(change, found)
            change.complete()
        return DeleteReport(
            deleted=len(found),
            unknown=len(ids) - len(found),
            tombstones_added=len(set(ids) - known) if tombstone else 0,
            articles=Statistics(connection, change.index).whole().articles,
            seconds=time.perf_counter() - started,
        )


def _delete(change: _Change, found: Sequence[Json]) -> None:
    lines: list[Json] = []
    for document in found:
        named = {"_index": change.index, "_id": document_id(document["article"]["id"])}
        version = {"version": document["ordinal"] + 1, "version_type": "external_gte"}
        lines.append({"delete": {**named, **version}})
    for outcome in change.connection.bulk(lines):
        if outcome["status"] not in _FINE:
            raise BuildError(
                f"{change.connection.address} did not delete {outcome['_id']!r}: "
                f"{outcome.get('error', {}).get('reason', outcome['status'])}"
            )


def optimize_on_cluster(address: str) -> OptimizeReport:
    """Merge each shard of the current generation into one segment, and count its terms anew.

    Raises:
        BuildError: The cluster did not do it.
        IndexUnusableError: There is no index; nothing was changed.
    """
    started = time.perf_counter()
    with _changing(address) as change:
        connection, index = change.connection, change.index
        before, size = _figures(connection, index), size_bytes(connection, index)
        change.begin()
        merged = {"max_num_segments": 1}
        answer = connection.request("POST", f"/{index}/_forcemerge", params=merged, seconds=86_400)
        if answer["_shards"]["failed"]:
            raise BuildError(f"{connection.address}: not all shards could be merged; try again")
        write_terms(connection, index, count_all_terms(connection, index))
        refresh(connection, index)
        new_revision(connection, index, behind=False)
        return OptimizeReport(
            segments_before=before["segments"]["count"],
            dropped=before["docs"]["deleted"],
            articles=Statistics(connection, index).whole().articles,
            size_bytes_before=sum(size.values()),
            size_bytes=sum(size_bytes(connection, index).values()),
            seconds=time.perf_counter() - started,
        )


def _figures(connection: Connection, index: str) -> Json:
    found: Json = connection.request("GET", f"/{index}/_stats/segments,docs")["indices"][index]
    primaries: Json = found["primaries"]
    return primaries


def _none() -> Counts:
    return count_terms(())


def _add(counts: Counts, others: Counts) -> None:
    for kind in SUFFIXES:
        counts[kind].update(others[kind])
