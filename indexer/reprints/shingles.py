"""Shingles: runs of syllables, each as one number.

Texts come as numbers of syllables, laid end to end. A shingle is told by a hash of the normal
forms of its syllables, which is the same in every segment and on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

_ODD = np.uint64(0x9E3779B97F4A7C15)
_FIRST_FACTOR = np.uint64(0xBF58476D1CE4E5B9)
_SECOND_FACTOR = np.uint64(0x94D049BB133111EB)


class Shingles(NamedTuple):
    """The shingles of some texts, in their order.

    Attributes:
        hashes: The hash of each.
        places: Where each begins among all syllables.
    """

    hashes: Hashes
    places: Ints


def syllable_hashes(forms: Sequence[str]) -> Hashes:
    """Give for each of some normal forms a number of 64 bits."""
    digests = b"".join(
        blake2b(form.encode("utf-8", "surrogatepass"), digest_size=8).digest() for form in forms
    )
    return np.frombuffer(digests, "<u8").astype(np.uint64)


def shingles(syllables: Hashes, texts: NDArray[np.integer], width: int) -> Shingles:
    """Give all shingles of some texts.

    Args:
        syllables: Hash of each syllable, text after text.
        texts: The number of its text; no shingle spans two.
        width: Syllables of a shingle.
    """
    count = len(syllables) - width + 1
    if count <= 0:
        return Shingles(np.empty(0, np.uint64), np.empty(0, np.int64))
    hashes = np.zeros(count, np.uint64)
    for place in range(width):
        hashes *= _ODD
        hashes += syllables[place : place + count]
    places = np.flatnonzero(texts[:count] == texts[width - 1 :])
    return Shingles(_mixed(hashes[places]), places)


def _mixed(hashes: Hashes) -> Hashes:
    """Spread what tells numbers apart over all their bits (the finalizer of SplitMix64)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * _FIRST_FACTOR
    hashes = (hashes ^ (hashes >> np.uint64(27))) * _SECOND_FACTOR
    return hashes ^ (hashes >> np.uint64(31))
