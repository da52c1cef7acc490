import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import Article
from indexer import (
    BuildProgress,
    ForeignFolderError,
    IndexLockedError,
    SearchRequest,
    build_index,
    open_index,
)

ROOT = Path(__file__).parents[2]
ARTICLE = Article(id="1", title="cũ")

SLOW_BUILD = """
import sys, time
from corpus import Article
from indexer import build_index

def wait(progress):
    print("writing", flush=True)
    time.sleep(60)

build_index([Article(title="mới")], sys.argv[1], on_progress=wait)
"""


def contents(folder: Path) -> dict[str, bytes | None]:
    """Everything in a folder: bytes of files, `None` for folders."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def title(folder: Path) -> str:
    with open_index(folder) as index:
        return index.search(SearchRequest()).hits[0].title


def segments(folder: Path) -> list[str]:
    return [path.name for path in (folder / "segments").iterdir()]


def test_second_writer_is_refused_and_told_who_writes(tmp_path: Path) -> None:
    def build_another(_progress: BuildProgress) -> None:
        with pytest.raises(IndexLockedError, match=r"written by process \d+ on .+, since 2"):
            build_index(ARTICLE, tmp_path)

    build_index(ARTICLE, tmp_path, on_progress=build_another)


def test_writer_that_was_refused_disturbs_nothing(tmp_path: Path) -> None:
    def build_another(_progress: BuildProgress) -> None:
        with pytest.raises(IndexLockedError):
            build_index(Article(title="khác"), tmp_path)

    build_index(ARTICLE, tmp_path, on_progress=build_another)
    assert title(tmp_path) == "cũ"


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """The folder of an index of which a second build was killed while it wrote."""
    build_index(ARTICLE, tmp_path)
    command = [sys.executable, "-c", SLOW_BUILD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as building:
        assert building.stdout
        assert building.stdout.readline() == b"writing\n"
        building.kill()
    return tmp_path


def test_killed_build_leaves_the_old_index_searching(killed: Path) -> None:
    assert title(killed) == "cũ"


def test_build_after_a_killed_one_cleans_up(killed: Path) -> None:
    assert len(segments(killed)) == 2
    build_index(Article(title="mới"), killed)
    assert len(segments(killed)) == 1
    assert title(killed) == "mới"


def test_first_build_that_was_killed_is_no_foreign_folder(tmp_path: Path) -> None:
    (tmp_path / "segments" / "0123456789abcdef").mkdir(parents=True)
    (tmp_path / "generations").mkdir()
    (tmp_path / "write.lock").touch()
    (tmp_path / "write.holder").touch()
    (tmp_path / "manifest.json.new").touch()
    build_index(ARTICLE, tmp_path)
    assert title(tmp_path) == "cũ"


@pytest.mark.parametrize(
    "files",
    [
        {"letter.txt": b"dear"},
        {".hidden": b""},
        {"manifest.json": b'{"name": "a web app"}'},
        {"manifest.json": b"[]"},
        {"manifest.json": b"not json"},
        {"manifest.json": b"[" * 100_000},
        {"manifest.json": "{}".encode("utf-16")},
        {"manifest.json/page.html": b"a folder"},
        {"generations": b"a file"},
        {"generations/family-tree.txt": b"grandmother"},
        {"generations/1950/photo.jpg": b"grandfather"},
    ],
    ids=lambda files: "+".join(f"{name}-{len(files[name])}" for name in files),
)
def test_foreign_folder_is_refused_untouched(tmp_path: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    before = contents(tmp_path)
    with pytest.raises(ForeignFolderError, match=r"name an(other one| empty or a new folder)"):
        build_index(ARTICLE, tmp_path)
    assert contents(tmp_path) == before


def test_index_with_a_foreign_file_beside_it_is_refused_untouched(tmp_path: Path) -> None:
    build_index(ARTICLE, tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    before = contents(tmp_path)
    with pytest.raises(ForeignFolderError, match=r"notes\.txt"):
        build_index(ARTICLE, tmp_path)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("run", [lambda path: build_index(ARTICLE, path), open_index])
def test_file_in_place_of_the_folder_is_refused(
    tmp_path: Path, run: Callable[[Path], object]
) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    with pytest.raises(ForeignFolderError, match="is a file"):
        run(file)
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("write.holder", "process 1 on a computer that is gone"),
        ("manifest.json.new", "{"),
    ],
)
def test_leftover_of_a_crash_hinders_no_build(tmp_path: Path, name: str, content: str) -> None:
    build_index(Article(title="trước"), tmp_path)
    (tmp_path / name).write_text(content)
    build_index(ARTICLE, tmp_path)
    assert title(tmp_path) == "cũ"


def test_rebuild_keeps_one_generation_with_a_higher_number(tmp_path: Path) -> None:
    numbers = []
    for _ in range(3):
        build_index(ARTICLE, tmp_path)
        (path,) = (tmp_path / "generations").iterdir()
        numbers.append(int(path.name.partition("-")[0]))
    assert numbers == [1, 2, 3]


def test_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    build_index(ARTICLE, tmp_path / "a" / "b")
    assert title(tmp_path / "a" / "b") == "cũ"
