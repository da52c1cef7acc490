"""The commands that change an index or tell of it: what they print, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus import sample_corpus_path
from indexer import SearchRequest, build_index, delete_articles, index_info, open_index
from webapp.cli import main


@pytest.fixture
def index(tmp_path: Path) -> Path:
    build_index(sample_corpus_path(), tmp_path / "index", limit=20)
    return tmp_path / "index"


def json_of(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, object]:
    assert main([*map(str, arguments), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def first_id(folder: Path) -> str:
    with open_index(folder) as opened:
        return opened.search(SearchRequest("", size=1)).hits[0].article.id


def test_an_update_adds_and_replaces(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = sample_corpus_path()
    report = json_of(capsys, "index", corpus, "--index", index, "--update", "--limit", 25)
    assert (report["added"], report["replaced"], report["articles"]) == (5, 20, 25)


def test_an_update_is_reported(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    delete_articles([first_id(index)], index, tombstone=True)
    assert main(["index", str(sample_corpus_path()), "--index", str(index), "--update"]) == 0
    printed = capsys.readouterr().out
    for line in "articles added", "replaced          19", "withdrawn         1", "size":
        assert line in printed


def test_an_update_needs_an_index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["index", str(sample_corpus_path()), "--index", str(tmp_path / "i"), "--update"])
    assert code == 3
    assert "there is no index" in capsys.readouterr().err


def test_articles_are_deleted_by_a_file_of_ids(
    index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = tmp_path / "ids.txt"
    ids.write_text(f"\ufeff{first_id(index)}\r\n\nnobody\n", encoding="utf-8")
    report = json_of(capsys, "delete", "--index", index, "--ids", ids, "--tombstone")
    assert (report["deleted"], report["unknown"], report["tombstones_added"]) == (1, 1, 2)
    assert index_info(index).tombstones == 2


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_ids_may_be_in_utf_16(
    index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    ids = tmp_path / "ids.txt"
    ids.write_bytes(f"\ufeff{first_id(index)}\r\n".encode(encoding))
    report = json_of(capsys, "delete", "--index", index, "--ids", ids)
    assert (report["deleted"], report["unknown"]) == (1, 0)


@pytest.mark.parametrize("data", [b"a\xe9b\n", b"\xff\xfea"])
def test_ids_that_cannot_be_decoded_are_refused_with_the_file_and_a_way_out(
    index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes
) -> None:
    ids = tmp_path / "ids.txt"
    ids.write_bytes(data)
    assert main(["delete", "--index", str(index), "--ids", str(ids)]) == 2
    error = capsys.readouterr().err
    assert str(ids) in error
    assert "save it as UTF-8" in error


def test_the_tombstones_of_an_index_can_be_given_to_another_one(
    index: Path, tmp_path: Path
) -> None:
    delete_articles([first_id(index)], index, tombstone=True)
    (tombstones,) = index.glob("tombstones/*")
    build_index(sample_corpus_path(), tmp_path / "other")
    command = ["delete", "--index", str(tmp_path / "other"), "--tombstone"]
    assert main([*command, "--ids", str(tombstones)]) == 0
    assert index_info(tmp_path / "other").tombstones == 1


def test_a_missing_file_of_ids_is_wrong_use(
    index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["delete", "--index", str(index), "--ids", str(tmp_path / "none")]) == 2
    assert "--ids: " in capsys.readouterr().err


def test_an_optimization_is_reported(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    delete_articles([first_id(index)], index)
    report = json_of(capsys, "optimize", index)
    assert (report["articles"], report["dropped"]) == (19, 1)


def test_a_whole_index_has_no_fault(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(index)]) == 0
    assert capsys.readouterr().out == "no fault found\n"


def test_faults_are_listed_and_are_exit_code_3(
    index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = next(index.glob("segments/*/text.tb"))
    changed = bytearray(path.read_bytes())
    changed[64] ^= 1
    path.write_bytes(changed)
    assert main(["check", str(index)]) == 3
    assert str(path) in capsys.readouterr().out


def test_an_index_is_described(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info", str(index)]) == 0
    printed = capsys.readouterr().out
    for line in "articles    20", "segments    1", "text/positions", "analyzer", "generation":
        assert line in printed
    assert json_of(capsys, "info", index)["articles"] == 20


@pytest.mark.parametrize("command", ["optimize", "check", "info", "delete"])
def test_without_an_index_the_exit_code_is_3(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ids").write_text("x")
    missing = str(tmp_path / "none")
    ids = ["--ids", str(tmp_path / "ids"), "--index"] if command == "delete" else []
    assert main([command, *ids, missing]) == 3
    assert "there is no index" in capsys.readouterr().err
