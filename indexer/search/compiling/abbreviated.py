"""Looking for words in the other ways to say them: abbreviations and what they stand for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple

from indexer.analysis import Abbreviations, tokenize
from indexer.engines.query import Either, Phrase, Query, Term, Weighted
from indexer.search.compiling import notices
from indexer.search.ranking import Forms, Word
from indexer.search.reasons import Rows
from indexer.search.syntax import Notice

WEIGHT: Final = 0.5
"""What another way to say something counts at most, next to the words as typed."""


class Placed(NamedTuple):
    """A freely typed word, and where it stands in the query."""

    word: Word
    start: int
    end: int


class Said(NamedTuple):
    """Words with all ways to say them.

    Attributes:
        words: The words.
        alternatives: By the readings of a typed word, for each time it was typed the rows of terms
            as which it may stand there instead.
        notices: What is looked for besides what was typed.
    """

    words: list[Word]
    alternatives: dict[tuple[Forms, ...], tuple[Rows, ...]]
    notices: list[Notice]


def in_other_words(placed: Sequence[Placed], known: Abbreviations, *, bare: bool) -> Said:
    """Let words match what means the same.

    An abbreviation matches the phrase that it stands for. Of several words that can be
    abbreviated each matches the abbreviation, with its share of the weight: so they match the
    same articles as before, and those that only have the abbreviation.

    Args:
        placed: Freely typed words, in their order.
        known: The abbreviations.
        bare: Whether the words were typed without marks.
    """
    said = [word for word, _, _ in placed]
    tokens, owners = _tokens(said)
    rows_of: list[Rows] = [()] * len(said)
    told = []
    readings = known.readings(tokens, bare=bare)
    for first, of_run in groupby(readings, key=attrgetter("first")):
        found = list(of_run)
        last = found[0].last
        numbers = sorted({*owners[first:last]})
        # An abbreviation that is a part of a name is not read for itself.
        if owners[:first].count(numbers[0]) or owners[last:].count(numbers[-1]):
            continue
        rows = tuple(reading.alternative for reading in found)
        for number in numbers:
            rows_of[number] = rows
            said[number] = _with_rows(said[number], rows, last - first, len(numbers))
        run = [placed[number] for number in numbers]
        typed = " ".join(word.text for word, _, _ in run)
        others = [" ".join(row) for row in rows]
        start, end = min(one.start for one in run), max(one.end for one in run)
        told.append(notices.abbreviated(typed, others, start, end))
    alternatives: dict[tuple[Forms, ...], tuple[Rows, ...]] = {}
    for (word, _, _), rows in zip(placed, rows_of, strict=True):
        alternatives[word.readings[0]] = (*alternatives.get(word.readings[0], ()), rows)
    return Said(said, alternatives, told)


def _with_rows(word: Word, rows: Rows, tokens: int, words: int) -> Word:
    """Let a word be said otherwise.

    Args:
        word: The word.
        rows: The other ways to say the run of words that it is of.
        tokens: How many tokens the run has.
        words: How many words it has.
    """
    # A long form adds up the scores of all its syllables, and must not outweigh what was typed.
    shares = (math.sqrt(min(1, tokens / len(row))) / words for row in rows)
    others = (
        Weighted(_in_a_row(row), WEIGHT * share) for row, share in zip(rows, shares, strict=True)
    )
    return replace(
        word,
        node=Either((word.node, *others)),
        readings=(*word.readings, *(tuple((term,) for term in row) for row in rows)),
    )


def _tokens(words: Sequence[Word]) -> tuple[list[str], list[int]]:
    """Give the tokens of all words, and the number of the word of each."""
    tokens, owners = [], []
    for number, word in enumerate(words):
        for token in tokenize(word.text):
            tokens.append(token.text)
            owners.append(number)
    return tokens, owners


def _in_a_row(row: tuple[str, ...]) -> Query:
    return Phrase(tuple(map(Term, row))) if len(row) > 1 else Term(row[0])
