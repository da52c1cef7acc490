"""The folder of an index: a manifest that names the current generation.

    DIR/
    ├── manifest.json       which generation is searched, and who can read it
    ├── generations/NAME/   files of the engine, complete and never changed
    ├── generations/NAME.building/  a build that runs, or one that was interrupted
    └── write.lock, write.holder    one writer at a time, and who it is

A build fills a folder aside; the rename of a new manifest over the old one is the switch. A crash
at any point leaves the old manifest, and the leftovers go with the next build.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import socket
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.analysis import RULES, Segmenter
from indexer.durability import sync_folder, sync_tree
from indexer.errors import (
    DamagedIndexError,
    ForeignFolderError,
    IndexLockedError,
    IndexMissingError,
    IndexVersionError,
    ModelError,
)
from indexer.schema import SCHEMA_VERSION

_FORMAT = "timbao-index"
_MANIFEST = "manifest.json"
_GENERATIONS = "generations"
_BUILDING = ".building"
_MODEL = "segmenter.model"
_LOCK = "write.lock"
_HOLDER = "write.holder"
_GENERATION = re.compile(r"[0-9]{6,}-[0-9a-f]{8}")
_OUR_NAMES = frozenset({_MANIFEST, _MANIFEST + ".new", _GENERATIONS, _LOCK, _HOLDER})


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index says of itself.

    Attributes:
        format: Always `timbao-index`; tells our folders from others.
        schema_version: `indexer.schema.SCHEMA_VERSION` of the writer.
        analyzer: `indexer.analysis.RULES` of the writer.
        model: Fingerprint of the segmentation model that cut the articles.
        generation: Name of the current generation.
        created: When it was completed, ISO 8601 in UTC.
        articles: How many articles it holds.
        files: Size in bytes of each file of the generation, by its path in its folder.
    """

    format: str
    schema_version: int
    analyzer: str
    model: str
    generation: str
    created: str
    articles: int
    files: dict[str, int]

    @property
    def created_at(self) -> datetime:
        """When the generation was completed, timezone-aware."""
        return datetime.fromisoformat(self.created)


def read_manifest(directory: Path) -> Manifest:
    """Read which generation of an index is current.

    Raises:
        IndexMissingError: There is no folder, or it is empty.
        ForeignFolderError: The folder is not an index.
        DamagedIndexError: The manifest cannot be read.
        IndexVersionError: The index was written under other rules.
    """
    try:
        text = (directory / _MANIFEST).read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise _nothing_at(directory) from None
    except UnicodeDecodeError:
        text = ""
    except OSError as error:
        raise _damaged(directory, f"its {_MANIFEST} cannot be read ({error})") from error
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict) or fields.get("format") != _FORMAT:
        raise ForeignFolderError(
            f"{directory} is not an index of timbao: its {_MANIFEST} belongs to something else "
            "or is broken. It was left as it is; name another folder, or remove this one"
        )
    found = (fields.get("schema_version"), fields.get("analyzer"))
    if found != (SCHEMA_VERSION, RULES):
        raise IndexVersionError(
            f"the index in {directory} was written by another version of timbao "
            f"(schema {found[0]}, analyzer {found[1]!r}; this one reads schema {SCHEMA_VERSION}, "
            f"analyzer {RULES!r}). Build it again: timbao index CORPUS --index "
            f"{directory}"
        )
    try:
        manifest = Manifest(**fields)
        dated = manifest.created_at.tzinfo is not None
    except (TypeError, ValueError) as error:
        raise _damaged(directory, f"its {_MANIFEST} is not complete ({error})") from error
    named = _GENERATION.fullmatch(str(manifest.generation))
    if not (dated and named and isinstance(manifest.files, dict)):
        raise _damaged(directory, f"its {_MANIFEST} has a value that none of ours can have")
    return manifest


def generation_folder(directory: Path, manifest: Manifest) -> Path:
    """Give the folder of the engine's files that a manifest names.

    Raises:
        DamagedIndexError: It is not there, or one of its files is missing or was cut.
    """
    folder = directory / _GENERATIONS / manifest.generation
    if not folder.is_dir():
        raise _damaged(directory, f"generation {manifest.generation} is missing")
    found = _sizes(folder)
    for name, size in manifest.files.items():
        if found.get(name) != size:
            what = f"has {found[name]} bytes, not {size}" if name in found else "is missing"
            raise _damaged(directory, f"its file {name} {what}")
    return folder


def generation_segmenter(directory: Path, manifest: Manifest) -> Segmenter:
    """Load the segmenter that cut the articles of a generation.

    Raises:
        DamagedIndexError: It cannot be read, or is another one.
    """
    try:
        segmenter = Segmenter.from_file(generation_folder(directory, manifest) / _MODEL)
    except (OSError, ModelError) as error:
        raise _damaged(directory, f"its segmentation model cannot be read ({error})") from error
    if segmenter.fingerprint != manifest.model:
        raise _damaged(directory, "its segmentation model is not the one that it names")
    return segmenter


def _sizes(folder: Path) -> dict[str, int]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in files}


