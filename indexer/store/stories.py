"""Which articles of a generation are reprints of each other.

A container of the kind `stories`. Articles are numbered through all segments of the generation,
deleted ones included:

| array | items | what |
|---|---|---|
| `articles` | few | articles that are not the earliest of their story, ascending |
| `earliest` | as many | the earliest article of the story of each |
| `firsts`, `seconds` | P | pairs of articles that were compared, ascending |
| `outcomes` | P | the outcome of each (`indexer.reprints.comparing`) |
| `shares` | P | the share of the longer text that is shared, in 255ths |

The pairs are there for the next generation, which compares new ones only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.container import Container
from indexer.columnar.container_writer import ContainerWriter
from indexer.columnar.postings import Ints
from indexer.errors import DamagedIndexError
from indexer.reprints.comparing import SECOND_HOLDS
from indexer.reprints.grouping import Compared

_KIND = "stories"


def write_stories(path: Path, earliest: Ints, compared: Compared) -> None:
    """Write the stories of a generation, and bring the file to the disk.

    Args:
        path: A file that does not exist yet.
        earliest: For each article the earliest one of its story.
        compared: The pairs of articles that were compared.
    """
    later = np.flatnonzero(earliest != np.arange(len(earliest)))
    with ContainerWriter(path, _KIND) as writer:
        writer.add("articles", later.astype(np.uint32))
        writer.add("earliest", earliest[later].astype(np.uint32))
        writer.add("firsts", compared.firsts.astype(np.uint32))
        writer.add("seconds", compared.seconds.astype(np.uint32))
        writer.add("outcomes", compared.outcomes)
        writer.add("shares", compared.shares)
        writer.finish({})


@dataclass(frozen=True, slots=True)
class ReprintFigures:
    """How many articles of an index are reprints.

    Attributes:
        clusters: How many stories have several articles.
        reprints: How many articles are not the earliest of their story.
        sizes: How many stories have so many articles, by that number, two at least.
    """

    clusters: int
    reprints: int
    sizes: Mapping[int, int]


def reprint_figures_of(earliest: NDArray[np.integer]) -> ReprintFigures:
    """Count the stories that have several articles.

    Args:
        earliest: For each article the earliest one of its story; its own number where it is that.
    """
    later = earliest[earliest != np.arange(len(earliest))]
    _, members = np.unique(later, return_counts=True)
    sizes, counts = np.unique(members + 1, return_counts=True)
    by_size = dict(zip(sizes.tolist(), counts.tolist(), strict=True))
    return ReprintFigures(len(members), len(later), by_size)


class Stories:
    """Reads the stories of a generation.

    Args:
        path: The file.
        size: How many articles the segments have, deleted ones included.

    Attributes:
        container: The file.
        earliest: For each article the earliest one of its story; its own number where it is that,
            and where it is deleted.

    Raises:
        DamagedIndexError: The file is not as it was written, or belongs to other segments.
    """

    def __init__(self, path: Path, size: int) -> None:
        self.container = Container(path, _KIND)
        for fault in self.container.faults():
            raise DamagedIndexError(fault)
        for names in ("articles", "earliest"), ("firsts", "seconds", "outcomes", "shares"):
            self.container.same_length(*names)
        for name in ("articles", "earliest", "firsts", "seconds"):
            self.container.codes(name, size)
        self.container.codes("outcomes", SECOND_HOLDS + 1)
        self.earliest: NDArray[np.uint32] = np.arange(size, dtype=np.uint32)
        self.earliest[self.container["articles"]] = self.container["earliest"]
        if bool((self.earliest[self.earliest] != self.earliest).any()):
            raise DamagedIndexError(f"{path} names articles as the earliest that are not")
        self.earliest.flags.writeable = False

    def figures(self) -> ReprintFigures:
        """Count the stories that have several articles."""
        return reprint_figures_of(self.earliest)

    def compared(self) -> Compared:
        """Give the pairs of articles that were compared."""
        return Compared(
            self.container["firsts"].astype(np.int64),
            self.container["seconds"].astype(np.int64),
            self.container["outcomes"],
            self.container["shares"],
        )
