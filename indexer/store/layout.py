"""Where everything lies in the folder of an index.

    DIR/
    ├── manifest.json           the current generation; its replacement is the switch
    ├── generations/NAME.json   the same of each generation that may be read; readers lock theirs
    ├── segments/NAME/          articles and their postings; written once, shared by generations
    │   ├── text.tb             postings of syllables
    │   ├── words.tb            postings of compounds
    │   ├── columns.tb          ids, lengths, facets, dates
    │   └── documents.tb        the articles, compressed
    ├── deletions/NAME.tb       which articles of one segment are deleted
    ├── tombstones/NAME.txt     ids that updates and rebuilds keep out, one on each line
    ├── models/FINGERPRINT      the segmentation model that cut the articles and cuts the queries
    ├── write.lock              held by the one writer
    └── write.holder            says who that is

A file never changes once a manifest names it. An update adds files and names them, beside those
that it keeps, in a new manifest.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

MANIFEST: Final = "manifest.json"
NEW_MANIFEST: Final = "manifest.json.new"
GENERATIONS: Final = "generations"
SEGMENTS: Final = "segments"
DELETIONS: Final = "deletions"
TOMBSTONES: Final = "tombstones"
MODELS: Final = "models"
LOCK: Final = "write.lock"
HOLDER: Final = "write.holder"

FOLDERS: Final = (GENERATIONS, SEGMENTS, DELETIONS, TOMBSTONES, MODELS)
OUR_NAMES: Final = frozenset({MANIFEST, NEW_MANIFEST, LOCK, HOLDER, *FOLDERS})


def generation_path(directory: Path, generation: str) -> Path:
    """Give the file that readers of a generation lock."""
    return directory / GENERATIONS / f"{generation}.json"


def foreign_names(directory: Path) -> list[str]:
    """Give the names in a folder that no index has."""
    return sorted({entry.name for entry in directory.iterdir()} - OUR_NAMES)


def looks_like_ours(directory: Path) -> bool:
    """Tell whether a folder without a readable manifest was an index once."""
    return (directory / SEGMENTS).is_dir() and (directory / GENERATIONS).is_dir()
