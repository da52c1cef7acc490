"""What is told where the system does not let this user read: that, and not damage.

Tests may run as root, who may read everything, so the refusal is put into `Path` and `os.open`;
all else is real.
"""

import errno
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from corpus import Article
from indexer import (
    IndexAccessError,
    build_index,
    check_index,
    delete_articles,
    open_index,
    optimize_index,
    update_index,
)
from indexer.store.layout import TOMBSTONES
from tests.indexer.store.states import files_of

Articles = Sequence[Article]


def refuse(monkeypatch: pytest.MonkeyPatch, wanted: Path, *names: str) -> None:
    """Let nothing of these names touch a path, or what is within it."""
    for owner, name in [*((Path, name) for name in names), (os, "open")]:
        real = getattr(owner, name)

        def refused(path: Any, *args: Any, _real: Any = real, **options: Any) -> Any:
            if isinstance(path, str | Path) and (
                Path(path) == wanted or wanted in Path(path).parents
            ):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return _real(path, *args, **options)

        monkeypatch.setattr(owner, name, refused)


def test_a_file_that_may_not_be_read_is_no_damage(
    index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete_articles(["nobody"], index_folder, tombstone=True)
    for path in files_of(index_folder):
        with monkeypatch.context() as patch:
            refuse(patch, path, "open")
            with pytest.raises(IndexAccessError, match="this user may read"):
                open_index(index_folder)
            assert any("Permission denied" in fault for fault in told(index_folder))


def told(folder: Path) -> list[str]:
    try:
        return check_index(folder)
    except IndexAccessError as error:  # the manifest, without which nothing can be checked
        return [str(error)]


def test_tombstones_that_may_not_be_read_stop_a_writer(
    tmp_path: Path, articles: Articles, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "index"
    build_index(articles[:5], folder)
    delete_articles([articles[0].id], folder, tombstone=True)
    refuse(monkeypatch, folder / TOMBSTONES, "open")
    for change in (
        lambda: build_index(articles[:5], folder),
        lambda: update_index(articles[5:7], folder),
    ):
        with pytest.raises(IndexAccessError, match="this user may read"):
            change()


def test_a_folder_that_may_not_be_looked_into_stops_a_writer(
    tmp_path: Path, articles: Articles, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "closed" / "index"
    folder.parent.mkdir()
    refuse(monkeypatch, tmp_path / "closed", "exists", "is_dir", "open", "iterdir", "mkdir")
    for change in (
        lambda: build_index(articles[:5], folder),
        lambda: update_index(articles[:5], folder),
        lambda: delete_articles(["x"], folder),
        lambda: optimize_index(folder),
    ):
        with pytest.raises(IndexAccessError, match="this user may read"):
            change()
