"""Normalise text to NFC and remember where each character came from.

pyvi normalises before it cuts, but what is highlighted is what was written: offsets must
point into the original. Normalisation works on *combining sequences*: a character and those
after it that may combine with it or with each other. It never moves anything from one
sequence to another, so text can be normalised one sequence at a time (Unicode Standard
Annex #15, section 9, "stable code points"). Inside a sequence that normalisation changed,
characters may have been merged, split or reordered, and there is no finer truth than the
sequence as a whole: all its characters come from all of it.
"""

from __future__ import annotations

import functools
import itertools
import sys
import unicodedata
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """Where the characters of a normalised text lie in the original.

    Attributes:
        starts: int32, one for each normalised character: the first original character of
            the combining sequence it came from.
        ends: int32, of the same shape: where that sequence ends (exclusive).
    """

    starts: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]


def is_normalised(text: str) -> bool:
    """Whether text is in Normalisation Form C, and offsets need no translation."""
    return unicodedata.is_normalized("NFC", text)


def normalise(text: str) -> tuple[str, Origin]:
    """Normalise to NFC.

    Args:
        text: Any text.

    Returns:
        What ``unicodedata.normalize("NFC", text)`` returns, and for each of its characters
        the part of ``text`` that it came from. Takes time linear in the length of the text
        beyond what normalisation itself takes.
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    borders = _sequence_starts(text)
    borders.append(len(text))
    for start, end in itertools.pairwise(borders):
        sequence = text[start:end]
        piece = unicodedata.normalize("NFC", sequence)
        pieces.append(piece)
        if piece == sequence:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.extend([start] * len(piece))
            ends.extend([end] * len(piece))
    return "".join(pieces), Origin(np.array(starts, np.int32), np.array(ends, np.int32))


def _sequence_starts(text: str) -> list[int]:
    """Positions at which a combining sequence starts; the first is always 0."""
    composing = _composing()
    combining = unicodedata.combining
    starts = [
        position
        for position, char in enumerate(text)
        if char < "\u0300" or not (combining(char) or char in composing)
    ]
    if not starts or starts[0] != 0:
        starts.insert(0, 0)
    return starts


@functools.cache
def _composing() -> frozenset[str]:
    """Characters of combining class zero that may still merge into what is before them.

    They are found in the database of this Python, because later versions of Unicode add
    some: the vowels and final consonants of conjoining Hangul (composed by rule, Unicode
    Standard 3.12), every such character that ends a canonical decomposition, and those that
    decompose into something that starts with a mark or with one of these.
    """
    composing = {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    decomposed: list[str] = []
    for char in map(chr, range(sys.maxunicode + 1)):
        decomposition = unicodedata.decomposition(char)
        if decomposition and decomposition[0] != "<":
            decomposed.append(char)
            composing.update(chr(int(code, 16)) for code in decomposition.split()[1:])
    for char in decomposed:
        first = unicodedata.normalize("NFD", char)[0]
        if first in composing or unicodedata.combining(first):
            composing.add(char)
    return frozenset(char for char in composing if not unicodedata.combining(char))
