"""Looking for words in the other ways to say them: abbreviations and what they stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple

from indexer.analysis import Abbreviations, tokenize
from indexer.engines.query import Either, Phrase, Query, Term, Weighted
from indexer.search.compiling import notices
from indexer.search.ranking import Word
from indexer.search.syntax import Notice

WEIGHT: Final = 0.5
"""What another way to say something counts, next to the words as typed."""

Row = tuple[str, ...]


class Said(NamedTuple):
    """Words with all ways to say them.

    Attributes:
        words: The words.
        alternatives: By the typed word, the rows of terms as which it may stand instead.
        notices: What is looked for besides what was typed.
    """

    words: list[Word]
    alternatives: dict[str, tuple[Row, ...]]
    notices: list[Notice]


def in_other_words(words: Sequence[Word], known: Abbreviations, *, bare: bool) -> Said:
    """Let words match what means the same.

    An abbreviation matches the phrase that it stands for. Of several words that can be
    abbreviated each matches the abbreviation, with its share of the weight: so they match the
    same articles as before, and those that only have the abbreviation.

    Args:
        words: Freely typed words, in their order.
        known: The abbreviations.
        bare: Whether the words were typed without marks.
    """
    tokens, owners = _tokens(words)
    said = list(words)
    alternatives: defaultdict[str, list[Row]] = defaultdict(list)
    told = []
    readings = known.readings(tokens, bare=bare)
    for first, of_run in groupby(readings, key=attrgetter("first")):
        found = list(of_run)
        last = found[0].last
        numbers = sorted({*owners[first:last]})
        # An abbreviation that is a part of a name is not read for itself.
        if owners[:first].count(numbers[0]) or owners[last:].count(numbers[-1]):
            continue
        rows = [reading.alternative for reading in found]
        for number in numbers:
            weight = WEIGHT / len(numbers)
            others = tuple(Weighted(_in_a_row(row), weight) for row in rows)
            word = said[number]
            readings_of_rows = tuple(tuple((term,) for term in row) for row in rows)
            said[number] = replace(
                word,
                node=Either((word.node, *others)),
                readings=(*word.readings, *readings_of_rows),
            )
            alternatives[word.text] += rows
        typed = " ".join(words[number].text for number in numbers)
        told.append(notices.abbreviated(typed, [" ".join(row) for row in rows]))
    distinct = {typed: tuple(dict.fromkeys(rows)) for typed, rows in alternatives.items()}
    return Said(said, distinct, told)


def _tokens(words: Sequence[Word]) -> tuple[list[str], list[int]]:
    """Give the tokens of all words, and the number of the word of each."""
    tokens, owners = [], []
    for number, word in enumerate(words):
        for token in tokenize(word.text):
            tokens.append(token.text)
            owners.append(number)
    return tokens, owners


def _in_a_row(row: Row) -> Query:
    return Phrase(tuple(map(Term, row))) if len(row) > 1 else Term(row[0])
