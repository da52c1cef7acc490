"""A stream of text in any of the encodings becomes one in UTF-8; lines stay lines."""

import codecs
from collections.abc import Callable, Iterable, Iterator

from corpus.errors import StreamError
from corpus.text.detection import encoding_named

ENCODINGS = ("UTF-8", "UTF-16-LE", "UTF-16-BE", "TCVN3", "VNI", "VISCII", "Windows-1258")
"""The names of all encodings that are read."""

# A longer piece without the end of a line is decoded before the end is there.
_LONGEST = 1 << 20


def to_utf_8(blocks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Yield the same text in UTF-8, without a byte order mark.

    In a file of an 8-bit encoding, lines that are UTF-8 are kept: such files were joined from
    several, and text of those encodings is not UTF-8 by chance.

    Args:
        blocks: The text.
        encoding: One of `ENCODINGS`.

    Raises:
        StreamError: UTF-16 that is damaged.
    """
    if encoding == "UTF-8":
        return _without_mark(blocks)
    if encoding.startswith("UTF-16"):
        return _from_utf_16(blocks, encoding)
    return _from_lines(blocks, encoding_named(encoding).decode)


def _without_mark(blocks: Iterable[bytes]) -> Iterator[bytes]:
    is_first = True
    for block in blocks:
        yield block.removeprefix(codecs.BOM_UTF8) if is_first else block
        is_first = False


def _from_utf_16(blocks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)()
    is_first = True
    try:
        for block in blocks:
            text = decoder.decode(block)
            yield (text.removeprefix("\ufeff") if is_first else text).encode()
            is_first = False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise StreamError(f"the {encoding} text is damaged: {error.reason}") from error


def _from_lines(blocks: Iterable[bytes], decode: Callable[[bytes], str]) -> Iterator[bytes]:
    def converted(data: bytes) -> bytes:
        return b"\n".join(
            line if line.isascii() or _is_utf_8(line) else decode(line).encode()
            for line in data.split(b"\n")
        )

    begun = b""
    for block in blocks:
        begun += block
        end = begun.rfind(b"\n") + 1
        if not end and len(begun) > _LONGEST:
            # A mark may stand behind its letter; between words none does.
            end = begun.rfind(b" ") + 1 or len(begun)
        if end:
            yield converted(begun[:end])
            begun = begun[end:]
    if begun:
        yield converted(begun)


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
