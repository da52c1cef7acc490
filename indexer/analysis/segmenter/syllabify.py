r"""Cut normalised text into syllables, exactly as pyvi does.

pyvi finds its tokens with one regular expression over the whole text
(``pyvi.ViTokenizer.ViTokenizer.sylabelize``). Two properties of that expression make it
possible to run it once per *distinct* piece of text instead:

- no token but the newline contains white space, and
- nothing in it looks around: no anchors, no assertions.

So the tokens of a text are the tokens of its *chunks* (the maximal runs without white
space, what ``str.split`` returns), one after the other, with a token for every newline
between them. News repeats its chunks endlessly; the caller remembers their tokens.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import numpy.typing as npt

NEWLINE: Final = "\n"

_ABBREVIATIONS: Final = (
    r"[A-ZĐ]+\.",
    r"Tp\.",
    r"Mr\.",
    r"Mrs\.",
    r"Ms\.",
    r"Dr\.",
    r"ThS\.",
)
_SPECIALS: Final = (r"==>", r"->", r"\.\.\.", r">>", r"\n")
_ADDRESSES: Final = (r"\w+://[^\s]+", r"[a-zA-Z0-9_.+-]+@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z0-9-]+")
_OTHERS: Final = (r"\d+(?:[\.,_]\d+)+", r"[^\w\s]", r"\w+")

_TOKEN: Final = re.compile("|".join((*_ABBREVIATIONS, *_SPECIALS, *_ADDRESSES, *_OTHERS)))
# Where neither address pattern can match, trying them at every token would take time quadratic
# in the length of the chunk. Every e-mail address has one of these in it.
_EMAIL_MIDDLE: Final = re.compile(r"[a-zA-Z0-9_.+-]@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z0-9-]")
_TOKEN_BUT_ADDRESS: Final = re.compile("|".join((*_ABBREVIATIONS, *_SPECIALS, *_OTHERS)))


def token_spans(chunk: str) -> list[tuple[int, int]]:
    """Cut one chunk into tokens.

    Args:
        chunk: Normalised (NFC) text without white space, or a single newline.

    Returns:
        Start and end of each token, in code points from the start of the chunk.
    """
    if chunk.isalnum():  # every character matches \w, and none of them can end a token
        return [(0, len(chunk))]
    has_address = "://" in chunk or ("@" in chunk and _EMAIL_MIDDLE.search(chunk))
    pattern = _TOKEN if has_address else _TOKEN_BUT_ADDRESS
    return [found.span() for found in pattern.finditer(chunk)]


# Every white-space character of Unicode is at or below U+3000. The table ends with one more
# entry, for everything above.
_LAST_SPACE: Final = 0x3000
_IS_SPACE: Final = np.array(
    [*(chr(code).isspace() for code in range(_LAST_SPACE + 1)), False], dtype=np.bool_
)


def chunk_starts(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.intp]:
    """Find where chunks start.

    Args:
        codes: Code points of a text.

    Returns:
        The position of the first character of each chunk, ascending: one for each string
        that ``str.split`` returns.
    """
    space = _IS_SPACE.take(codes, mode="clip")
    starts = ~space
    starts[1:] &= space[:-1]
    return np.flatnonzero(starts)
