"""What a build or a change that stopped leaves behind, and how it goes on."""

import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus import Article
from indexer import (
    BuildError,
    IndexUnreachableError,
    SearchRequest,
    build_index,
    delete_articles,
    open_index,
    optimize_index,
    update_index,
)
from indexer.build.cluster import building, changing
from indexer.engines.opensearch import claims, lifecycle
from indexer.engines.opensearch.claims import state_of
from indexer.engines.opensearch.connection import Connection, Json
from indexer.engines.opensearch.lifecycle import apply_terms, switch_alias
from indexer.store.stories import ReprintFigures
from tests.indexer.engines.opensearch.nodes import Node, killed
from tests.indexer.engines.opensearch.test_building import ids, numbered

Operations = Iterable[tuple[Json, Json]]


def test_terms_are_there_while_they_are_written_anew(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(numbered(5), address)
    found: list[list[str]] = []

    def asked(connection: Connection, index: str, operations: Operations) -> None:
        found.append(ids(address, "lang"))  # of bare syllables, which the terms complete
        apply_terms(connection, index, operations)

    monkeypatch.setattr(lifecycle, "apply_terms", asked)
    optimize_index(address)
    assert [len(each) for each in found] == [5]
    assert len(ids(address, "lang")) == 5


def test_optimize_after_an_update_that_stopped_counts_its_words(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(numbered(3), address)
    with monkeypatch.context() as patched:
        patched.setattr(changing, "refresh", _stopped)
        with pytest.raises(BuildError):
            update_index([Article(id="x", title="Độc nhất vô nhị")], address)
    optimize_index(address)
    assert ids(address, "doc nhat") == ["x"]


def test_parts_that_are_done_at_once_complete_the_index_once(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    completed: list[str] = []
    complete = building._complete

    def noted(connection: Connection, index: str, plan: building.Plan) -> ReprintFigures | None:
        completed.append(plan.part.name)
        return complete(connection, index, plan)

    def both(connection: Connection, index: str, name: str) -> dict[str, object] | None:
        told = state_of(connection, index, name)
        while told is None or not told.get("done"):  # neither sees the other one at work
            time.sleep(0.05)
            told = state_of(connection, index, name)
        return told

    monkeypatch.setattr(building, "_complete", noted)
    monkeypatch.setattr(building, "state_of", both)
    with ThreadPoolExecutor(2) as pool:
        building_parts = [
            pool.submit(build_index, numbered(40), address, part=part) for part in ("1/2", "2/2")
        ]
        reports = [one.result(120) for one in building_parts]
    assert [(report.articles, report.parts_missing) for report in reports] == [(40, 0)] * 2
    assert len(completed) == 1
    assert ids(address) == [f"id-{n}" for n in range(40)]


@pytest.mark.parametrize("switched", [False, True])
def test_node_killed_at_the_switch_leaves_one_generation_whole_and_the_build_goes_on(
    node: Node, address: str, monkeypatch: pytest.MonkeyPatch, switched: bool
) -> None:
    build_index(numbered(3), address)

    def dying(connection: Connection, index: str) -> list[str]:
        if switched:
            switch_alias(connection, index)
        node.kill()
        return switch_alias(connection, index)

    with monkeypatch.context() as patched:
        patched.setattr(building, "switch_alias", dying)
        with pytest.raises(IndexUnreachableError):
            build_index(numbered(600), address)
    with killed(node, "wait_for_status=yellow"):
        pass
    with open_index(address) as index:
        assert index.search(SearchRequest("tin số")).total == (600 if switched else 3)
    # The claim could not be given back, and its process, which is this one, lives.
    monkeypatch.setattr(claims, "_SILENT", 0.0)
    written: list[int] = []
    report = build_index(
        numbered(600), address, on_progress=lambda progress: written.append(progress.articles)
    )
    assert report.articles == 600
    if not switched:
        assert not written  # nothing was analysed again
    with open_index(address) as index:
        assert index.search(SearchRequest("tin số")).total == 600


def test_build_that_stopped_at_its_end_takes_what_the_corpus_has_got_since(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(building, "switch_alias", _stopped)
        with pytest.raises(BuildError):
            build_index(numbered(5), address)
    assert build_index(numbered(7), address).articles == 7
    assert len(ids(address)) == 7


def test_deletion_that_stopped_is_completed_by_the_same_deletion(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(numbered(5), address)
    with monkeypatch.context() as patched:
        patched.setattr(changing, "refresh", _stopped)
        with pytest.raises(BuildError):
            delete_articles(["id-1"], address)
    assert len(ids(address)) == 5
    delete_articles(["id-1"], address)
    assert ids(address) == ["id-0", "id-2", "id-3", "id-4"]
    with open_index(address) as index:
        assert index._engine.frequencies(["số"]) == [4]


def _stopped(*_: object) -> list[str]:
    raise BuildError("stopped")
