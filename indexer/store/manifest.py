"""The manifest: what a generation consists of.

`manifest.json` is one JSON object in UTF-8, written with two spaces of indentation and a newline
at its end, keys in the order of `Manifest` after these:

| key | what |
|---|---|
| `format` | always `timbao-index`; tells our folders from others |
| `format_version` | of this file and the folder; `FORMAT_VERSION` |
| `sha256` | of the same object, written in the same way, without this key |

Every file of a segment, and every file of deletions, begins with a header whose last four bytes
are a checksum from which checksums lead to every byte of the file (`indexer.columnar.container`).
The manifest repeats those four bytes, so that a file cannot be mistaken for another one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from indexer.analysis import RULES
from indexer.schema import SCHEMA_VERSION
from indexer.store import refusals
from indexer.store.layout import GENERATIONS, MANIFEST, looks_like_ours

FORMAT: Final = "timbao-index"
FORMAT_VERSION: Final = 4

_LARGEST = 1 << 26
"""Bytes that a manifest may have; thousands of segments take less."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file that a generation consists of.

    Attributes:
        name: Its name in its folder.
        bytes: Its size.
        checksum: CRC-32: of containers that in their header, of other files that of all bytes.
    """

    name: str
    bytes: int
    checksum: int


@dataclass(frozen=True, slots=True)
class SegmentRecord:
    """A segment as one generation sees it.

    Attributes:
        name: Name of its folder.
        articles: How many articles it holds, deleted ones included.
        deleted: How many of them are deleted.
        files: Its files.
        deletions: The file that says which are deleted; `None` where none is.
    """

    name: str
    articles: int
    deleted: int
    files: tuple[FileRecord, ...]
    deletions: FileRecord | None

    @property
    def live(self) -> int:
        """How many articles are not deleted."""
        return self.articles - self.deleted


@dataclass(frozen=True, slots=True)
class Manifest:
    """A generation.

    Attributes:
        schema_version: `indexer.schema.SCHEMA_VERSION` of the writer.
        analyzer: `indexer.analysis.RULES` of the writer.
        generation: Name of the generation; begins with its number.
        created: When it was completed, ISO 8601 in UTC.
        articles: How many articles can be found.
        segments: The segments, in the order of their articles.
        stories: The file that says which articles are reprints; `None` where that is not told.
        model: The segmentation model; its name is its fingerprint.
        tombstones: The file of ids to keep out; `None` where there are none.
        tombstone_count: How many there are.
    """

    schema_version: int
    analyzer: str
    generation: str
    created: str
    articles: int
    segments: tuple[SegmentRecord, ...]
    stories: FileRecord | None
    model: FileRecord
    tombstones: FileRecord | None
    tombstone_count: int

    @property
    def created_at(self) -> datetime:
        """When the generation was completed, timezone-aware."""
        return datetime.fromisoformat(self.created)

    @property
    def number(self) -> int:
        """How many generations there have been with this one."""
        return int(self.generation.partition("-")[0])

    def to_text(self) -> str:
        """Give the text of the manifest's file."""
        fields = asdict(self)
        return _render({"sha256": _digest(fields), **fields})

    def file_bytes(self) -> int:
        """Give the size of everything that the generation consists of, itself included."""
        files = [self.model, self.stories, self.tombstones]
        for segment in self.segments:
            files += [*segment.files, segment.deletions]
        return len(self.to_text().encode()) + sum(file.bytes for file in files if file)


def read_manifest(directory: Path) -> Manifest:
    """Read the current generation of an index.

    Raises:
        IndexMissingError: There is no folder, or it is empty.
        ForeignFolderError: The folder is not an index.
        DamagedIndexError: The manifest is not as it was written.
        IndexVersionError: The index was written by another version, or under other rules.
    """
    return parse_manifest(directory, manifest_text(directory))


def manifest_text(directory: Path) -> bytes:
    """Read the manifest without looking into it.

    Raises:
        IndexMissingError: There is no folder, or it is empty.
        ForeignFolderError: The folder is not an index.
        DamagedIndexError: The manifest is missing from an index.
        IndexAccessError: The system does not let us read it.
    """
    try:
        with (directory / MANIFEST).open("rb") as file:
            return file.read(_LARGEST)
    except (FileNotFoundError, NotADirectoryError):
        if _was_published(directory):
            raise refusals.damaged(directory, f"its {MANIFEST} is missing") from None
        raise refusals.nothing_at(directory) from None
    except IsADirectoryError as error:
        raise refusals.damaged(directory, f"its {MANIFEST} is a folder") from error
    except OSError as error:
        raise refusals.unreadable(directory, error) from error


