"""Which articles of a segment are deleted in a generation.

A container of the kind `deletions` with one array, `articles` (u4): the numbers of the deleted
articles in the segment, ascending. A merge drops deleted articles before they are many (see
`merge_policy`), so that this never takes much more than a byte for each article of the segment.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.container import Container
from indexer.columnar.container_writer import ContainerWriter
from indexer.columnar.postings import Ints
from indexer.errors import DamagedIndexError

Bools = NDArray[np.bool_]

_KIND = "deletions"


def write_deletions(path: Path, deleted: Bools) -> None:
    """Write which articles of a segment are deleted, and bring the file to the disk.

    Args:
        path: A file that does not exist yet.
        deleted: For each article of the segment, whether it is.
    """
    with ContainerWriter(path, _KIND) as writer:
        writer.add("articles", np.flatnonzero(deleted).astype(np.uint32))
        writer.finish({})


class Deletions:
    """Reads which articles of a segment are deleted.

    Args:
        path: The file.
        size: How many articles the segment has.

    Attributes:
        container: The file.
        mask: For each article of the segment, whether it is deleted.

    Raises:
        DamagedIndexError: The file is not as it was written, or belongs to another segment.
    """

    def __init__(self, path: Path, size: int) -> None:
        self.container = Container(path, _KIND)
        for fault in self.container.faults():
            raise DamagedIndexError(fault)
        numbers: Ints = self.container["articles"].astype(np.int64)
        if len(numbers) and (int(numbers[-1]) >= size or bool((np.diff(numbers) <= 0).any())):
            raise DamagedIndexError(f"{path} names articles that its segment does not have")
        self.mask: Bools = np.zeros(size, dtype=bool)
        self.mask[numbers] = True
        self.mask.flags.writeable = False
