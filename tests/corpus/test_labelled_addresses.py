"""What is read from the addresses of DANeS, next to what a person read in 275 of them."""

from pathlib import Path

import pytest

from tests.benchmarks.metadata import Score, labelled_addresses, scores


@pytest.fixture(scope="module")
def read(shared_data: Path) -> dict[str, Score]:
    return scores(labelled_addresses(shared_data / "data" / "danes.jsonl"))


@pytest.mark.parametrize(("name", "recall"), [("paper", 0.92), ("section", 0.95), ("date", 0.92)])
def test_nearly_all_is_read_and_hardly_any_wrongly(
    read: dict[str, Score], name: str, recall: float
) -> None:
    assert read[name].precision >= 0.98, read[name].misses
    assert read[name].recall >= recall, read[name].misses
