"""A new generation of an index that a cluster keeps."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import closing
from itertools import islice
from typing import Final, NamedTuple

from indexer.build.cluster.parts import Assigned, Part
from indexer.build.pipeline import Located, analyze_all
from indexer.build.report import BuildProgress, BuildReport
from indexer.build.writing import Work, Written, admitted, figures, fraction_done
from indexer.engines.opensearch.address import parse_address
from indexer.engines.opensearch.claims import Claim, alive, claimed, state_of
from indexer.engines.opensearch.clustering import find_stories
from indexer.engines.opensearch.connection import Connection
from indexer.engines.opensearch.generation import find_index, index_name, number_of
from indexer.engines.opensearch.lifecycle import (
    aliased,
    apply_terms,
    create_indexes,
    data_nodes,
    drop_indexes,
    new_revision,
    refresh,
    settle,
    size_bytes,
    switch_alias,
    write_terms,
)
from indexer.engines.opensearch.statistics import Statistics
from indexer.engines.opensearch.stories import tell_stories
from indexer.engines.opensearch.suggestions import Suggested
from indexer.engines.opensearch.vocabulary import add_suggestions, count_all_terms
from indexer.engines.opensearch.withdrawn import withdrawn_ids
from indexer.engines.opensearch.writer import OpenSearchWriter
from indexer.errors import BuildError, IndexLockedError, RequestError
from indexer.store.stories import ReprintFigures

SHARDS: Final = "TIMBAO_OPENSEARCH_SHARDS"
"""How many shards a new index has; by default one for each node that keeps data."""

_KEPT: Final = 1
"""So many replaced generations stay, for those who have them open."""


class Plan(NamedTuple):
    """What to build.

    Attributes:
        work: What to write; its analyzer is that of this machine.
        part: Which articles of it this process writes.
        name: Names what is built (see `parts.plan_of`).
        reprints: Whether to find which articles are reprints.
    """

    work: Work
    part: Part
    name: str
    reprints: bool


def build_on_cluster(address: str, plan: Plan) -> BuildReport:
    """Write a part of a corpus into a new generation; the last part completes it.

    A build that stopped, for whatever reason, goes on where it was as soon as it is started again
    with the same corpus.

    Raises:
        BuildError: It could not be written; what is searched is as it was.
        IndexUnusableError: The cluster does not answer, or the name stands for something else.
    """
    started = time.perf_counter()
    with closing(Connection(parse_address(address))) as connection:
        index = _begun(connection, plan)
        with claimed(connection, index, plan.part.name) as claim:
            written = Written()
            if not claim.state.get("done"):
                _write_part(connection, index, plan, claim, written)
            missing = [
                other
                for other in plan.part.others()
                if not (state_of(connection, index, other.name) or {}).get("done")
            ]
            reprints = None
            if not missing:
                reprints = _complete(connection, index, plan)
            articles = Statistics(connection, index).whole().articles if not missing else 0
        return BuildReport(
            articles=articles,
            **figures(plan.work.reading, written),
            seconds=time.perf_counter() - started,
            size_bytes=sum(size_bytes(connection, index).values()),
            reprints=reprints,
            parts_missing=len(missing),
        )


def _begun(connection: Connection, plan: Plan) -> str:
    """Give the index of the next generation, which may have been begun before."""
    numbers = [number_of(index) for index in aliased(connection)]
    index = index_name(connection, max(numbers, default=0) + 1)
    model = plan.work.analyzer.segmenter.fingerprint
    found = find_index(connection, index)
    if found is not None and found.build != plan.name:
        if any(_at_work(connection, index)):
            raise IndexLockedError(
                f"{connection.address}: another build is running; wait for it to end"
            )
        drop_indexes(connection, index)
        found = None
    if found is None:
        shards = _shards(connection)
        create_indexes(connection, index, model, shards=shards, build=plan.name)
    elif found.model != model:
        raise BuildError(
            f"{connection.address}: the other parts are cut into words by another model of pyvi; "
            "install the same version on all machines"
        )
    return index


def _at_work(connection: Connection, index: str) -> Iterable[bool]:
    number = 1
    while state := state_of(connection, index, Part(number, number).name):
        yield alive(state)
        number += 1


def _shards(connection: Connection) -> int:
    given = os.environ.get(SHARDS, "")
    if not given:
        return data_nodes(connection)
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= 1024:
        raise RequestError("index", f"{SHARDS} is {given!r}; it is a number from 1 to 1024")
    return int(given)


def _write_part(
    connection: Connection, index: str, plan: Plan, claim: Claim, written: Written
) -> None:
    work = plan.work
    done, last = int(claim.state.get("read", 0)), str(claim.state.get("last", ""))
    articles = admitted(islice(work.reading, work.limit), work.kept_out, written)
    assigned = Assigned(articles, plan.part, done, last)
    writer = OpenSearchWriter(connection, index)
    suggested = Suggested()
    # Closed at once when the loop is left: workers must not outlive a build that failed.
    with closing(analyze_all(assigned, work.analyzer, work.processes)) as analyzed:
        for located, batch in analyzed:
            ordinals = assigned.ordinals(len(located))
            writer.add_at(batch, ordinals)
            suggested.add(batch)
            _note(written, assigned, located)
            done, last = ordinals[-1] + 1, located[-1].article.id
            if writer.all_written:
                claim.save(read=done, last=last)
            if work.on_progress:
                work.on_progress(BuildProgress(written.articles, fraction_done(work, written)))
    _note(written, assigned, [])
    writer.flush()
    apply_terms(connection, index, add_suggestions(suggested.entries()))
    claim.save(read=done, last=last, done=True)


def _note(written: Written, assigned: Assigned, located: list[Located]) -> None:
    before, assigned.resumed = assigned.resumed, []
    written.note([*before, *located])


def _complete(connection: Connection, index: str, plan: Plan) -> ReprintFigures | None:
    """Complete a generation whose parts are all written, and switch to it.

    Whatever of it was done before may be done again.
    """
    refresh(connection, index)
    whole = Statistics(connection, index).whole()
    if not whole.articles:
        drop_indexes(connection, index)
        raise BuildError(
            f"the corpus holds no article: records skipped {plan.work.reading.skipped}. "
            "Nothing was built"
        )
    write_terms(connection, index, count_all_terms(connection, index))
    earliest = find_stories(connection, index) if plan.reprints else {}
    tell_stories(connection, index, earliest)
    settle(connection, index)
    refresh(connection, index)
    following = max_ordinal(connection, index) + 1
    new_revision(connection, index, build=None, reprints=plan.reprints, next=following)
    switch_alias(connection, index)
    for number in range(max(1, number_of(index) - 5), number_of(index) - _KEPT):
        drop_indexes(connection, index_name(connection, number))
    return reprint_figures(earliest) if plan.reprints else None


def max_ordinal(connection: Connection, index: str) -> int:
    """Give the greatest ordinal of an index that has articles."""
    body = {"size": 0, "aggs": {"last": {"max": {"field": "ordinal"}}}}
    return int(connection.search(index, body)["aggregations"]["last"]["value"])


def reprint_figures(earliest: dict[int, int]) -> ReprintFigures:
    """Count the stories that have several articles."""
    members: dict[int, int] = {}
    for story in earliest.values():
        members[story] = members.get(story, 0) + 1
    sizes: dict[int, int] = {}
    for size in members.values():
        if size > 1:
            sizes[size] = sizes.get(size, 0) + 1
    reprints = sum((size - 1) * count for size, count in sizes.items())
    return ReprintFigures(sum(sizes.values()), reprints, dict(sorted(sizes.items())))


def kept_out_of(address: str) -> frozenset[str]:
    """Read the ids that are kept out of an index."""
    with closing(Connection(parse_address(address))) as connection:
        return withdrawn_ids(connection)
