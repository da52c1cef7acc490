"""Removing what no generation needs any more. Only the writer that holds the lock does it.

It is done when a write begins (what an interrupted one left) and when it ends (what it replaced).
A generation that somebody reads keeps its files, and goes with a later write.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from indexer.errors import IndexUnusableError
from indexer.store.layout import (
    DELETIONS,
    FOLDERS,
    GENERATIONS,
    MODELS,
    NEW_MANIFEST,
    SEGMENTS,
    STORIES,
    TOMBSTONES,
    is_ours,
)
from indexer.store.lease import unleased
from indexer.store.manifest import Manifest, parse_manifest


def clean(directory: Path, current: Manifest | None) -> None:
    """Remove all files that neither the current generation nor a leased one names.

    What cannot be removed now stays until the next time; it harms nobody.

    Args:
        directory: Folder of the index.
        current: Its current generation, if it has any.
    """
    needed = set(named_paths(current)) if current else set()
    for path in _entries(directory / GENERATIONS):
        if current and path.stem == current.generation:
            continue
        with contextlib.suppress(OSError), unleased(path) as is_free:
            if is_free:
                path.unlink()
                continue
        try:
            needed.update(named_paths(parse_manifest(directory, path.read_bytes())))
        except FileNotFoundError:
            continue
        except (OSError, IndexUnusableError):
            return  # somebody reads what only they understand; leave everything as it is
    with contextlib.suppress(OSError):
        (directory / NEW_MANIFEST).unlink(missing_ok=True)
    for folder in FOLDERS:
        if folder == GENERATIONS:
            continue
        for path in _entries(directory / folder):
            if f"{folder}/{path.name}" not in needed:
                _remove(path)


def named_paths(manifest: Manifest) -> Iterator[str]:
    """Give what a generation consists of: paths below the index's folder, `/` between names."""
    yield f"{MODELS}/{manifest.model.name}"
    if manifest.stories:
        yield f"{STORIES}/{manifest.stories.name}"
    if manifest.tombstones:
        yield f"{TOMBSTONES}/{manifest.tombstones.name}"
    for segment in manifest.segments:
        yield f"{SEGMENTS}/{segment.name}"
        if segment.deletions:
            yield f"{DELETIONS}/{segment.deletions.name}"


def _entries(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if is_ours(path)] if folder.is_dir() else []


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()
