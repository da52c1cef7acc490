"""Which encoding bytes are in, and how sure that is.

UTF-8 and UTF-16 prove themselves by their form. The 8-bit encodings do not: any bytes are some
text in each of them. They are told apart by what the words with marks become: in the right
encoding nearly all are Vietnamese syllables (`corpus.text.syllables`), in a wrong one some.

The confidence is the probability, by Bayes' rule, of the best encoding among all of them and
one more possibility, that it is none of them. The probabilities of a word to be a syllable were
measured on 3,000 news articles (`tests/benchmarks/encodings.py` measures what comes of it):
96 % of the different words with marks are in the right encoding, and in a wrong one from 8 %
to 43 %. Words count once, however often they occur, and none of the encodings is expected more
than another.
"""

import codecs
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from corpus.text.legacy import LEGACY, Encoding
from corpus.text.syllables import is_syllable

SURE: Final = 0.99
"""The least confidence with which text is decoded."""

_RIGHT: Final = 0.96
_WRONG: Final = 0.45
_LEAST_SHARE: Final = 0.8

_MOST_WORDS: Final = 2_000

_ESCAPE = re.compile(rb"\\[bfnrt/\"\\]")
# The low codes are letters in VISCII.
_WORD = re.compile(rb"[A-Za-z\x80-\xff\x02\x05\x06\x14\x19\x1e]+")
_LONGEST_WORD: Final = 40
_PUNCTUATION = re.compile("[–—…‘’“”„‚«»·•°º²³½¼¾×®©™\xa0]+")
_REPLACED = "\ufffd"

_MOST_NULS: Final = 0.02
"""The share of bytes up to which NULs are damage of a text. Other data has far more of them, or
is in no encoding without them."""

_HIGH_BYTES: Final = frozenset(b"\x00\x01\x03\x1e\x20")
"""The upper halves of nearly all characters of Vietnamese text in UTF-16."""


@dataclass(frozen=True, slots=True)
class Detection:
    """What encoding a text is in.

    Attributes:
        encoding: Its name; empty if it is none that is known for sure.
        confidence: How probable it is, from 0 to 1.
        reason: Why it is not known.
    """

    encoding: str
    confidence: float
    reason: str = ""


def detect(head: bytes, is_whole: bool = True) -> Detection:
    """Tell the encoding of a text.

    Args:
        head: The text, or the first bytes of it, some 100 KiB of a long one.
        is_whole: Whether nothing follows.
    """
    if known := _by_mark(head):
        return known
    if nuls := head.count(0):
        if found := _utf_16(head):
            return found
        if nuls > _MOST_NULS * len(head):
            at = head.index(0)
            return Detection("", 1.0, f"binary data, not text: byte 0x00 at position {at}")
        head = head.replace(b"\0", b"")  # damage, which costs single records
    if utf_8 := _utf_8(head, is_whole):
        return utf_8
    return detect_legacy(head)


def detect_legacy(data: bytes) -> Detection:
    """Tell which of the 8-bit encodings a text is in.

    Args:
        data: The text, or its beginning.
    """
    words = _marked_words(_ESCAPE.sub(b" ", data))
    return _decided(
        {encoding.name: _Candidate(encoding.decode_strictly, words) for encoding in LEGACY},
        len(words),
    )


def detect_misread(text: str) -> Detection:
    """Tell whether a text is one in an 8-bit encoding that was decoded as Windows-1252.

    Returns:
        The encoding that it was in; ``Windows-1252`` if the text is right as it is.
    """
    if not is_windows_1252(text):
        return Detection("Windows-1252", 1.0)
    words = _marked_words(as_windows_1252(text))
    candidates = {
        encoding.name: _Candidate(encoding.decode_strictly, words) for encoding in LEGACY
    }
    candidates["Windows-1252"] = _Candidate(_windows_1252, words)
    return _decided(candidates, len(words))


def is_windows_1252(text: str) -> bool:
    """Tell whether a text may come from bytes in Windows-1252 or Latin-1."""
    return _NOT_WINDOWS_1252.search(text) is None


def as_windows_1252(text: str) -> bytes:
    """Return the bytes that a text was decoded from as Windows-1252 or Latin-1.

    What was lost in the decoding (U+FFFD) becomes a question mark.
    """
    return text.translate(_TO_LATIN_1).encode("latin-1")


def encoding_named(name: str) -> Encoding:
    """Return one of the 8-bit encodings.

    Raises:
        KeyError: There is none of this name.
    """
    for encoding in LEGACY:
        if encoding.name == name:
            return encoding
    raise KeyError(name)


