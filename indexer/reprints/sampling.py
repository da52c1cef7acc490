"""The shingles of an article that are kept to find its reprints.

Kept are the shingles whose hash is small, so that two texts keep the same ones of what they share,
however long the rest of each is: what is shared of a sample tells what is shared of the texts, as
containment too (the FracMinHash of Irber et al., 2022). A signature of minima (MinHash) tells
only how much of both texts together is shared, which is little where one text is part of another.
With 14 numbers for each text, texts of one length that share three tenths have two numbers in
common in 7 of 10 cases, and in 9 of 10 here (by the binomial distribution). A library for MinHash
saves no time: shingles have to be hashed before (26 µs an article, the sample included; `rensa`
0.5.0 needs 4 µs more for its signatures, `datasketch` 2.0.0 some 230 µs, and it imports SciPy).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.reprints.shingles import Hashes, Ints, shingles
from indexer.schema import TEXT_FIELDS

COMPARED_FIELDS: Final = (TEXT_FIELDS.index("lead"), TEXT_FIELDS.index("body"))
"""Numbers of the fields in which reprints agree; titles and captions are the editor's own."""

SAMPLE_WIDTH: Final = 6
"""Syllables of a kept shingle: so many that few are stock phrases."""

_RATE: Final = 1 / 36
"""Share of the shingles that is kept: 14 of an article of usual length, in 56 bytes."""

_FEWEST: Final = 12
"""How many are kept of a short text, about."""


def sample(
    syllables: Hashes, texts: NDArray[np.integer], count: int
) -> tuple[NDArray[np.uint32], Ints]:
    """Choose shingles of some texts.

    Args:
        syllables: Hash of each syllable, text after text.
        texts: The number of its text, ascending.
        count: How many texts there are.

    Returns:
        The lower 32 bits of the hashes of what was chosen, text after text, ascending and each
        once within a text; and how many each text has.
    """
    hashes, places = shingles(syllables, texts, SAMPLE_WIDTH)
    owners = texts[places].astype(np.int64)
    lengths = np.bincount(owners, minlength=count)
    rates = np.minimum(1, np.maximum(_RATE, _FEWEST / np.maximum(lengths, 1)))
    # What is left of the hash when its lower half, which is stored, is taken off decides.
    small = (hashes >> np.uint64(32)) < (rates * 2.0**32).astype(np.uint64)[owners]
    chosen = (owners[small].astype(np.uint64) << np.uint64(32)) | (
        hashes[small] & np.uint64(0xFFFFFFFF)
    )
    chosen = np.unique(chosen)
    counts = np.bincount((chosen >> np.uint64(32)).astype(np.int64), minlength=count)
    return chosen.astype(np.uint32), counts
