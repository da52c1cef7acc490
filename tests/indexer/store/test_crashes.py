import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from corpus import Article
from indexer import (
    BuildError,
    build_index,
    check_index,
    delete_articles,
    index_info,
    open_index,
    optimize_index,
    update_index,
)
from tests.indexer.store.crashing import STEPS, CrashedIndex
from tests.indexer.store.forking import run_forked
from tests.indexer.store.killing import fail_in_write
from tests.indexer.store.states import files_of, ids_at, state_at

Articles = Sequence[Article]
Write = Callable[[Path, Articles], object]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")

WRITES: dict[str, Write] = {
    "build": lambda folder, articles: build_index(articles, folder),
    "update": lambda folder, articles: update_index(articles[20:60], folder),
    "delete": lambda folder, articles: delete_articles([articles[3].id], folder),
    "optimize": lambda folder, _: optimize_index(folder),
}


@pytest.mark.parametrize("operation", ["build", "update", "delete", "merge"])
@pytest.mark.parametrize("step", STEPS)
def test_a_killed_writer_leaves_exactly_what_was_committed_last(
    tmp_path: Path, operation: str, step: str
) -> None:
    index = CrashedIndex(tmp_path / "index", seed=len(operation) * 10 + STEPS.index(step))
    index.finish()
    for _ in range(20):
        # Something new each time, so that there is something to merge.
        index.finish()
        if index.trial(operation, step).killed:
            break
    else:
        pytest.fail("the writer was never killed")
    index.finish()


@pytest.mark.parametrize("step", STEPS)
def test_the_first_build_of_an_index_can_be_killed(tmp_path: Path, step: str) -> None:
    index = CrashedIndex(tmp_path / "index", seed=STEPS.index(step))
    index.trial("build", step)
    index.finish()


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
@pytest.mark.parametrize("size", [10, 200, 1_500])
def test_a_full_disk_is_an_error_that_leaves_the_index(
    index_folder: Path, articles: Articles, write: Write, size: int
) -> None:
    before, files = state_at(index_folder), files_of(index_folder)

    def write_to_full_disk() -> None:
        fail_in_write(size)
        with pytest.raises(BuildError, match="free some space"):
            write(index_folder, articles)

    fate = run_forked(write_to_full_disk)
    assert fate.done, fate.error
    assert state_at(index_folder) == before
    assert files_of(index_folder) == files
    assert check_index(index_folder) == []


def test_an_article_can_be_deleted_where_there_is_no_space_for_a_merge(
    tmp_path: Path, articles: Articles
) -> None:
    build_index(articles[:50], tmp_path / "index")

    def delete() -> None:
        fail_in_write(5_000)
        report = delete_articles([article.id for article in articles[:30]], tmp_path / "index")
        assert report.deleted == 30

    fate = run_forked(delete)
    assert fate.done, fate.error
    assert ids_at(tmp_path / "index") == {article.id for article in articles[30:50]}
    assert index_info(tmp_path / "index").deleted == 30


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of 1.5 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(disk)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("file systems cannot be mounted here")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_a_build_that_fills_the_file_system_leaves_the_index(
    small_disk: Path, articles: Articles
) -> None:
    folder = small_disk / "index"
    build_index(articles[:20], folder)
    before = state_at(folder)
    versions = [
        Article(id=f"{article.id}-{number}", title=article.title, body=article.body)
        for number in range(8)
        for article in articles
    ]
    with pytest.raises(BuildError, match="No space left"):
        build_index(versions, folder)
    with pytest.raises(BuildError, match="No space left"):
        update_index(versions, folder)
    assert state_at(folder) == before
    assert check_index(folder) == []
    with open_index(folder) as index:
        assert update_index(articles[20], folder).added == 1
        assert index.article_count == 20
