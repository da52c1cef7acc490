"""Why a folder cannot be used as an index, and what to do about it: the errors of this package."""

from __future__ import annotations

from pathlib import Path

from indexer.errors import (
    DamagedIndexError,
    ForeignFolderError,
    GenerationGoneError,
    IndexAccessError,
    IndexMissingError,
    IndexVersionError,
)
from indexer.store.layout import MANIFEST, foreign_names

_ELSEWHERE = "Nothing in it was changed. Move or remove the folder, or name another one"


def nothing_at(directory: Path) -> IndexMissingError | ForeignFolderError:
    """Explain a folder that has no manifest."""
    if directory.is_dir():
        if foreign_names(directory):
            return ForeignFolderError(
                f"{directory} is not an index of timbao: it has no {MANIFEST}. {_ELSEWHERE}"
            )
    elif directory.exists():
        return ForeignFolderError(f"{directory} is a file, not an index; name the folder of one")
    return IndexMissingError(
        f"there is no index in {directory}; build one: timbao index CORPUS --index {directory}"
    )


def foreign(directory: Path, what: str) -> ForeignFolderError:
    """Explain a folder that holds something else."""
    return ForeignFolderError(f"{directory} is not an index of timbao: {what}. {_ELSEWHERE}")


def damaged(directory: Path, what: str) -> DamagedIndexError:
    """Explain an index of which a part is missing or unreadable."""
    return DamagedIndexError(
        f"the index in {directory} is damaged: {what}. {_ELSEWHERE}, and build the index again: "
        f"timbao index CORPUS --index {directory}"
    )


def unreadable(directory: Path, error: OSError) -> IndexAccessError:
    """Explain an index that the system does not let us read."""
    return IndexAccessError(
        f"the index in {directory} cannot be read: {error.strerror or error} "
        f"({error.filename or directory}). See that this user may read the folder and all in it"
    )


def other_version(directory: Path, found: str, readable: str) -> IndexVersionError:
    """Explain an index that another version of timbao wrote."""
    return IndexVersionError(
        f"the index in {directory} was written by another version of timbao ({found}; this one "
        f"reads {readable}). {_ELSEWHERE}, and build the index again: "
        f"timbao index CORPUS --index {directory}"
    )


def gone(directory: Path, generation: str) -> GenerationGoneError:
    """Explain that a generation is not there, or no longer."""
    return GenerationGoneError(
        f"the index in {directory} has no generation {generation[:40]!r} (any more); open the "
        "current one"
    )
