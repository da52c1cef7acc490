"""Which generation a request is lent, and how long those that were replaced stay."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any
from unittest.mock import Mock

import pytest

from corpus import Article
from indexer import (
    DamagedIndexError,
    GenerationGoneError,
    Index,
    IndexUnusableError,
    SearchRequest,
    build_index,
    open_index,
)
from webapp.live_index import LiveIndex


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build_index([Article(title="Bài 0")], tmp_path / "index")
    return tmp_path / "index"


def _rebuilt(folder: Path, number: int, live: LiveIndex | None = None) -> None:
    build_index([Article(title=f"Bài {number}")], folder)
    if live:
        live.renew()


def _title(live: LiveIndex, generation: str | None = None) -> str:
    with live.lend(generation) as index:
        return index.search(SearchRequest()).hits[0].title


def _generation(live: LiveIndex) -> str:
    with live.lend() as index:
        return index.generation


def _until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_newer_generation_is_found_without_being_told(folder: Path) -> None:
    live = LiveIndex(folder)
    _title(live)
    _rebuilt(folder, 1)
    _until(lambda: _title(live) == "Bài 1")
    live.close()


def test_no_request_waits_while_a_generation_is_opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening, go_on = Event(), Event()

    def slowly(*arguments: Any, **options: Any) -> Index:
        opening.set()
        assert go_on.wait(30)
        return open_index(*arguments, **options)

    live = LiveIndex(folder)
    _title(live)
    _rebuilt(folder, 1)
    monkeypatch.setattr("webapp.live_index.open_index", slowly)
    assert opening.wait(30)
    assert _title(live) == "Bài 0"
    go_on.set()
    _until(lambda: _title(live) == "Bài 1")
    live.close()


def test_closing_while_a_generation_is_opened_closes_that_one_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []

    def slowly(*arguments: Any, **options: Any) -> Index:
        opened.append(open_index(*arguments, **options))
        opening.set()
        time.sleep(0.2)
        return opened[0]

    opening = Event()
    live = LiveIndex(folder)
    _rebuilt(folder, 1)
    monkeypatch.setattr("webapp.live_index.open_index", slowly)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(live.renew)
        assert opening.wait(30)
        live.close()
    with pytest.raises(IndexUnusableError, match="closed"):
        opened[0].search(SearchRequest())


def test_a_generation_that_cannot_be_searched_is_not_taken(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = LiveIndex(folder)
    _rebuilt(folder, 1)
    monkeypatch.setattr(Index, "suggest", Mock(side_effect=DamagedIndexError("damaged")))
    live.renew()
    assert str(live.trouble) == "damaged"
    assert _title(live) == "Bài 0"
    monkeypatch.undo()
    live.renew()
    assert live.trouble is None
    assert _title(live) == "Bài 1"
    live.close()


def test_whoever_drops_it_unclosed_stops_its_thread_too(folder: Path) -> None:
    live = LiveIndex(folder)
    _title(live)
    watching = live._watch
    assert watching is not None
    del live
    gc.collect()
    watching.join(30)
    assert not watching.is_alive()


def test_a_replaced_generation_is_lent_to_who_names_it(folder: Path) -> None:
    live = LiveIndex(folder)
    first = _generation(live)
    _rebuilt(folder, 1, live)
    assert _title(live) == "Bài 1"
    assert _title(live, first) == "Bài 0"
    live.close()


def test_another_process_can_lend_what_one_of_them_keeps(folder: Path) -> None:
    keeping = LiveIndex(folder)
    first = _generation(keeping)
    _rebuilt(folder, 1, keeping)
    other = LiveIndex(folder)
    assert _title(other, first) == "Bài 0"
    keeping.close()
    other.close()


def test_what_another_process_has_found_first_is_lent_and_then_opened_once_only(
    folder: Path,
) -> None:
    faster, slower = LiveIndex(folder), LiveIndex(folder)
    _rebuilt(folder, 1, faster)
    newer = _generation(faster)
    assert _title(slower, newer) == "Bài 1"
    assert _title(slower) == "Bài 0"
    slower.renew()
    assert _title(slower) == _title(slower, newer) == "Bài 1"
    assert newer not in slower._kept
    faster.close()
    slower.close()


def test_a_generation_is_gone_after_its_time(folder: Path) -> None:
    live = LiveIndex(folder, kept_seconds=0.2)
    first = _generation(live)
    _rebuilt(folder, 1, live)
    assert _title(live, first) == "Bài 0"
    time.sleep(0.3)
    live.renew()
    _rebuilt(folder, 2)
    with pytest.raises(GenerationGoneError):
        _title(live, first)
    live.close()


def test_only_the_latest_generations_are_kept(folder: Path) -> None:
    live = LiveIndex(folder, kept=2)
    generations = [_generation(live)]
    for number in range(1, 5):
        _rebuilt(folder, number, live)
        generations.append(_generation(live))
    assert [_title(live, name) for name in generations[2:]] == ["Bài 2", "Bài 3", "Bài 4"]
    _rebuilt(folder, 5)  # clears away what nobody has open
    for name in generations[:2]:
        with pytest.raises(GenerationGoneError):
            _title(live, name)
    live.close()


def test_a_request_keeps_its_generation_even_where_it_is_no_longer_kept(folder: Path) -> None:
    live = LiveIndex(folder, kept=1)
    with live.lend() as index:
        for number in range(1, 4):
            _rebuilt(folder, number, live)
            assert _title(live) == f"Bài {number}"
        assert index.search(SearchRequest()).hits[0].title == "Bài 0"
    with pytest.raises(IndexUnusableError, match="closed"):
        index.search(SearchRequest())
    live.close()


@pytest.mark.parametrize("name", ["", "none", "../index", "000001-00000000"])
def test_a_name_that_nobody_gave_is_gone(folder: Path, name: str) -> None:
    live = LiveIndex(folder)
    with pytest.raises(GenerationGoneError):
        _title(live, name)
    assert _title(live) == "Bài 0"
    live.close()


def test_closing_gives_all_generations_free(folder: Path) -> None:
    live = LiveIndex(folder)
    names = [_generation(live)]
    _rebuilt(folder, 1, live)
    names.append(_generation(live))
    live.close()
    _rebuilt(folder, 2)
    left = {path.stem for path in (folder / "generations").iterdir()}
    assert not left & set(names)


def test_many_threads_are_lent_what_they_ask_for_while_generations_change(folder: Path) -> None:
    live = LiveIndex(folder)
    names = {"Bài 0": _generation(live)}
    stop = False

    def ask() -> None:
        while not stop:
            for title, name in list(names.items())[-2:]:
                assert _title(live, name) == title

    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(ask) for _ in range(4)]
        for number in range(1, 6):
            _rebuilt(folder, number)
            with open_index(folder) as newest:
                names[f"Bài {number}"] = newest.generation
            live.renew()
        stop = True
        for one in asking:
            one.result()
    live.close()
