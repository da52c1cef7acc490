"""What terms a typed word may be of which letters were left open."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from indexer.analysis import normal_form, without_tone
from indexer.errors import QueryError
from indexer.search.compiling.vocabulary import Vocabulary
from indexer.search.syntax import Pattern

MAX_EXPANSION: Final = 5_000
"""The most terms that a pattern may stand for, and all patterns of a query together."""

_WILDCARDS = re.compile(r"([*?])")
_VOWELS = frozenset("aeiouy")
_LONGEST_SYLLABLE = 7


def expanded(
    node: Pattern, vocabulary: Vocabulary, others: int = 0, *, bare: bool
) -> tuple[str, ...]:
    """Give the terms of the index that a pattern stands for.

    Args:
        node: The pattern.
        vocabulary: The terms of the index.
        others: How many terms the other patterns of the query stand for.
        bare: Whether marks are left to the reader.

    Returns:
        The terms, each once; the pattern itself, which is no term, where there are none.

    Raises:
        QueryError: There are more than `MAX_EXPANSION`, of all patterns together.
    """
    found: dict[str, None] = {}
    for pattern in patterns(node.text):
        expansion = vocabulary.expand(pattern, MAX_EXPANSION, bare=bare)
        found |= dict.fromkeys(expansion.terms)
        total = max(len(found), expansion.total)
        if total > MAX_EXPANSION:
            raise _too_many(node, total)
    if others + len(found) > MAX_EXPANSION:
        raise _too_many(node, others + len(found), together=True)
    return tuple(found) or (node.text,)


def patterns(text: str) -> tuple[str, ...]:
    """Give the patterns of terms for a typed one.

    Where the tone mark of a syllable stands depends on letters that may be left open, so all
    places are tried: `hòa*` and `hoà*` both are `hòa` and `hoàng`.

    Args:
        text: A pattern with `*` and `?`, in any normalisation form.
    """
    pieces = _WILDCARDS.split(text)
    normal = [piece if piece in "*?" else normal_form(piece) for piece in pieces]
    typed = [unicodedata.normalize("NFKC", piece).lower().replace("ð", "đ") for piece in pieces]
    found = ["".join(normal), unicodedata.normalize("NFC", "".join(typed))]
    toned = [number for number, piece in enumerate(typed) if without_tone(piece)[1]]
    # No syllable has two tone marks.
    if len(toned) == 1:
        (number,) = toned
        before, behind = "".join(typed[:number]), "".join(typed[number + 1 :])
        found += [before + piece + behind for piece in _with_tone_elsewhere(typed[number])]
    return tuple(dict.fromkeys(found))


def _with_tone_elsewhere(piece: str) -> Iterator[str]:
    """Give a piece of a syllable with its tone mark on each vowel in turn."""
    letters, tone = without_tone(piece)
    if len(tone) > 1 or len(letters) > _LONGEST_SYLLABLE:
        return
    for place, letter in enumerate(letters, 1):
        if unicodedata.normalize("NFD", letter)[0] in _VOWELS:
            yield unicodedata.normalize("NFC", letters[:place] + tone + letters[place:])


def _too_many(node: Pattern, total: int, *, together: bool = False) -> QueryError:
    found, most = f"{total:,}", f"{MAX_EXPANSION:,}"
    found_vi, most_vi = found.replace(",", "."), most.replace(",", ".")
    message = (
        f"{node.text} stands for {found} words; at most {most} are possible. Type more of its "
        "letters"
    )
    message_vi = (
        f"{node.text} thay cho {found_vi} từ; nhiều nhất là {most_vi} từ. "
        "Hãy gõ thêm vài chữ cái của từ này."
    )
    if together:
        message = (
            f"the patterns up to {node.text} stand for {found} words; at most {most} are possible "
            "together. Type more of their letters, or leave some out"
        )
        message_vi = (
            f"Các từ có * hoặc ? cho đến {node.text} thay cho {found_vi} từ; "
            f"cả câu nhiều nhất là {most_vi} từ. "
            "Hãy gõ thêm vài chữ cái, hoặc bỏ bớt từ."
        )
    return QueryError(
        message,
        position=node.start,
        length=node.end - node.start,
        message_vi=message_vi,
        part=node.text,
    )
