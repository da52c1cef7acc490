"""`open_index`: which engine searches a place."""

from __future__ import annotations

import os
from pathlib import Path

from indexer.analysis import Abbreviations
from indexer.engines.embedded import EmbeddedEngine
from indexer.engines.opensearch.address import is_address
from indexer.search.index import Index
from indexer.store.snapshot import open_generation, open_snapshot


def open_index(
    directory: str | os.PathLike[str],
    *,
    abbreviations: str | os.PathLike[str] | None = None,
    generation: str | None = None,
) -> Index:
    """Open an index for searching.

    Args:
        directory: Folder of the index, or its address (`opensearch://host:9200/news`).
        abbreviations: A file of abbreviations that are read beside those of the package; see
            `indexer.analysis.abbreviations`.
        generation: Name of the generation to open, as `Index.generation` gave it; by default the
            current one. One that was replaced is there as long as anybody has it open.

    Raises:
        GenerationGoneError: The generation that was named is there no longer.
        IndexUnusableError: There is no index that can be searched; says why and what to do.
        AbbreviationsError: The file of abbreviations cannot be read.
    """
    known = abbreviations and Abbreviations.load(Path(abbreviations))
    if is_address(directory):
        # Who searches a folder need not wait for what asks a cluster.
        from indexer.engines.opensearch.engine import OpenSearchEngine
        from indexer.engines.opensearch.generation import open_generation as open_kept

        kept = open_kept(directory, generation)
        own = OpenSearchEngine(kept.connection, kept.described.index, kept.described.terms)
        return Index(kept, own, known or None)
    folder = Path(directory)
    snapshot = open_snapshot(folder) if generation is None else open_generation(folder, generation)
    try:
        return Index(snapshot, EmbeddedEngine(snapshot), known or None)
    except BaseException:
        snapshot.close()
        raise
