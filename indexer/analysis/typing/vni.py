"""VNI: marks are typed as digits.

`1 2 3 4 5` are the tones sắc, huyền, hỏi, ngã, nặng; `6` gives `â ê ô`, `7` gives `ơ ư`, `8` gives
`ă` and `9` gives `đ`. All of them may also stand at the end of the syllable: `tie61ng`, `tieng61`.
"""

from __future__ import annotations

from indexer.analysis.typing.keys import (
    BREVE,
    CIRCUMFLEX,
    HORN,
    STROKE,
    VOWELS,
    Decoded,
    syllable_of,
)
from indexer.analysis.typing.queries import decode_query

_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_MARKS = {"6": CIRCUMFLEX, "7": HORN, "8": BREVE, "9": STROKE}


def decode_vni(text: str) -> str | None:
    """Read a query as one that was typed in VNI without an input method.

    Args:
        text: The whole query.

    Returns:
        The query with its marks, all else as it was; `None` if it cannot be read so, or if too
        little speaks for it.
    """
    return decode_query(text, _decode)


def _decode(typed: str) -> Decoded | None:
    """Read one token, in lower-case letters and digits; `None` if it gives no syllable."""
    letters, marks, tones = "", "", ""
    for key in typed:
        if key in _MARKS and letters and (key == "9" or VOWELS.intersection(letters)):
            marks += key
        elif key in _TONES and VOWELS.intersection(letters):
            tones += key
        elif key.isdigit():
            return None
        else:
            letters += key
    # `u7o7` is one mark on two letters; a tone or another mark is typed once.
    kinds = set(marks)
    if not (tones or marks) or len(tones) > 1 or len(marks) - len(kinds) > ("7" in kinds):
        return None
    tone = _TONES[tones] if tones else ""
    found = syllable_of(letters, "".join(_MARKS[kind] for kind in kinds), tone)
    return Decoded(found, bool(marks), typed[-1] == tones) if found else None