def parse_manifest(directory: Path, text: bytes) -> Manifest:
    """Make a manifest of its text.

    Args:
        directory: Folder of the index, for messages.
        text: The text.

    Raises:
        ForeignFolderError: It belongs to something else.
        DamagedIndexError: It is not as it was written.
        IndexVersionError: The index was written by another version, or under other rules.
    """
    fields = _json_object(text)
    if fields is None or fields.pop("format", None) != FORMAT:
        if looks_like_ours(directory):
            raise refusals.damaged(directory, f"its {MANIFEST} is not as it was written")
        raise refusals.foreign(directory, f"its {MANIFEST} belongs to something else")
    version = fields.pop("format_version", 1)
    digest = fields.pop("sha256", None)
    if digest is not None and digest != _digest(fields):
        raise refusals.damaged(directory, f"its {MANIFEST} is not as it was written")
    found = f"format {version}, schema {fields.get('schema_version')}, "
    found += f"analyzer {fields.get('analyzer')!r}"
    readable = f"format {FORMAT_VERSION}, schema {SCHEMA_VERSION}, analyzer {RULES!r}"
    if found != readable:
        raise refusals.other_version(directory, found, readable)
    try:
        manifest = _manifest(fields)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise refusals.damaged(directory, f"its {MANIFEST} is not complete ({error})") from error
    # What JSON reads in two ways, such as a key that is there twice, is not ours either.
    if manifest.to_text().encode() != text:
        raise refusals.damaged(directory, f"its {MANIFEST} is not as it was written")
    return manifest


def _was_published(directory: Path) -> bool:
    """Tell whether a folder without a manifest must have had one.

    The files of generations are written before the manifest, so that the first of them may be
    the leftover of a build that was interrupted.
    """
    folder = directory / GENERATIONS
    return folder.is_dir() and any(
        not entry.name.startswith(f"{1:06d}-") for entry in folder.iterdir()
    )


def _json_object(text: bytes) -> dict[str, Any] | None:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) else None


def _render(fields: Mapping[str, Any]) -> str:
    whole = {"format": FORMAT, "format_version": FORMAT_VERSION, **fields}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _digest(fields: Mapping[str, Any]) -> str:
    return hashlib.sha256(_render(fields).encode("utf-8", "surrogatepass")).hexdigest()


def _manifest(fields: Mapping[str, Any]) -> Manifest:
    segments = tuple(_segment(segment) for segment in fields["segments"])
    stories, tombstones = fields["stories"], fields["tombstones"]
    manifest = Manifest(
        **{
            **fields,
            "segments": segments,
            "stories": None if stories is None else _file(stories),
            "model": _file(fields["model"]),
            "tombstones": None if tombstones is None else _file(tombstones),
        }
    )
    counts = manifest.articles, manifest.tombstone_count
    if not all(type(count) is int and count >= 0 for count in counts):
        raise ValueError("a count is no natural number")
    if manifest.articles != sum(segment.live for segment in segments):
        raise ValueError("its segments hold another number of articles")
    if manifest.created_at.tzinfo is None or manifest.number < 1:
        raise ValueError("its generation has no number or no time")
    _check_name(manifest.generation)
    return manifest


def _segment(fields: Mapping[str, Any]) -> SegmentRecord:
    deletions = fields["deletions"]
    record = SegmentRecord(
        **{
            **fields,
            "files": tuple(_file(file) for file in fields["files"]),
            "deletions": None if deletions is None else _file(deletions),
        }
    )
    _check_name(record.name)
    if not 0 <= record.deleted <= record.articles:
        raise ValueError(f"segment {record.name} has more deleted articles than articles")
    if (record.deletions is None) != (record.deleted == 0):
        raise ValueError(f"segment {record.name} says two things of its deletions")
    return record


def _file(fields: Mapping[str, Any]) -> FileRecord:
    record = FileRecord(**fields)
    _check_name(record.name)
    if not all(type(number) is int for number in (record.bytes, record.checksum)):
        raise ValueError(f"file {record.name} has no size or no checksum")
    return record


def _check_name(name: object) -> None:
    """Make sure that a name leads nowhere but to an entry of its folder."""
    if not isinstance(name, str) or not name or Path(name).name != name or name in {".", ".."}:
        raise ValueError(f"{name!r} is no name of a file")