class NewGeneration:
    """A generation that is being built.

    Attributes:
        folder: Where the engine writes; empty at first.
    """

    def __init__(self, directory: Path, name: str, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._directory = directory
        self._name = name
        self.folder = directory / _GENERATIONS / (name + _BUILDING)

    def publish(self, articles: int) -> None:
        """Make this generation the one that is searched.

        Args:
            articles: How many articles it holds.
        """
        self._segmenter.to_file(self.folder / _MODEL)
        sync_tree(self.folder)
        self.folder = self.folder.rename(self.folder.with_name(self._name))
        sync_folder(self.folder.parent)
        manifest = Manifest(
            _FORMAT,
            SCHEMA_VERSION,
            RULES,
            self._segmenter.fingerprint,
            self._name,
            datetime.now(UTC).isoformat(timespec="seconds"),
            articles,
            _sizes(self.folder),
        )
        new = self._directory / (_MANIFEST + ".new")
        with new.open("w", encoding="utf-8") as file:
            json.dump(asdict(manifest), file, indent=2)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._directory / _MANIFEST)
        sync_folder(self._directory)


@contextlib.contextmanager
def new_generation(directory: Path, segmenter: Segmenter) -> Iterator[NewGeneration]:
    """Hold the right to write an index, and clean up at the end.

    Whatever is not published at the end is removed. Readers of older generations have their
    files open and go on with them.

    Args:
        directory: Folder of the index.
        segmenter: Cuts the articles, and later the queries.

    Raises:
        ForeignFolderError: The folder holds something else; it is left untouched.
        IndexLockedError: Another process is writing this index.
    """
    _check_is_ours(directory)
    directory.mkdir(parents=True, exist_ok=True)
    with _writing(directory):
        generations = directory / _GENERATIONS
        generations.mkdir(exist_ok=True)
        generation = NewGeneration(directory, _next_name(generations), segmenter)
        generation.folder.mkdir()
        try:
            yield generation
        finally:
            _remove_old_generations(directory)


def _check_is_ours(directory: Path) -> None:
    if not directory.exists():
        return
    if not directory.is_dir():
        raise ForeignFolderError(f"{directory} is a file; name a folder for the index")
    names = {entry.name for entry in directory.iterdir()}
    if _MANIFEST in names and not (directory / _MANIFEST).is_file():
        raise _foreign(directory, _MANIFEST)
    with contextlib.suppress(IndexMissingError, DamagedIndexError, IndexVersionError):
        if names - {_LOCK, _HOLDER, _GENERATIONS}:
            read_manifest(directory)
    if foreign := sorted(names - _OUR_NAMES):
        raise _foreign(directory, foreign[0])
    if _GENERATIONS in names and not (directory / _GENERATIONS).is_dir():
        raise _foreign(directory, _GENERATIONS)
    for entry in directory.glob(f"{_GENERATIONS}/*"):
        if not _is_generation(entry):
            raise _foreign(directory, f"{_GENERATIONS}/{entry.name}")


def _is_generation(entry: Path) -> bool:
    """Tell whether an entry of the folder of generations is ours, and may be removed."""
    name = entry.name.removesuffix(_BUILDING)
    return bool(_GENERATION.fullmatch(name)) and entry.is_dir() and not entry.is_symlink()


@contextlib.contextmanager
def _writing(directory: Path) -> Iterator[None]:
    holder = directory / _HOLDER
    try:
        with FileLock(directory / _LOCK, timeout=0):
            me = f"process {os.getpid()} on {socket.gethostname()}, since"
            holder.write_text(f"{me} {datetime.now(UTC).isoformat(timespec='seconds')}", "utf-8")
            try:
                yield
            finally:
                holder.unlink(missing_ok=True)
    except Timeout:
        try:
            who = holder.read_text("utf-8")
        except OSError:
            who = "another process"
        raise IndexLockedError(
            f"the index in {directory} is being written by {who}; wait for it to end"
        ) from None


def _next_name(generations: Path) -> str:
    numbers = [entry.name.partition("-")[0] for entry in generations.iterdir()]
    newest = max((int(number) for number in numbers if number.isdecimal()), default=0)
    return f"{newest + 1:06d}-{secrets.token_hex(4)}"


def _remove_old_generations(directory: Path) -> None:
    try:
        current = read_manifest(directory).generation
    except IndexMissingError:
        current = ""
    except (ForeignFolderError, DamagedIndexError, IndexVersionError):
        return
    for entry in (directory / _GENERATIONS).iterdir():
        if entry.name != current and _is_generation(entry):
            # A file that another system holds open stays until the next build.
            shutil.rmtree(entry, ignore_errors=True)


def _nothing_at(directory: Path) -> IndexMissingError | ForeignFolderError:
    if directory.exists() and not directory.is_dir():
        return ForeignFolderError(f"{directory} is a file, not an index; name the folder of one")
    if directory.is_dir() and any(e.name not in _OUR_NAMES for e in directory.iterdir()):
        return ForeignFolderError(
            f"{directory} is not an index of timbao: it has no {_MANIFEST}. "
            "It was left as it is; name another folder"
        )
    return IndexMissingError(
        f"there is no index in {directory}; build one: timbao index CORPUS --index {directory}"
    )


def _foreign(directory: Path, name: str) -> ForeignFolderError:
    return ForeignFolderError(
        f"{directory} holds {name!r}, which is not part of an index. "
        "Nothing was changed; name an empty or a new folder for the index"
    )


def _damaged(directory: Path, what: str) -> DamagedIndexError:
    return DamagedIndexError(
        f"the index in {directory} is damaged: {what}. "
        f"Build it again: timbao index CORPUS --index {directory}"
    )
