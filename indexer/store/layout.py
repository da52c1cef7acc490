"""Where everything lies in the folder of an index.

    DIR/
    ├── manifest.json           the current generation; its replacement is the switch
    ├── generations/NAME.json   the same of each generation that may be read; readers lock theirs
    ├── segments/NAME/          articles and their postings; written once, shared by generations
    │   ├── text.tb             postings of syllables
    │   ├── words.tb            postings of compounds
    │   ├── readings.tb         which syllables read the same without marks
    │   ├── word-readings.tb    and which compounds
    │   ├── suggestions.tb      titles, words and phrases to complete; pairs of syllables
    │   ├── sketches.tb         samples of the texts, by which reprints are found
    │   ├── columns.tb          ids, lengths, facets, dates
    │   └── documents.tb        the articles, compressed
    ├── deletions/NAME.tb       which articles of one segment are deleted
    ├── stories/NAME.tb         which articles are reprints of each other
    ├── tombstones/NAME.txt     ids that updates and rebuilds keep out, one on each line
    ├── models/FINGERPRINT      the segmentation model that cut the articles and cuts the queries
    ├── write.lock              held by the one writer
    └── write.holder            says who that is

A file never changes once a manifest names it. An update adds files and names them, beside those
that it keeps, in a new manifest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

MANIFEST: Final = "manifest.json"
NEW_MANIFEST: Final = "manifest.json.new"
GENERATIONS: Final = "generations"
SEGMENTS: Final = "segments"
DELETIONS: Final = "deletions"
STORIES: Final = "stories"
TOMBSTONES: Final = "tombstones"
MODELS: Final = "models"
LOCK: Final = "write.lock"
HOLDER: Final = "write.holder"

FOLDERS: Final = (GENERATIONS, SEGMENTS, DELETIONS, STORIES, TOMBSTONES, MODELS)
OUR_NAMES: Final = frozenset({MANIFEST, NEW_MANIFEST, LOCK, HOLDER, *FOLDERS})


def generation_path(directory: Path, generation: str) -> Path:
    """Give the file that readers of a generation lock."""
    return directory / GENERATIONS / f"{generation}.json"


_NAMES: Final = {
    GENERATIONS: re.compile(r"[0-9]{6,}-[0-9a-f]{8}\.json"),
    SEGMENTS: re.compile(r"[0-9a-f]{16}(\.whole)?"),
    DELETIONS: re.compile(r"[0-9a-f]{16}-[0-9a-f]{8}\.tb"),
    STORIES: re.compile(r"[0-9a-f]{16}\.tb"),
    TOMBSTONES: re.compile(r"[0-9a-f]{16}\.txt"),
    MODELS: re.compile(r"[0-9a-f]{64}(\.new)?"),
}
"""What the entries of each folder are called. Nothing else is ever removed."""


def can_be_generation(name: str) -> bool:
    """Tell whether a text, which may come from anywhere, can be the name of a generation."""
    return bool(_NAMES[GENERATIONS].fullmatch(f"{name}.json"))


def foreign_names(directory: Path) -> list[str]:
    """Give the paths in a folder that no index has, in their order."""
    return sorted(_foreign_names(directory))


def _foreign_names(directory: Path) -> Iterator[str]:
    for entry in directory.iterdir():
        is_folder = entry.is_dir() and not entry.is_symlink()
        if entry.name not in OUR_NAMES or is_folder != (entry.name in FOLDERS):
            yield entry.name
        elif is_folder:
            for inner in entry.iterdir():
                if not is_ours(inner):
                    yield f"{entry.name}/{inner.name}"


def is_ours(path: Path) -> bool:
    """Tell whether an entry of one of the folders of an index can be a part of one."""
    of_segment = path.parent.name == SEGMENTS
    is_folder = path.is_dir() and not path.is_symlink()
    return is_folder == of_segment and bool(_NAMES[path.parent.name].fullmatch(path.name))


def looks_like_ours(directory: Path) -> bool:
    """Tell whether a folder without a readable manifest was an index once."""
    return (directory / SEGMENTS).is_dir() and (directory / GENERATIONS).is_dir()
