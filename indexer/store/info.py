"""`index_info`: what an index consists of."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from indexer.engines.opensearch.address import is_address
from indexer.store.manifest import SegmentRecord
from indexer.store.snapshot import open_snapshot
from indexer.store.stories import ReprintFigures


@dataclass(frozen=True, slots=True)
class SegmentInfo:
    """One segment of an index.

    Attributes:
        name: Name of its folder.
        articles: How many articles can be found in it.
        deleted: How many articles were deleted from it, and take space until a merge.
        size_bytes: Size of its files.
    """

    name: str
    articles: int
    deleted: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """What an index consists of.

    Attributes:
        directory: Its folder.
        generation: Name of the current generation.
        created: When that was completed, ISO 8601 in UTC.
        schema_version: Version of the fields and facets.
        analyzer: Name of the rules by which text becomes terms.
        model: Fingerprint of the segmentation model.
        articles: How many articles can be found.
        deleted: How many were deleted, and take space until a merge.
        tombstones: How many ids are kept out of updates and rebuilds.
        reprints: How many articles are reprints; `None` where nobody looked.
        segments: The segments.
        size_bytes: Size of everything that the generation consists of.
        parts: Bytes by part, largest first: `file/array` over all segments, and `manifest`,
            `model`, `deletions`, `stories`, `tombstones`; `headers` is what surrounds the arrays.
    """

    directory: str
    generation: str
    created: str
    schema_version: int
    analyzer: str
    model: str
    articles: int
    deleted: int
    tombstones: int
    reprints: ReprintFigures | None
    segments: tuple[SegmentInfo, ...]
    size_bytes: int
    parts: Mapping[str, int]

    def bytes_per_article(self, part: str | None = None) -> float:
        """Give the bytes of a part, or of everything, for each article that can be found."""
        size = self.size_bytes if part is None else self.parts[part]
        return size / self.articles if self.articles else 0.0

    def to_dict(self) -> dict[str, Any]:
        """Give the description as JSON-ready data."""
        return {
            **asdict(self),
            "bytes_per_article": {
                part: round(self.bytes_per_article(part), 1) for part in self.parts
            },
        }


def index_info(directory: str | os.PathLike[str]) -> IndexInfo:
    """Describe the current generation of an index.

    Args:
        directory: Folder of the index, or its address.

    Raises:
        IndexUnusableError: There is no index; says why and what to do.
    """
    if is_address(directory):
        from indexer.engines.opensearch.description import describe_index

        return describe_index(directory)
    with open_snapshot(Path(directory)) as snapshot:
        manifest = snapshot.manifest
        parts: Counter[str] = Counter()
        for segment in snapshot.segments:
            parts.update(segment.sizes())
        parts["model"] = manifest.model.bytes
        parts["manifest"] = len(manifest.to_text().encode())
        parts["deletions"] = sum(
            record.deletions.bytes for record in manifest.segments if record.deletions
        )
        parts["stories"] = manifest.stories.bytes if manifest.stories else 0
        parts["tombstones"] = manifest.tombstones.bytes if manifest.tombstones else 0
        total = manifest.file_bytes()
        parts["headers"] = total - parts.total()
        return IndexInfo(
            directory=str(directory),
            generation=manifest.generation,
            created=manifest.created,
            schema_version=manifest.schema_version,
            analyzer=manifest.analyzer,
            model=manifest.model.name,
            articles=manifest.articles,
            deleted=sum(record.deleted for record in manifest.segments),
            tombstones=manifest.tombstone_count,
            reprints=snapshot.stories.figures() if snapshot.stories else None,
            segments=tuple(map(_segment_info, manifest.segments)),
            size_bytes=total,
            parts=dict(parts.most_common()),
        )


def _segment_info(record: SegmentRecord) -> SegmentInfo:
    size = sum(file.bytes for file in record.files)
    return SegmentInfo(record.name, record.live, record.deleted, size)
