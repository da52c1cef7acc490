"""The compiled model is kept between runs, and nothing depends on that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from indexer.analysis import Segmenter
from indexer.analysis.segmenter import cache
from indexer.analysis.segmenter.cache import cached_model, default_folder
from indexer.analysis.segmenter.compile import PyviFiles, compile_model

TEXT = "Trường đại học bách khoa Hà Nội"
JOINED = "Trường đại_học bách_khoa Hà_Nội"


@pytest.fixture
def no_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_files: object) -> None:
        pytest.fail("compiled again")

    monkeypatch.setattr(cache, "compile_model", fail)


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


@pytest.mark.usefixtures("no_compiler")
def test_a_model_is_compiled_once(segmenter: Segmenter, cache_folder: Path) -> None:
    assert cached_model(cache_folder).fingerprint == segmenter.fingerprint


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    assert Segmenter(cache_folder=folder).join(TEXT) == JOINED
    assert only_file(folder).suffix == ".model"


@pytest.mark.parametrize("damage", [b"", b"\0" * 100, None])
def test_a_damaged_file_is_written_again(tmp_path: Path, damage: bytes | None) -> None:
    cached_model(tmp_path)
    path = only_file(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[:-1] if damage is None else damage)
    assert Segmenter(cache_folder=tmp_path).join(TEXT) == JOINED
    assert path.read_bytes() == content


@pytest.mark.parametrize("change", ["COMPILER", "FORMAT"])
def test_another_compiler_compiles_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    cached_model(tmp_path)
    monkeypatch.setattr(cache, change, 99)
    cached_model(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_another_pyvi_compiles_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cached_model(tmp_path)
    files = PyviFiles.installed()
    other = PyviFiles("0.1.2", files.model, files.words + b"\nt\xc3\xacm b\xc3\xa1o")
    monkeypatch.setattr(PyviFiles, "installed", lambda: other)
    assert cached_model(tmp_path).pyvi == "0.1.2"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_file_of_another_pyvi_is_not_taken_for_this_one(
    tmp_path: Path, segmenter: Segmenter
) -> None:
    cached_model(tmp_path)
    path = only_file(tmp_path)
    files = PyviFiles.installed()
    other = PyviFiles("0.1.2", files.model, files.words)
    path.write_bytes(compile_model(other).to_bytes())
    assert cached_model(tmp_path).fingerprint == segmenter.fingerprint


def test_a_folder_that_cannot_be_made_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert Segmenter(cache_folder=tmp_path / "file").join(TEXT) == JOINED
    assert Segmenter(cache_folder=tmp_path / "file" / "below").join(TEXT) == JOINED


def test_a_disk_that_is_full_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    assert Segmenter(cache_folder=tmp_path).join(TEXT) == JOINED
    assert list(tmp_path.iterdir()) == []


def test_processes_that_start_at_once_do_not_disturb_each_other(
    tmp_path: Path, segmenter: Segmenter
) -> None:
    program = (
        "import pathlib, sys; from indexer.analysis import Segmenter; sys.stdin.readline();"
        "print(Segmenter(cache_folder=pathlib.Path(sys.argv[1])).fingerprint)"
    )
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).resolve().parents[4],
        )
        for _ in range(4)
    ]
    for worker in workers:  # all have imported what they need, or soon will have
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    found = {worker.communicate(timeout=60)[0].strip() for worker in workers}
    assert [worker.returncode for worker in workers] == [0] * 4
    assert found == {segmenter.fingerprint}
    assert only_file(tmp_path).read_bytes() == segmenter.to_bytes()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="has folders of its own")
def test_the_folder_follows_the_xdg_specification(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "timbao"
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for value in ("", "relative/path"):
        monkeypatch.setenv("XDG_CACHE_HOME", value)
        assert default_folder() == tmp_path / "home/.cache/timbao"


def test_a_user_without_a_home_compiles_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr(Path, "home", fail)
    assert default_folder() is None
    assert Segmenter().join(TEXT) == JOINED