def _by_mark(head: bytes) -> Detection | None:
    if head.startswith(codecs.BOM_UTF8):
        return Detection("UTF-8", 1.0)
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return Detection("", 1.0, "UTF-32 text; convert the file to UTF-8")
    if head.startswith(codecs.BOM_UTF16_LE):
        return Detection("UTF-16-LE", 1.0)
    if head.startswith(codecs.BOM_UTF16_BE):
        return Detection("UTF-16-BE", 1.0)
    return None


def _utf_16(head: bytes) -> Detection | None:
    for name, low, high in (("UTF-16-LE", 0, 1), ("UTF-16-BE", 1, 0)):
        upper, lower = head[high::2], head[low::2]
        share = sum(byte in _HIGH_BYTES for byte in upper) / len(upper) if upper else 0.0
        if share < SURE or lower.count(0) > len(lower) / 100:
            continue
        try:
            text = codecs.getincrementaldecoder(name)().decode(head)
        except UnicodeDecodeError:
            continue
        if sum(letter.isprintable() or letter in "\t\r\n" for letter in text) >= SURE * len(text):
            return Detection(name, share)
    return None


def _utf_8(head: bytes, is_whole: bool) -> Detection | None:
    """Tell whether it is UTF-8, perhaps with some damage, which costs single records."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, is_whole)
    except UnicodeDecodeError:
        pass
    else:
        return Detection("UTF-8", 1.0)
    text = head.decode("utf-8", "replace")
    bad = text.count(_REPLACED) - head.count(_REPLACED.encode())
    good = sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", text)))
    return Detection("UTF-8", good / (good + bad)) if good > bad else None


def _marked_words(data: bytes) -> list[bytes]:
    words: dict[bytes, None] = {}
    for match in _WORD.finditer(data):
        word = match.group()
        if len(word) <= _LONGEST_WORD and not word.isascii():
            words[word] = None
            if len(words) == _MOST_WORDS:
                break
    return list(words)


class _Candidate:
    """What the words are in one encoding."""

    def __init__(self, decode: Callable[[bytes], str], words: Iterable[bytes]) -> None:
        self.texts = [decode(word) for word in words]
        self.good = sum(map(_is_vietnamese, self.texts))


def _is_vietnamese(text: str) -> bool:
    """Tell whether a run of letters and signs may stand in Vietnamese text."""
    return all(part.isascii() or is_syllable(part) for part in _PUNCTUATION.split(text))


def _decided(candidates: dict[str, _Candidate], count: int) -> Detection:
    if not count:
        return Detection("", 0.0, "not UTF-8, and without any word that tells its encoding")
    # Encodings in which the words are the same are not to be told apart, and need not be.
    texts: dict[tuple[str, ...], list[str]] = {}
    for name, candidate in candidates.items():
        texts.setdefault(tuple(candidate.texts), []).append(name)
    groups = sorted(
        ((candidates[names[0]].good, names) for names in texts.values()),
        key=lambda group: -group[0],
    )
    best, names = groups[0]
    likelihoods = [_log_likelihood(good, count, _RIGHT) for good, _ in groups]
    none = _log_likelihood(best, count, _WRONG)
    total = sum(math.exp(one - likelihoods[0]) for one in likelihoods)
    # The exponent has a bound, so that thousands of words do not overflow.
    confidence = 1 / (total + math.exp(min(none - likelihoods[0], 500.0)))
    if confidence >= SURE and best >= _LEAST_SHARE * count:
        # Of a group the last is the one whose text may be the plainest: Windows-1252.
        return Detection(names[-1], confidence)
    told = ", ".join(f"{'/'.join(of)} {good / count:.0%}" for good, of in groups)
    return Detection(
        "",
        confidence,
        f"not UTF-8, and in no encoding for sure: of {count:,} words with marks these are "
        f"Vietnamese syllables: {told}; name its encoding, or convert it to UTF-8",
    )


def _log_likelihood(good: int, count: int, probability: float) -> float:
    return good * math.log(probability) + (count - good) * math.log1p(-probability)


_WINDOWS_1252: Final = "".join(
    bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(256)
)
_TO_LATIN_1: Final = {ord(c): code for code, c in enumerate(_WINDOWS_1252)} | {0xFFFD: "?"}
_NOT_WINDOWS_1252 = re.compile(
    f"[^\\x00-\\xff\\ufffd{''.join(c for c in _WINDOWS_1252 if ord(c) > 0xFF)}]"
)


def _windows_1252(data: bytes) -> str:
    return data.decode("latin-1").translate(_WINDOWS_1252)
