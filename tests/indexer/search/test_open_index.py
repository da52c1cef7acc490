import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus import Article
from indexer import (
    DamagedIndexError,
    ForeignFolderError,
    IndexMissingError,
    IndexUnusableError,
    IndexVersionError,
    SearchRequest,
    build_index,
    open_index,
)
from indexer.store.manifest import _digest, _render


def contents(folder: Path) -> dict[str, bytes | None]:
    """Everything in a folder: bytes of files, `None` for folders."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


@pytest.fixture
def folder(sample_index_folder: Path, tmp_path: Path) -> Path:
    """A copy of the index of the samples, to be damaged."""
    return Path(shutil.copytree(sample_index_folder, tmp_path / "index"))


def assert_refused(folder: Path, error: type[IndexUnusableError], advice: str) -> None:
    before = contents(folder)
    with pytest.raises(error, match=advice) as refusal:
        open_index(folder)
    assert type(refusal.value) is error
    assert str(folder) in str(refusal.value)
    assert contents(folder) == before


def change_manifest(folder: Path, **changes: Any) -> None:
    path = folder / "manifest.json"
    fields = {**json.loads(path.read_text()), **changes}
    for key in ("format", "format_version", "sha256"):
        del fields[key]
    path.write_text(_render({"sha256": _digest(fields), **fields}))


def test_missing_folder_is_told_how_to_build_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="build one: timbao index"):
        open_index(tmp_path / "nothing")
    assert list(tmp_path.iterdir()) == []


def test_empty_folder_is_a_missing_index(tmp_path: Path) -> None:
    assert_refused(tmp_path, IndexMissingError, "build one: timbao index")


def test_first_build_that_was_interrupted_is_a_missing_index(tmp_path: Path) -> None:
    (tmp_path / "segments" / "0123456789abcdef").mkdir(parents=True)
    assert_refused(tmp_path, IndexMissingError, "build one: timbao index")


def test_foreign_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    assert_refused(tmp_path, ForeignFolderError, "name another one")


@pytest.mark.parametrize(
    "manifest",
    [b"", b"{", b"[]", b'{"name": "a web app"}', b"[" * 100_000, b"\xff\xfe{\x00}\x00"],
    ids=["empty", "cut", "list", "of-another", "deep", "utf-16"],
)
def test_manifest_that_was_overwritten_is_damage(folder: Path, manifest: bytes) -> None:
    (folder / "manifest.json").write_bytes(manifest)
    assert_refused(folder, DamagedIndexError, "build the index again: timbao index CORPUS --index")


@pytest.mark.parametrize(
    "change", [{"schema_version": 999}, {"analyzer": "other rules"}, {"schema_version": None}]
)
def test_index_of_another_version_is_refused(folder: Path, change: dict[str, Any]) -> None:
    change_manifest(folder, **change)
    assert_refused(folder, IndexVersionError, "build the index again: timbao index CORPUS --index")


@pytest.mark.parametrize(
    "change",
    [
        {"generation": "000009-00000000"},
        {"generation": ".."},
        {"generation": ""},
        {"generation": "../index/generations"},
        {"generation": 7},
        {"generation": None},
        {"generation": "a\0b"},
        {"created": "yesterday"},
        {"created": 7},
        {"created": "2021-04-08T12:00:00"},
        {"surplus": 1},
        {"segments": None},
        {"segments": [{"name": "../elsewhere"}]},
    ],
    ids=str,
)
def test_manifest_with_a_wrong_value_is_damaged(folder: Path, change: dict[str, Any]) -> None:
    change_manifest(folder, **change)
    assert_refused(folder, DamagedIndexError, "build the index again: timbao index CORPUS --index")


def test_generation_that_is_missing_is_damage(folder: Path) -> None:
    shutil.rmtree(folder / "generations")
    assert_refused(folder, DamagedIndexError, "build the index again: timbao index CORPUS --index")


def engine_files(folder: Path) -> list[Path]:
    files = [path for path in (folder / "segments").rglob("*") if path.is_file()]
    return [path for path in files if path.stat().st_size]


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9, 0.9999])
def test_engine_file_that_was_cut_is_damage(folder: Path, part: float) -> None:
    for file in engine_files(folder):
        whole = file.read_bytes()
        file.write_bytes(whole[: int(len(whole) * part)])
        assert_refused(
            folder, DamagedIndexError, "build the index again: timbao index CORPUS --index"
        )
        file.write_bytes(whole)


def test_engine_file_that_is_missing_is_damage(folder: Path) -> None:
    for file in engine_files(folder):
        whole = file.read_bytes()
        file.unlink()
        assert_refused(
            folder, DamagedIndexError, "build the index again: timbao index CORPUS --index"
        )
        file.write_bytes(whole)


def test_opening_and_searching_write_nothing(folder: Path) -> None:
    before = contents(folder)
    with open_index(folder) as index:
        index.search(SearchRequest("bầu cử", facets=("source",), timeline="month"))
    assert contents(folder) == before


def rebuild(folder: Path) -> None:
    build_index(Article(title="mới"), folder)


def remove(folder: Path) -> None:
    shutil.rmtree(folder)


@pytest.mark.parametrize("change", [rebuild, remove])
def test_open_index_goes_on_when_its_files_are_removed(
    folder: Path, change: Callable[[Path], None]
) -> None:
    asked = SearchRequest("bau cu", facets=("source", "tag"), timeline="month", size=100)
    with open_index(folder) as index, open_index(folder) as untouched:
        expected = untouched.search(asked)
        change(folder)
        found = index.search(asked)
        assert found.hits == expected.hits
        assert (found.facets, found.timeline) == (expected.facets, expected.timeline)
        assert index.article(expected.hits[0].id) == expected.hits[0].article


def test_index_is_current_until_it_is_rebuilt(folder: Path) -> None:
    with open_index(folder) as index:
        assert index.current
        rebuild(folder)
        assert not index.current


def test_index_of_which_the_folder_is_gone_stays_current(folder: Path) -> None:
    with open_index(folder) as index:
        remove(folder)
        assert index.current


def test_index_knows_its_generation_and_its_size(folder: Path) -> None:
    with open_index(folder) as index:
        assert (folder / "generations" / f"{index.generation}.json").is_file()
        assert index.created.tzinfo is not None
        assert index.article_count == 72


def test_index_that_was_closed_says_so(folder: Path) -> None:
    index = open_index(folder)
    (hit, *_) = index.search(SearchRequest("bầu cử")).hits
    index.close()
    asks: list[Callable[[], object]] = [
        lambda: index.search(SearchRequest("bầu cử")),
        lambda: index.scan(SearchRequest("bầu cử")),
        lambda: index.article(hit.id),
        lambda: index.story(hit.id),
        lambda: index.suggest("bầu"),
        lambda: index.corrections("bau cu"),
        lambda: index.related(hit.id),
        lambda: index.mark(hit.article, "bầu cử"),
        lambda: index.article_count,
    ]
    for ask in asks:
        with pytest.raises(IndexUnusableError, match="was closed"):
            ask()
