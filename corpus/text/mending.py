"""Text that was decoded wrongly before it came here, and stored so.

Two kinds are common: UTF-8 that was read as Windows-1252 (``Viá»‡t Nam``), and one of the
encodings of before Unicode that was read as Windows-1252 (``C«ng hoµ``). Both are undone only
where the result is Vietnamese and what was there is not, so that text that is right is never
touched. The first is left to `ftfy`, which also knows text that was damaged twice or lost
its no-break spaces; but it is only asked where the tell-tale pairs occur, and its answer is
taken only under that rule.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from corpus.text.detection import (
    as_windows_1252,
    detect_misread,
    encoding_named,
    is_windows_1252,
)
from corpus.text.syllables import is_syllable

# The first byte of a letter in UTF-8, read as Windows-1252, and one of those that follow it.
_FOLLOWING = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_PAIR = re.compile(f"[ÂÃÄÅÆ][{_FOLLOWING} ]|á[º»][{_FOLLOWING} ]|â[€\x80]")
_ENDS = ".,:;!?()[]\"'“”‘’…–-/%"
_LONGEST = 1 << 20
_LEAST_SHARE = 0.8
_RIGHT = "Windows-1252"


class Mended(NamedTuple):
    """Texts as they were meant.

    Attributes:
        texts: The texts, in their order.
        was: What they were, such as ``UTF-8 read as Windows-1252``; empty if they were right.
    """

    texts: list[str]
    was: str = ""


def mend(texts: Sequence[str]) -> Mended:
    """Undo a wrong decoding of the texts of one record.

    Texts with a letter that Windows-1252 has not (as nearly all of Vietnamese have) are right.

    Args:
        texts: Title, paragraphs and whatever else was decoded together.
    """
    suspects = [
        text
        for text in texts
        if not text.isascii() and is_windows_1252(text) and not _is_vietnamese(text)
    ]
    if not suspects:
        return Mended(list(texts))
    if any(map(_PAIR.search, suspects)):
        undone = {text: _undone(text) for text in suspects if _PAIR.search(text)}
        if any(text != fixed for text, fixed in undone.items()):
            return Mended([undone.get(text, text) for text in texts], "UTF-8 read as Windows-1252")
    encoding = detect_misread("\n".join(suspects)).encoding
    if encoding in ("", _RIGHT):
        return Mended(list(texts))
    decode = encoding_named(encoding).decode
    mended = [decode(as_windows_1252(text)) if is_windows_1252(text) else text for text in texts]
    # Where the encodings have the same letters nothing was wrong.
    if list(map(_nfc, mended)) == list(map(_nfc, texts)):
        return Mended(list(texts))
    return Mended(mended, f"{encoding} read as Windows-1252")


def _is_vietnamese(text: str) -> bool:
    """Tell whether no word with marks is in doubt."""
    words = [word for word in text.split() if not word.isascii()]
    return bool(words) and all(is_syllable(word.strip(_ENDS)) for word in words)


def _undone(text: str) -> str:
    if len(text) > _LONGEST:
        return text
    import ftfy  # few corpora need it

    fixed = ftfy.fix_encoding(text)
    return fixed if fixed != text and _is_better(text, fixed) else text


def _is_better(text: str, fixed: str) -> bool:
    """Tell whether what was changed is Vietnamese now, and was not before."""
    before, after = set(text.split()), set(fixed.split())
    new, gone = _syllables(after - before), _syllables(before - after)
    return sum(new) >= _LEAST_SHARE * len(new) and sum(gone) <= (1 - _LEAST_SHARE) * len(gone)


def _syllables(words: set[str]) -> list[bool]:
    """Tell of each word with marks whether it is a syllable."""
    bare = [word.strip(_ENDS) for word in words]
    return [is_syllable(word) for word in bare if not word.isascii()]


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
