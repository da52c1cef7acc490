import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from corpus import Article
from indexer import (
    BuildError,
    DamagedIndexError,
    ForeignFolderError,
    IndexMissingError,
    IndexUnusableError,
    IndexVersionError,
    build_index,
    check_index,
    delete_articles,
    index_info,
    open_index,
    optimize_index,
    update_index,
)
from indexer.store import layout
from tests.indexer.store.states import files_of

Articles = Sequence[Article]
Write = Callable[[Path, Articles], object]

WRITES: tuple[Write, ...] = (
    lambda folder, articles: build_index(articles[:2], folder),
    lambda folder, articles: update_index(articles[:2], folder),
    lambda folder, articles: delete_articles([articles[3].id], folder),
    lambda folder, _: optimize_index(folder),
)


def content_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def change_manifest(folder: Path, **changes: object) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    del manifest["sha256"]
    (folder / "manifest.json").write_text(json.dumps({**manifest, **changes}))


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("name", ["photo.jpg", "manifest.json"])
def test_a_foreign_folder_is_refused_and_left_as_it_is(
    tmp_path: Path, articles: Articles, write: Write, name: str
) -> None:
    (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(ForeignFolderError):
        write(tmp_path, articles)
    with pytest.raises(ForeignFolderError, match="Move or remove the folder"):
        open_index(tmp_path)
    assert content_of(tmp_path) == {tmp_path / name: b"{}"}


@pytest.mark.parametrize("write", WRITES[1:])
def test_what_needs_an_index_says_that_a_folder_is_none(
    tmp_path: Path, articles: Articles, write: Write
) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"{}")
    with pytest.raises(ForeignFolderError, match=r"is not an index of timbao: it has no manifest"):
        write(tmp_path, articles)


@pytest.mark.parametrize("write", WRITES)
def test_a_foreign_file_in_an_index_keeps_writers_out(
    index_folder: Path, articles: Articles, write: Write
) -> None:
    (index_folder / "notes.txt").write_text("mine")
    before = content_of(index_folder)
    with pytest.raises(ForeignFolderError, match=r"notes\.txt"):
        write(index_folder, articles)
    assert content_of(index_folder) == before


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize(
    "change", [{"format_version": 9}, {"schema_version": 99}, {"analyzer": "words-7"}]
)
def test_an_index_of_another_version_is_refused_and_left_as_it_is(
    index_folder: Path, articles: Articles, write: Write, change: dict[str, object]
) -> None:
    change_manifest(index_folder, **change)
    before = content_of(index_folder)
    with pytest.raises(IndexVersionError, match="build the index again"):
        open_index(index_folder)
    with pytest.raises(IndexVersionError, match=str(next(iter(change.values())))):
        write(index_folder, articles)
    assert content_of(index_folder) == before


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize(
    "text", [b"", b"{", b'{"format": "timbao-', b"[]", b"\xff\xfe", b"[" * 99999]
)
def test_an_index_with_a_broken_manifest_is_refused_and_left_as_it_is(
    index_folder: Path, articles: Articles, write: Write, text: bytes
) -> None:
    (index_folder / "manifest.json").write_bytes(text)
    before = content_of(index_folder)
    with pytest.raises(DamagedIndexError, match="build the index again"):
        write(index_folder, articles)
    assert content_of(index_folder) == before


def test_a_manifest_edited_by_hand_is_refused(index_folder: Path) -> None:
    path = index_folder / "manifest.json"
    path.write_text(path.read_text().replace('"tombstone_count": 2', '"tombstone_count": 3'))
    with pytest.raises(DamagedIndexError):
        open_index(index_folder)


@pytest.mark.parametrize("name", ["../../elsewhere", "/etc", "..", "a/b", "", 7, None])
def test_a_manifest_cannot_name_what_lies_elsewhere(index_folder: Path, name: object) -> None:
    manifest = json.loads((index_folder / "manifest.json").read_text())
    segments = [{**manifest["segments"][0], "name": name}, *manifest["segments"][1:]]
    change_manifest(index_folder, segments=segments)
    with pytest.raises(DamagedIndexError, match="no name of a file"):
        open_index(index_folder)


def test_nowhere_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="timbao index CORPUS"):
        open_index(tmp_path / "nowhere")


def test_an_empty_folder_is_no_index_and_can_become_one(
    tmp_path: Path, articles: Articles
) -> None:
    with pytest.raises(IndexMissingError):
        open_index(tmp_path)
    build_index(articles[:2], tmp_path)
    assert index_info(tmp_path).articles == 2


def test_a_file_is_no_folder_of_an_index(tmp_path: Path, articles: Articles) -> None:
    (tmp_path / "file").write_text("mine")
    for use in open_index, check_index, index_info, lambda path: build_index(articles[:2], path):
        with pytest.raises(IndexUnusableError):
            use(tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_folder_holds_what_its_description_draws(index_folder: Path) -> None:
    drawn = layout.__doc__ or ""
    for path in index_folder.iterdir():
        assert path.name in drawn
    for path in index_folder.glob("segments/*/*"):
        assert path.name in drawn


def test_the_sizes_of_the_parts_add_up_to_those_of_the_files(index_folder: Path) -> None:
    info = index_info(index_folder)
    # The copy that readers lock is not counted twice.
    on_disk = sum(
        path.stat().st_size
        for path in files_of(index_folder)
        if path.parent.name != layout.GENERATIONS
    )
    assert sum(info.parts.values()) == info.size_bytes == on_disk


def test_an_index_can_be_described_as_json(index_folder: Path) -> None:
    described = json.loads(json.dumps(index_info(index_folder).to_dict()))
    assert described["articles"] == 69
    assert described["tombstones"] == 2
    assert len(described["segments"]) == 3
    assert described["bytes_per_article"]["text/articles"] > 0


def test_everything_that_a_manifest_names_is_on_the_disk_before_the_switch(
    tmp_path: Path, articles: Articles, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[int] = set()
    unsynced: list[str] = []
    sync, replace = os.fsync, Path.replace

    def record_sync(descriptor: int) -> None:
        synced.add(os.fstat(descriptor).st_ino)
        sync(descriptor)

    def check_and_replace(path: Path, target: Path) -> Path:
        if target.name == layout.MANIFEST:
            found = (p for p in path.parent.rglob("*") if not p.name.startswith("write."))
            unsynced.extend(str(p) for p in found if p.stat().st_ino not in synced)
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", record_sync)
    monkeypatch.setattr(Path, "replace", check_and_replace)
    build_index([*articles[:20], articles[3]], tmp_path / "index")
    update_index(articles[15:30], tmp_path / "index")
    delete_articles([articles[0].id], tmp_path / "index", tombstone=True)
    optimize_index(tmp_path / "index")
    assert len(synced) > 20
    assert unsynced == []


def test_a_build_that_reads_nothing_leaves_no_folder_behind(tmp_path: Path) -> None:
    with pytest.raises(BuildError):
        build_index([], tmp_path / "new" / "index")
    assert list(tmp_path.iterdir()) == []


def test_a_build_that_reads_nothing_leaves_an_empty_folder_empty(tmp_path: Path) -> None:
    with pytest.raises(BuildError):
        build_index([], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_build_that_reads_nothing_leaves_the_index_that_was_there(index_folder: Path) -> None:
    before = content_of(index_folder)
    with pytest.raises(BuildError):
        build_index([], index_folder)
    assert content_of(index_folder) == before
